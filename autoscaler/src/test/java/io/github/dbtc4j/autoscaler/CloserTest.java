package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.client.Response;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.Provider;
import io.github.dbtc4j.planner.PullRequest;
import io.github.dbtc4j.planner.RunId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class CloserTest {

    private static final PullRequest PR_50 = new PullRequest(Provider.GITHUB, 50);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Stage stage = new Stage();

    @Test
    void cancelsThePullRequestsRunsAndDeletesItsClones() throws Exception {
        long busy = stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long run = stage.runOf(50, clone);
        stage.pass(Duration.ofSeconds(30));

        Closed closed = close();

        assertThat(closed.cancelled()).containsExactly(new RunId(run));
        assertThat(closed.deleted()).containsExactly(new JobId(clone));
        assertThat(closed.kept()).isEmpty();
        assertThat(stage.run(run).status()).isEqualTo(30);
        assertThat(stage.run(busy).status()).isNotEqualTo(30);
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void leavesRunsOfOthersAloneWhateverTheyHaveInCommon() throws Exception {
        long sameNumberElsewhere = stage.runOf(50, stage.world.productionJobIds().getFirst());
        long otherProvider =
                stage.client
                        .triggerJob(
                                1,
                                stage.world.ciJobId(),
                                Map.of("cause", "x", "gitlab_merge_request_id", 50))
                        .data()
                        .id();
        long none =
                stage.client
                        .triggerJob(1, stage.world.ciJobId(), Map.of("cause", "50"))
                        .data()
                        .id();

        Closed closed = close();

        assertThat(closed.cancelled()).isEmpty();
        assertThat(stage.run(sameNumberElsewhere).isTerminal()).isFalse();
        assertThat(stage.run(otherProvider).isTerminal()).isFalse();
        assertThat(stage.run(none).isTerminal()).isFalse();
    }

    @Test
    void keepsACloneOnWhichSomebodyElsesRunIsInProgress() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long foreign = stage.runOf(51, clone);

        Closed closed = close();

        assertThat(closed.deleted()).isEmpty();
        assertThat(closed.kept())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.job()).isEqualTo(new JobId(clone));
                    assertThat(kept.why()).isEqualTo("run " + foreign + " is in progress on it");
                    assertThat(kept.byPlatform()).isFalse();
                });
        assertThat(stage.run(foreign).isTerminal()).isFalse();
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void keepsACloneWhoseForeignRunCameWhileTheOwnOneWasBeingCancelled() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long run = stage.runOf(50, clone);
        stage.pass(Duration.ofSeconds(30));
        stage.after(Duration.ofSeconds(2), () -> stage.runOf(52, clone));

        Closed closed = close();

        assertThat(closed.cancelled()).containsExactly(new RunId(run));
        assertThat(closed.deleted()).isEmpty();
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void cancelsARunThatComesAfterTheFirstQuietLook() throws Exception {
        stage.after(Duration.ofSeconds(3), () -> stage.runOf(50, stage.world.ciJobId()));

        Closed closed = close();

        assertThat(closed.cancelled()).hasSize(1);
        assertThat(stage.run(closed.cancelled().getFirst().value()).isTerminal()).isTrue();
    }

    @Test
    void keepsCloneThatSomebodyPutToAnotherPurpose() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        stage.sandbox.editAsUser(
                clone,
                Map.of(
                        "triggers",
                        Map.of(
                                "github_webhook", false,
                                "git_provider_webhook", false,
                                "schedule", true,
                                "on_merge", false)));

        assertThat(close().kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.why()).contains("somebody changed it"));
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void touchesNoCloneWhileARunWillNotEnd() throws Exception {
        var deaf =
                new Stage(
                        options -> options,
                        transport ->
                                request ->
                                        request.uri().getPath().endsWith("/cancel/")
                                                ? Response.of(400, Map.of(), "{}")
                                                : transport.send(request));
        long run = deaf.runOf(50, deaf.world.ciJobId());
        var closer = new Closer(deaf.client, deaf, deaf.told::add);

        Closed closed =
                closer.close(closer.look(1, deaf.world.ciJobId(), PR_50), Duration.ofMinutes(2));

        assertThat(closed.going())
                .singleElement()
                .satisfies(it -> assertThat(it.id()).isEqualTo(run));
        assertThat(deaf.told(Event.CancelFailed.class)).hasSizeBetween(4, 6);
    }

    @Test
    void isHarmlessWhenDoneTwice() throws Exception {
        stage.runOf(50, stage.world.ciJobId());
        close();
        long requests = stage.requests();

        Closed again = close();

        assertThat(again)
                .isEqualTo(
                        new Closed(
                                java.util.List.of(),
                                java.util.List.of(),
                                java.util.List.of(),
                                java.util.List.of()));
        assertThat(stage.requests() - requests).isLessThan(8);
    }

    @Test
    void refusesAClone() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();

        assertThatThrownBy(() -> closer().look(1, clone, PR_50))
                .isInstanceOf(UnsuitableJobException.class)
                .hasMessageContaining("is itself a clone of job 1");
    }

    /// Pull request 50 had a run on a clone, which was left.
    private long cloneOf50() throws InterruptedException {
        stage.trigger(
                50,
                Options.defaults().shouldPoll(true).cleanup(io.github.dbtc4j.planner.Cleanup.IDLE));
        return stage.clones().getFirst();
    }

    private Closed close() throws InterruptedException {
        return closer().close(closer().look(1, stage.world.ciJobId(), PR_50), PATIENCE);
    }

    private Closer closer() {
        return new Closer(stage.client, stage, stage.told::add);
    }
}
