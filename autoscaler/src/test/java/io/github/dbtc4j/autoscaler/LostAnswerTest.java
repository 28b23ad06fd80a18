package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.RunView;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A trigger or a creation may have its effect although its response never comes: each is looked
/// for before it is sent again (Kestra plugin-dbt issues 307 and 314 tell of doubled builds).
class LostAnswerTest {

    private static final Options NO_POLL = Options.defaults();

    /// What may happen to a request.
    @FunctionalInterface
    private interface Mishap {
        Response befall(Request request, Transport platform)
                throws IOException, InterruptedException;
    }

    private static final Mishap NO_ANSWER_AFTER_EFFECT =
            (request, platform) -> {
                platform.send(request);
                throw new SocketTimeoutException("no complete answer within 30000 ms");
            };

    private static final Mishap PAGE_AFTER_EFFECT =
            (request, platform) -> {
                platform.send(request);
                return Response.of(502, Map.of(), "<html><title>Bad gateway</title></html>");
            };

    private static final Mishap UNREADABLE_AFTER_EFFECT =
            (request, platform) -> {
                String text = platform.send(request).text();
                return Response.of(200, Map.of(), text.substring(0, text.length() / 2));
            };

    private static final Mishap PAGE_BEFORE_EFFECT =
            (request, platform) -> Response.of(500, Map.of(), "<html><title>Uh oh!</title></html>");

    private static Stage stage(String path, int times, Mishap mishap) {
        var left = new AtomicInteger(times);
        return new Stage(
                options -> options,
                platform ->
                        request ->
                                request.method().equals("POST")
                                                && request.uri().getPath().endsWith(path)
                                                && request.body() != null
                                                && request.body().contains("dbtc4j")
                                                && left.getAndDecrement() > 0
                                        ? mishap.befall(request, platform)
                                        : platform.send(request));
    }

    private static List<RunView> claimed(Stage stage) {
        return stage.sandbox.runs().stream()
                .filter(run -> run.cause().contains("dbtc4j/1"))
                .toList();
    }

    @Test
    void findsTheRunWhoseAnswerWasLost() throws Exception {
        for (Mishap mishap :
                List.of(NO_ANSWER_AFTER_EFFECT, PAGE_AFTER_EFFECT, UNREADABLE_AFTER_EFFECT)) {
            var stage = stage("/run/", 1, mishap);

            Outcome outcome = stage.trigger(50, NO_POLL);

            assertThat(claimed(stage)).hasSize(1);
            assertThat(outcome.verdict()).isInstanceOf(Verdict.Triggered.class);
            assertThat(Objects.requireNonNull(outcome.answer()).data().id())
                    .isEqualTo(claimed(stage).getFirst().id());
            assertThat(stage.told(Event.RunFound.class)).hasSize(1);
        }
    }

    @Test
    void findsARunThatIsOverBeforeItIsMissed() throws Exception {
        var stage =
                stage(
                        "/run/",
                        1,
                        (request, platform) -> {
                            platform.send(request);
                            throw new SocketTimeoutException("no complete answer");
                        });
        stage.sandbox.decide(
                io.github.dbtc4j.sandbox.option.RunRule.next(
                        io.github.dbtc4j.sandbox.option.ScriptedOutcome.success()
                                .preparing(Duration.ZERO)
                                .executing(Duration.ofSeconds(1))));

        Outcome outcome = stage.trigger(50, NO_POLL.shouldPoll(true));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(claimed(stage)).hasSize(1);
    }

    @Test
    void findsTheRunOnTheCloneItWasMeantFor() throws Exception {
        var stage = stage("/run/", 1, NO_ANSWER_AFTER_EFFECT);
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, NO_POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(claimed(stage)).hasSize(1);
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void triggersAgainOnlyAfterLookingForLongEnough() throws Exception {
        var stage = stage("/run/", 1, PAGE_BEFORE_EFFECT);

        stage.trigger(50, NO_POLL);

        assertThat(claimed(stage))
                .singleElement()
                .satisfies(run ->
                        assertThat(Duration.between(Stage.START, run.createdAt()))
                                .isGreaterThanOrEqualTo(Duration.ofSeconds(100)));
    }

    @Test
    void cancelsLateDuplicateRun() throws Exception {
        var late = new AtomicReference<Request>();
        var stage =
                stage(
                        "/run/",
                        1,
                        (request, platform) -> {
                            late.set(request);
                            throw new SocketTimeoutException("no complete answer");
                        });
        Transport platform = stage.sandbox.transport(stage::now);
        stage.after(Duration.ofSeconds(150), () -> deliver(platform, late));

        Outcome outcome = stage.trigger(50, NO_POLL.shouldPoll(true));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(claimed(stage)).hasSize(2);
        assertThat(claimed(stage)).extracting(RunView::status).containsExactly(10, 30);
    }

    private static void deliver(Transport platform, AtomicReference<Request> late) {
        try {
            platform.send(Objects.requireNonNull(late.get()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void findsTheCloneWhoseAnswerWasLost() throws Exception {
        for (Mishap mishap :
                List.of(NO_ANSWER_AFTER_EFFECT, PAGE_AFTER_EFFECT, UNREADABLE_AFTER_EFFECT)) {
            var stage = stage("/jobs/", 1, mishap);
            stage.runOf(51, stage.world.ciJobId());

            Outcome outcome = stage.trigger(50, NO_POLL);

            assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
            assertThat(stage.clonesMade()).hasSize(1);
            assertThat(stage.clones()).isEmpty();
            assertThat(stage.told(Event.CloneFound.class)).hasSize(1);
            assertThat(stage.told(Event.CloneAwaited.class)).hasSize(1);
        }
    }

    @Test
    void givesUpAfterSeveralLostAnswers() {
        var stage = stage("/run/", 4, PAGE_BEFORE_EFFECT);

        assertThatThrownBy(() -> stage.trigger(50, NO_POLL))
                .isInstanceOf(DbtCloudException.Unavailable.class);
        assertThat(stage.told(Event.WriteUnconfirmed.class)).hasSize(3);
    }

    @Test
    void doesNotWaitForATriggerThatWasCertainlyNotReceived() {
        var stage =
                stage(
                        "/run/",
                        100,
                        (request, platform) -> {
                            throw new java.net.ConnectException("refused");
                        });

        assertThatThrownBy(() -> stage.trigger(50, NO_POLL))
                .isInstanceOf(DbtCloudException.Unavailable.class);
        assertThat(Duration.between(Stage.START, stage.now())).isLessThan(Duration.ofSeconds(30));
    }
}
