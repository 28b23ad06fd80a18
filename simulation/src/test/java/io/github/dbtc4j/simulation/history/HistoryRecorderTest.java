package io.github.dbtc4j.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class HistoryRecorderTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final Sandbox sandbox =
            new Sandbox(SandboxOptions.defaults().schedules(false).earlierRuns(0), START);
    private Instant now = START;
    private final HistoryRecorder recorder = new HistoryRecorder(sandbox, () -> now);

    @Test
    void attributesEffectsToTheSender() {
        Request trigger = trigger();
        int call = recorder.sent(3, trigger);

        Response response = recorder.handle(trigger, now);
        recorder.received(3, call, response);
        sandbox.runAsUser(sandbox.world().productionJobIds().getFirst(), "By hand");

        assertThat(recorder.events())
                .first()
                .isEqualTo(
                        new HistoryEvent.Sent(
                                START,
                                3,
                                1,
                                "POST",
                                HistoryRecorder.pathOf(trigger),
                                trigger.body()));
        assertThat(happened())
                .filteredOn(event -> event.event() instanceof SandboxEvent.RunQueued)
                .extracting(HistoryEvent.Happened::invocation)
                .containsExactly(3, null);
    }

    @Test
    void recordsBehindWhatIsDue() {
        recorder.handle(trigger(), now);
        now = START.plus(Duration.ofHours(1));

        recorder.done(3, "killed");

        assertThat(recorder.events()).last().isEqualTo(new HistoryEvent.Done(now, 3, "killed"));
        assertThat(happened())
                .last()
                .matches(event -> event.event() instanceof SandboxEvent.RunFinished);
    }

    @Test
    void callsTruncatedResponseUnanswered() {
        recorder.received(3, 1, Response.of(200, Map.of(), "{\"data\":"));
        recorder.received(3, 2, Response.of(429, Map.of("retry-after", "30"), "{\"detail\":"));

        assertThat(recorder.events())
                .containsExactly(
                        new HistoryEvent.Unanswered(START, 3, 1, "unreadable"),
                        new HistoryEvent.Answered(START, 3, 2, 429, Duration.ofSeconds(30)));
    }

    private List<HistoryEvent.Happened> happened() {
        return recorder.events().stream()
                .filter(HistoryEvent.Happened.class::isInstance)
                .map(HistoryEvent.Happened.class::cast)
                .toList();
    }

    private Request trigger() {
        return new Request(
                "POST",
                URI.create(
                        "https://cloud.getdbt.com/api/v2/accounts/%d/jobs/%d/run/"
                                .formatted(sandbox.world().accountId(), sandbox.world().ciJobId())),
                Map.of("Authorization", "Bearer " + sandbox.world().token()),
                "{\"cause\":\"Test\"}",
                Duration.ofSeconds(30));
    }
}
