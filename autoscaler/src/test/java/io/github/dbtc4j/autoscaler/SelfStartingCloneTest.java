package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.close.CloseResult;
import io.github.dbtc4j.autoscaler.close.PullRequestCloser;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.DeletionCriterion;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// A clone that a user made start after another job is no clone any more: it is neither used nor
/// deleted, although its `triggers` are all off.
class SelfStartingCloneTest {

    private static final Duration TTL = Duration.ofMinutes(30);

    private static final Map<String, Object> SCHEDULED =
            Map.of(
                    "triggers",
                    Map.of(
                            "github_webhook",
                            false,
                            "git_provider_webhook",
                            false,
                            "schedule",
                            true));

    private final Stage stage = new Stage();
    private long clone;

    @BeforeEach
    void aCloneStartsAfterTheProductionJob() throws InterruptedException {
        long before = stage.runOf(51, stage.world.ciJobId());
        stage.trigger(50, Options.defaults().cleanup(Cleanup.IDLE));
        stage.sandbox.cancelAsUser(before);
        clone = stage.clones().getFirst();
        Map<String, @Nullable Object> condition =
                Map.of(
                        "job_id", stage.world.productionJobIds().getFirst(),
                        "project_id", 1L,
                        "statuses", List.of(10L));
        stage.sandbox.editAsUser(
                clone, Map.of("job_completion_trigger_condition", Map.of("condition", condition)));
        stage.pass(Duration.ofHours(1));
    }

    @Test
    void isNotReaped() throws InterruptedException {
        var reaper = new Reaper(stage.client, stage, stage.told::add);
        var seen = reaper.inspect(stage.world.accountId(), stage.world.ciJobId());

        assertThat(seen)
                .singleElement()
                .satisfies(inspection ->
                        assertThat(inspection.criteria(TTL).stream().filter(g -> !g.isMet()))
                                .containsExactly(new DeletionCriterion.TriggersOn()));
        assertThat(reaper.reap(stage.world.accountId(), seen, TTL)).isEmpty();
        stage.trigger(52);
        assertThat(stage.clones()).containsExactly(clone);
    }

    /// CI kills, base-first, seeds 555,001,160 and 555,001,418: it was put on a schedule after it
    /// had been read, while the process stood still.
    @Test
    void isNotDeletedWhereItWasReadBeforeItStartedByItself() throws InterruptedException {
        for (long seconds : List.of(14, 16, 409)) {
            var answered = new AtomicBoolean();
            var held = new AtomicReference<Stage>();
            var world =
                    new Stage(
                            options -> options,
                            platform ->
                                    request -> {
                                        Response response = platform.send(request);
                                        boolean read =
                                                request.method().equals("GET")
                                                        && response.text().contains("[CLONED")
                                                        && request.uri()
                                                                .getPath()
                                                                .matches(".*/jobs/\\d+/");
                                        if (read && !answered.getAndSet(true)) {
                                            Stage stage = held.get();
                                            stage.sandbox.editAsUser(
                                                    stage.clones().getFirst(), SCHEDULED);
                                            stage.pass(Duration.ofSeconds(seconds));
                                        }
                                        return response;
                                    });
            held.set(world);
            world.runOf(51, world.world.ciJobId());

            world.trigger(50);

            assertThat(answered).isTrue();
            // what cannot be known is bounded: a snapshot counts for 15 s at most
            assertThat(world.clones()).as("%d s", seconds).hasSize(seconds < 15 ? 0 : 1);
        }
    }

    @Test
    void isNotUsed() throws InterruptedException {
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50);

        assertThat(Objects.requireNonNull(outcome.answer()).data().jobId()).isNotEqualTo(clone);
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void isKeptWhenThePullRequestIsClosedAndTold() throws InterruptedException {
        var closer = new PullRequestCloser(stage.client, stage, stage.told::add);
        var pullRequest = new PullRequest(Provider.GITHUB, 50);

        CloseResult closed =
                closer.close(
                        closer.look(stage.world.accountId(), stage.world.ciJobId(), pullRequest),
                        Duration.ofMinutes(5));

        assertThat(closed.kept())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.job()).isEqualTo(new JobId(clone));
                    assertThat(kept.why()).contains("it was changed");
                });
        assertThat(stage.clones()).containsExactly(clone);
    }
}
