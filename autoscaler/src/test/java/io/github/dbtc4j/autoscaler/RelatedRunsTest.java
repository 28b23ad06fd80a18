package io.github.dbtc4j.autoscaler;

import static io.github.dbtc4j.autoscaler.Stage.POLL;
import static io.github.dbtc4j.autoscaler.Stage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Other runs of the pull request: older and newer ones, and those that wrote into its schema.
class RelatedRunsTest {

    @Test
    void cancelsTheStaleRunOfThisPullRequestAndTriggersAgain() throws Exception {
        var stage = new Stage();
        long stale = stage.runOf(50, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(stage.run(stale).status()).isEqualTo(30);
        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(run(outcome).jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void cancelsStaleRunsOnly() throws Exception {
        var stage = new Stage();
        long running = stage.runOf(50, stage.world.ciJobId());
        long queued = stage.runOf(50, stage.world.ciJobId());
        long other = stage.runOf(51, stage.world.ciJobId());
        long elsewhere = stage.runOf(50, stage.world.productionJobIds().getFirst());
        stage.pass(Duration.ofSeconds(60));

        stage.trigger(50, POLL);
        stage.pass(Duration.ofMinutes(10));

        assertThat(stage.happened(SandboxEvent.CancelRequested.class))
                .extracting(event -> event.run().id())
                .containsExactlyInAnyOrder(running, queued);
        assertThat(stage.run(other).status()).isEqualTo(10);
        assertThat(stage.run(elsewhere).status()).isEqualTo(10);
    }

    /// Lists cease to show the run with its job, and asking for it by its number is in vain.
    @Test
    void remembersARunThatDisturbedItThoughItIsGoneWithItsJob() throws Exception {
        var stage = whereDeletedRunsAreGone();
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofMinutes(1), () -> stage.runOf(50, other));
        stage.after(Duration.ofMinutes(2), () -> stage.sandbox.deleteAsUser(other));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.RunTriggered.class))
                .as("the first one was disturbed")
                .hasSize(2);
    }

    /// With forged claims, HTTP faults, base job first, seed 300019103: a run was seen while it
    /// queued and was gone with its job at the next look; it had executed in between.
    @Test
    void countsARunThatVanishedWithItsJobAsExecuted() throws Exception {
        var stage = whereDeletedRunsAreGone();
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofSeconds(60), () -> stage.runOf(50, other));
        stage.after(Duration.ofSeconds(71), () -> stage.sandbox.deleteAsUser(other));

        Outcome outcome = stage.trigger(50, POLL.pollInterval(Duration.ofSeconds(10)));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.RunTriggered.class))
                .as("nothing tells that the first one was alone")
                .hasSize(2);
    }

    @Test
    void givesWayToANewerCommit() throws Exception {
        var stage = new Stage();
        stage.after(Duration.ofSeconds(100), () -> stage.runOf(50, stage.world.ciJobId()));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Superseded.class,
                        superseded -> assertThat(superseded.by()).isNotEqualTo(superseded.run()));
        stage.pass(Duration.ofSeconds(30));
        assertThat(stage.run(run(outcome).id()).status()).isEqualTo(30);
    }

    @Test
    void isSupersededAndNotCancelledWhenTheNewerCommitCancelsFirst() throws Exception {
        var stage = new Stage();
        stage.after(
                Duration.ofSeconds(100),
                () -> {
                    var mine = stage.sandbox.runs().getLast();
                    stage.client.runs().cancel(stage.world.accountId(), mine.id());
                });
        stage.after(Duration.ofSeconds(108), () -> stage.runOf(50, stage.world.ciJobId()));

        assertThat(stage.trigger(50, POLL).verdict()).isInstanceOf(Verdict.Superseded.class);
    }

    private static Stage whereDeletedRunsAreGone() {
        return new Stage(options ->
                options.runSlots(5)
                        .with(Assumption.RunsOfDeletedJobInLists.HIDDEN)
                        .with(Assumption.ReadOfDeletedJobsRun.NOT_FOUND));
    }
}
