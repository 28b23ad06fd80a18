package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.SHA;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.state.RunStatus.CANCELLED;
import static io.github.dbtc4j.planner.state.RunStatus.ERROR;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.SUCCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Which of two commits is newer is up to the CI system's sequence, where there is one.
class CommitOrderTest {

    private static final JobId CLONE = new JobId(77);
    private static final String OTHER_SHA = "ffffffffffff";

    private static Sequence sequence(long number, long attempt) {
        return new Sequence("-", number, attempt);
    }

    @Test
    void aDelayedPipelineTriggersNothingWhenANewerCommitHasBeenBuilt() {
        for (RunStatus status : List.of(QUEUED, RUNNING, SUCCESS, ERROR, CANCELLED)) {
            Plan plan =
                    new Scene()
                            .sequence(sequence(5, 1))
                            .claimed(101, BASE, status, sequence(6, 1), OTHER_SHA)
                            .plan();

            assertThat(plan.steps())
                    .containsExactly(new Step.Finish(new Verdict.Superseded(null, new RunId(101))));
        }
    }

    @Test
    void aNewerCommitCancelsTheRunOfADelayedPipelineThoughItWasTriggeredLater() {
        Plan plan =
                new Scene()
                        .sequence(sequence(6, 1))
                        .ownRun(101, BASE, RUNNING)
                        .claimed(105, CLONE, QUEUED, sequence(5, 1), OTHER_SHA)
                        .plan();

        assertThat(plan.steps())
                .containsExactly(new Step.Cancel(new RunId(105)), new Step.Watch(new RunId(101)));
    }

