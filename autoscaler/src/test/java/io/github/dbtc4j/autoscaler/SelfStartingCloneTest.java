package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Ground;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.Provider;
import io.github.dbtc4j.planner.PullRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A clone that a user made start after another job is no clone any more: it is neither used nor
/// deleted, although its `triggers` are all off.
class SelfStartingCloneTest {

    private static final Duration TTL = Duration.ofMinutes(30);

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
                .satisfies(it ->
                        assertThat(it.grounds(TTL).stream().filter(g -> !g.speaksForDeletion()))
                                .containsExactly(new Ground.TriggersAreOn()));
        assertThat(reaper.reap(stage.world.accountId(), seen, TTL)).isEmpty();
        stage.trigger(52);
        assertThat(stage.clones()).containsExactly(clone);
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
        var closer = new Closer(stage.client, stage, stage.told::add);
        var pullRequest = new PullRequest(Provider.GITHUB, 50);

        Closed closed =
                closer.close(
                        closer.look(stage.world.accountId(), stage.world.ciJobId(), pullRequest),
                        Duration.ofMinutes(5));

        assertThat(closed.kept())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.job()).isEqualTo(new JobId(clone));
                    assertThat(it.why()).contains("changed it");
                });
        assertThat(stage.clones()).containsExactly(clone);
    }
}