    @Test
    void runsAgainWhenThePlatformCancelledItsRunForThatOfADelayedPipeline() {
        Plan plan =
                new Scene()
                        .sequence(sequence(6, 1))
                        .ownRun(101, BASE, CANCELLED)
                        .claimed(105, BASE, QUEUED, sequence(5, 1), OTHER_SHA)
                        .plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Cancel(new RunId(105)), new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void aLaterAttemptIsNewer() {
        Plan plan =
                new Scene()
                        .sequence(sequence(5, 2))
                        .claimed(101, BASE, RUNNING, sequence(5, 1), SHA)
                        .plan();

        assertThat(plan.next()).isEqualTo(new Step.Cancel(new RunId(101)));
        assertThat(plan.reasons()).contains(new Reason.StaleRun(new RunId(101), BASE, true));
    }

    @Test
    void anEarlierAttemptTakesTheResultOfTheLaterOneForTheSameCommit() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(100, BASE, RUNNING)
                        .claimed(101, BASE, QUEUED, sequence(5, 2), SHA);

        assertThat(scene.plan().steps())
                .containsExactly(new Step.Cancel(new RunId(100)), new Step.Watch(new RunId(101)));
        assertThat(
                        new Scene()
                                .sequence(sequence(5, 1))
                                .claimed(101, BASE, SUCCESS, sequence(5, 2), SHA)
                                .plan()
                                .next())
                .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(101))));
    }

    @Test
    void runsWithoutComparableSequencesAreOrderedByTheTimeOfTheirCreation() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(101, BASE, RUNNING)
                        .claimed(105, CLONE, QUEUED, new Sequence("00c0ffee", 1, 1), OTHER_SHA);
        assertThat(scene.plan().steps())
                .endsWith(new Step.Finish(new Verdict.Superseded(new RunId(101), new RunId(105))));

        Scene without =
                new Scene()
                        .ownRun(101, BASE, RUNNING)
                        .claimed(105, CLONE, QUEUED, sequence(4, 1), OTHER_SHA);
        assertThat(without.plan().steps())
                .endsWith(new Step.Finish(new Verdict.Superseded(new RunId(101), new RunId(105))));
    }

    @Test
    void withoutSequenceWhatWasBuiltBeforeIsNoReasonNotToBuild() {
        Plan plan = new Scene().claimed(101, BASE, SUCCESS, sequence(9, 1), OTHER_SHA).plan();

        assertThat(plan.next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void ofTwoDeliveriesOfOnePipelineTheRunWithTheLowestNumberStays() {
        Scene first =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(101, BASE, RUNNING)
                        .claimed(102, CLONE, QUEUED, sequence(5, 1), SHA);
        assertThat(first.plan().steps())
                .containsExactly(new Step.Cancel(new RunId(102)), new Step.Watch(new RunId(101)));

        Scene second =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(102, CLONE, RUNNING)
                        .claimed(101, BASE, RUNNING, sequence(5, 1), SHA);
        assertThat(second.plan().steps())
                .containsExactly(
                        new Step.Cancel(new RunId(102)),
                        new Step.AwaitCompletion(List.of(new RunId(102))));
    }

    @Test
    void theOneThatGaveWayTakesTheOthersResult() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .clone(77, Scene.PR_50, true)
                        .ownRun(102, CLONE, CANCELLED)
                        .window(null, in(-900))
                        .askedToCancel(102, NOW);

        assertThat(scene.claimed(101, BASE, RUNNING, sequence(5, 1), SHA).plan().next())
                .isEqualTo(new Step.Watch(new RunId(101)));
        Scene ended =
                new Scene().sequence(sequence(5, 1)).claimed(101, BASE, ERROR, sequence(5, 1), SHA);
        assertThat(ended.plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Failed(new RunId(101))));
    }

    @Test
    void yieldedRunIsCancelledWhenOtherWasCancelled() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(102, BASE, CANCELLED)
                        .claimed(101, BASE, CANCELLED, sequence(5, 1), SHA)
                        .claimed(103, BASE, CANCELLED, sequence(5, 1), SHA)
                        .sawCancelled(NOW);

        assertThat(scene.planAt(in(15)).next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(103))));
    }

    @Test
    void theOneThatGaveWayTakesNoneForTheOthersThatItHadCancelledItself() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(102, BASE, CANCELLED)
                        .claimed(101, BASE, CANCELLED, sequence(5, 1), SHA)
                        .claimed(103, BASE, CANCELLED, sequence(5, 1), SHA)
                        .askedToCancel(103, in(-10))
                        .sawCancelled(NOW);

        assertThat(scene.planAt(in(15)).next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(101))));
    }

    /// The simulation's seed 20,000,158 of races, base-first.
    @Test
    void theOneThatGaveWayWaitsForTheLastOfTheOthersRunsNotForItsFirst() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(102, BASE, CANCELLED)
                        .sawCancelled(in(-100))
                        .claimed(101, BASE, CANCELLED, sequence(5, 1), SHA)
                        .window(null, in(-90))
                        .claimed(103, CLONE, CANCELLED, sequence(5, 1), SHA)
                        .window(in(-70), in(-10));

        assertThat(scene.plan().next()).isEqualTo(new Step.Watch(new RunId(103)));
    }

    /// The simulation's seed 21,000,543 of ci, dedicated.
    @Test
    void cancelledRunDidNotYieldToCompletedRun() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(102, BASE, CANCELLED)
                        .sawCancelled(in(-100))
                        .claimed(101, BASE, CANCELLED, sequence(5, 1), SHA)
                        .window(null, in(-899))
                        .claimed(103, BASE, CANCELLED, sequence(5, 1), SHA)
                        .window(null, in(-10))
                        .askedToCancel(103, in(-20));

        assertThat(scene.plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(102))));
    }

    /// The simulation's seed 21,000,182 of faults, base-first: the moved run would give way to the
    /// one that is being cancelled, and none would be left.
    @Test
    void movesToCloneOnlyWithoutDuplicates() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .run(90, BASE, RUNNING, Scene.PR_51)
                        .ownRun(101, BASE, QUEUED)
                        .clone(77, Scene.PR_50, true)
                        .claimed(102, CLONE, RUNNING, sequence(5, 1), SHA)
                        .askedToCancel(102, NOW);

        assertThat(scene.plan().steps()).containsExactly(new Step.Watch(new RunId(101)));
    }

    @Test
    void theOneThatGaveWayWaitsForTheOtherToRepeatARunItMoves() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(102, BASE, CANCELLED)
                        .sawCancelled(in(-100))
                        .claimed(101, BASE, CANCELLED, sequence(5, 1), SHA)
                        .window(null, in(-59));

        assertThat(scene.plan().next()).isEqualTo(new Step.Watch(new RunId(101)));
        assertThat(scene.window(null, in(-60)).plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(101))));
        // the simulation's seed 1,061,100 of races, dedicated: a minute after the deadline
        assertThat(scene.window(null, in(3599)).planAt(in(3600)).next())
                .isEqualTo(new Step.Finish(new Verdict.DeadlinePassed(new RunId(101))));
    }

    @Test
    void doesNotAttachToCancelledDuplicate() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .claimed(101, BASE, CANCELLED, sequence(5, 1), SHA);

        assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    /// A duplicate run with a cancel request is about to end: an invocation attached to it would be
    /// left with nothing where a person cancelled the own run meanwhile.
    @Test
    void doesNotAttachToDuplicateBeingCancelled() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .ownRun(101, BASE, CANCELLED)
                        .sawCancelled(in(-5))
                        .claimed(102, BASE, RUNNING, sequence(5, 1), SHA)
                        .askedToCancel(102, in(-5));

        assertThat(scene.plan().next()).isEqualTo(new Step.Watch(new RunId(101)));
        assertThat(scene.planAt(in(10)).next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(101))));
    }

    @Test
    void equalSequenceOfAnotherCommitIsNoDuplicate() {
        Scene scene =
                new Scene()
                        .sequence(sequence(5, 1))
                        .claimed(101, BASE, SUCCESS, sequence(5, 1), OTHER_SHA);

        assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void awaitsStaleRunsButNoDuplicateWithoutPolling() {
        Scene scene =
                new Scene()
                        .notWatching()
                        .sequence(sequence(5, 1))
                        .claimed(90, CLONE, RUNNING, sequence(4, 1), OTHER_SHA)
                        .claimed(101, BASE, RUNNING, sequence(5, 1), SHA);

        assertThat(scene.plan().steps())
                .containsExactly(
                        new Step.Cancel(new RunId(90)),
                        new Step.Finish(new Verdict.Triggered(new RunId(101))));
    }

    /// Two workflows of one pull request, or two repositories that share the base job.
    @Test
    void whatIsCountedElsewhereAndBuiltElsewhereIsOnlyANamesake() {
        for (RunStatus status : List.of(QUEUED, RUNNING, SUCCESS)) {
            Scene scene =
                    new Scene()
                            .sequence(new Sequence("0a0a0a0a", 5, 1))
                            .claimed(90, CLONE, status, new Sequence("0b0b0b0b", 70, 1), OTHER_SHA)
                            .building(build -> Scene.into(build, "full_50"));

            assertThat(scene.plan().steps()).doesNotContain(new Step.Cancel(new RunId(90)));
            assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
            assertThat(scene.ownRun(101, BASE, SUCCESS).plan().next())
                    .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(101))));
        }
    }

    @Test
    void aNamesakeHoldsUpTheBaseJobAsAnotherPullRequestDoes() {
        Scene scene =
                new Scene()
                        .sequence(new Sequence("0a0a0a0a", 5, 1))
                        .claimed(90, BASE, RUNNING, new Sequence("0b0b0b0b", 70, 1), OTHER_SHA)
                        .building(build -> Scene.into(build, "full_50"));

        assertThat(scene.plan().steps()).first().isEqualTo(new Step.CreateClone());
    }

    @Test
    void whatIsCountedElsewhereButBuiltIntoTheSameSchemaIsOrderedByTime() {
        Scene scene =
                new Scene()
                        .sequence(new Sequence("0a0a0a0a", 5, 1))
                        .claimed(90, CLONE, RUNNING, new Sequence("0b0b0b0b", 70, 1), OTHER_SHA);

        assertThat(scene.plan().next()).isEqualTo(new Step.Cancel(new RunId(90)));
        for (String same : List.of("DBT_CLOUD_PR_50", "dbt_cloud_pr_50 ", "\"dbt_cloud_pr_50\"")) {
            assertThat(scene.building(build -> Scene.into(build, same)).plan().next())
                    .as(same)
                    .isEqualTo(new Step.Cancel(new RunId(90)));
        }
    }

    @Test
    void ofSeveralNewerRunsTheOneLastInTheOrderSupersedes() {
        Scene bySequence =
                new Scene()
                        .sequence(sequence(5, 1))
                        .claimed(101, BASE, SUCCESS, sequence(7, 1), OTHER_SHA)
                        .claimed(105, CLONE, RUNNING, sequence(6, 1), OTHER_SHA);
        Scene ofOneSequence =
                new Scene()
                        .sequence(sequence(5, 1))
                        .claimed(101, BASE, SUCCESS, sequence(6, 1), OTHER_SHA)
                        .claimed(105, CLONE, RUNNING, sequence(6, 1), OTHER_SHA);
        Scene byTime =
                new Scene()
                        .ownRun(101, BASE, SUCCESS)
                        .claimed(105, CLONE, RUNNING, null, OTHER_SHA)
                        .claimed(103, BASE, RUNNING, null, OTHER_SHA);

        assertThat(bySequence.plan().next()).isEqualTo(superseded(null, 101));
        assertThat(ofOneSequence.plan().next()).isEqualTo(superseded(null, 105));
        assertThat(byTime.plan().next()).isEqualTo(superseded(new RunId(101), 105));
    }

    private static Step superseded(@Nullable RunId own, long by) {
        return new Step.Finish(new Verdict.Superseded(own, new RunId(by)));
    }
}
