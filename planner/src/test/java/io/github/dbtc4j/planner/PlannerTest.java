package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.state.RunStatus.CANCELLED;
import static io.github.dbtc4j.planner.state.RunStatus.ERROR;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.STARTING;
import static io.github.dbtc4j.planner.state.RunStatus.SUCCESS;
import static io.github.dbtc4j.planner.state.RunStatus.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// What an invocation does next, step by step.
class PlannerTest {

    private static final JobId CLONE = new JobId(77);
    private static final JobId OTHER_JOB = new JobId(9);

    @Test
    void triggersTheBaseJobWhenNothingRuns() {
        Plan plan = new Scene().plan();

        assertThat(plan.steps()).containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons()).containsExactly(new Reason.BaseIdle(BASE));
    }

    @Test
    void cancelsTheStaleRunAndTriggersTheSameJobAtOnce() {
        Plan plan = new Scene().run(101, BASE, RUNNING, PR_50).plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Cancel(new RunId(101)), new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons())
                .containsExactly(
                        new Reason.StaleRun(new RunId(101), BASE, false),
                        new Reason.BaseIdle(BASE));
    }

    @Test
    void cancelsEveryStaleRunOfThePullRequest() {
        Plan plan =
                new Scene()
                        .clone(77, PR_50, true)
                        .run(101, BASE, QUEUED, PR_50)
                        .run(102, CLONE, STARTING, PR_50)
                        .plan();

        assertThat(plan.steps())
                .startsWith(new Step.Cancel(new RunId(101)), new Step.Cancel(new RunId(102)));
    }

    @Test
    void leavesRunsOfOtherPullRequestsAndOtherJobsAlone() {
        Plan plan =
                new Scene()
                        .run(101, BASE, RUNNING, PR_51)
                        .run(102, OTHER_JOB, RUNNING, PR_50)
                        .run(103, BASE, QUEUED, null)
                        .plan();

        assertThat(plan.steps()).noneMatch(step -> step instanceof Step.Cancel);
    }

    @Test
    void aRunWithoutPullRequestIsNeverStaleForARequestWithoutOne() {
        Plan plan = new Scene().forNoPullRequest().run(101, BASE, RUNNING, null).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.CreateClone(), new Step.Trigger(new Lane.NewClone()));
    }

    @Test
    void doesNotAskTwiceForACancellationUntilItWasIgnored() {
        Scene scene = new Scene().run(101, BASE, RUNNING, PR_50).askedToCancel(101, NOW);

        assertThat(scene.planAt(in(14)).next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(scene.planAt(in(15)).next()).isEqualTo(new Step.Cancel(new RunId(101)));
    }

    @Test
    void doesNotMoveAQueuedRunToACloneThatWasRefused() {
        Scene scene =
                new Scene()
                        .clonesRefused()
                        .run(101, BASE, RUNNING, PR_51)
                        .ownRun(110, BASE, QUEUED);

        assertThat(scene.plan().steps()).containsExactly(new Step.Watch(new RunId(110)));
    }

    @Test
    void returnsAfterTriggerWithoutPolling() {
        Plan plan = new Scene().notWatching().ownRun(110, BASE, QUEUED).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.Finish(new Verdict.Triggered(new RunId(110))));
    }

    @Test
    void deletingTheCloneForcesWatchingIt() {
        Scene scene = new Scene().notWatching().clone(77, PR_50, true).ownRun(110, CLONE, RUNNING);

        assertThat(scene.plan().next()).isEqualTo(new Step.Watch(new RunId(110)));
        assertThat(scene.keepingClones().plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Triggered(new RunId(110))));
    }

    @Test
    void watchesTheOwnRunWhileItIsInProgress() {
        for (RunStatus status : List.of(QUEUED, STARTING, RUNNING, UNKNOWN)) {
            assertThat(new Scene().ownRun(110, BASE, status).plan().steps())
                    .containsExactly(new Step.Watch(new RunId(110)));
        }
    }

    @Test
    void reportsHowTheOwnRunEnded() {
        assertThat(new Scene().ownRun(110, BASE, SUCCESS).plan().steps())
                .containsExactly(new Step.Finish(new Verdict.Succeeded(new RunId(110))));
        assertThat(new Scene().ownRun(110, BASE, ERROR).plan().steps())
                .containsExactly(new Step.Finish(new Verdict.Failed(new RunId(110))));
    }

    @Test
    void movesToACloneWhenASlotFreesWhileItQueues() {
        Scene scene = new Scene().slots(2).run(101, BASE, RUNNING, PR_51).ownRun(110, BASE, QUEUED);

        assertThat(scene.plan().steps())
                .containsExactly(
                        new Step.Cancel(new RunId(110)),
                        new Step.AwaitCompletion(List.of(new RunId(110))),
                        new Step.CreateClone(),
                        new Step.Trigger(new Lane.NewClone()),
                        new Step.Watch(new RunId(110)));
        assertThat(scene.plan().reasons())
                .endsWith(new Reason.SlotFreed(new RunId(110), new RunId(101)));
        assertThat(scene.slots(1).plan().steps()).containsExactly(new Step.Watch(new RunId(110)));
    }

    @Test
    void keepsFirstQueuedRunOnBaseJob() {
        Plan plan = new Scene().ownRun(110, BASE, QUEUED).run(111, BASE, QUEUED, PR_51).plan();

        assertThat(plan.steps()).containsExactly(new Step.Watch(new RunId(110)));
    }

    @Test
    void adoptsTheResultOfARunThatEndedBeforeItsCancellationReachedIt() {
        Plan plan = new Scene().ownRun(110, BASE, SUCCESS).askedToCancel(110, NOW).plan();

        assertThat(plan.next()).isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(110))));
    }

    @Test
    void startsAgainOnACloneAfterItsQueuedRunWasCancelledForIt() {
        Plan plan =
                new Scene()
                        .run(101, BASE, RUNNING, PR_51)
                        .ownRun(110, BASE, CANCELLED)
                        .askedToCancel(110, NOW)
                        .plan();

        assertThat(plan.steps())
                .containsExactly(new Step.CreateClone(), new Step.Trigger(new Lane.NewClone()));
    }

    @Test
    void givesWayToANewerRunOfThePullRequest() {
        Plan plan = new Scene().ownRun(110, BASE, RUNNING).run(120, BASE, QUEUED, PR_50).plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Cancel(new RunId(110)),
                        new Step.Finish(new Verdict.Superseded(new RunId(110), new RunId(120))));
        assertThat(plan.reasons()).containsExactly(new Reason.NewerRun(new RunId(120)));
    }

    @Test
    void neverCancelsANewerRun() {
        Plan plan = new Scene().ownRun(110, BASE, RUNNING).run(105, BASE, QUEUED, PR_50).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.Cancel(new RunId(105)), new Step.Watch(new RunId(110)));
    }

    @Test
    void isSupersededWhenTheNewerRunIsSeenOnlyAfterTheOwnOneWasCancelled() {
        Plan plan = new Scene().ownRun(110, BASE, CANCELLED).run(120, BASE, SUCCESS, PR_50).plan();

        assertThat(plan.next())
                .isEqualTo(new Step.Finish(new Verdict.Superseded(new RunId(110), new RunId(120))));
    }

    @Test
    void callsARunCancelledOnlyAfterANewerOneHadTimeToAppear() {
        Scene scene = new Scene().ownRun(110, BASE, CANCELLED);

        assertThat(scene.plan().next()).isEqualTo(new Step.Watch(new RunId(110)));
        scene.sawCancelled(NOW);
        assertThat(scene.planAt(in(14)).next()).isEqualTo(new Step.Watch(new RunId(110)));
        assertThat(scene.planAt(in(15)).next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(110))));
    }

    @Test
    void triggersAgainWhenTheCloneWasDeletedUnderItsRunButNotForEver() {
        Scene scene = new Scene().ownRun(110, CLONE, CANCELLED).sawCancelled(NOW);

        assertThat(scene.planAt(in(15)).steps())
                .containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(scene.planAt(in(15)).reasons()).startsWith(new Reason.LaneDeleted(CLONE));
        assertThat(scene.triggeredTimes(4).sawCancelled(NOW).planAt(in(15)).next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(110))));
    }

    @Test
    void cancelsItsRunAtTheDeadline() {
        Scene scene = new Scene().ownRun(110, BASE, RUNNING);

        assertThat(scene.planAt(in(3599)).next()).isEqualTo(new Step.Watch(new RunId(110)));
        assertThat(scene.planAt(in(3600)).steps())
                .containsExactly(
                        new Step.Cancel(new RunId(110)),
                        new Step.Finish(new Verdict.DeadlinePassed(new RunId(110))));
    }

    @Test
    void acceptsResultAtDeadline() {
        assertThat(new Scene().ownRun(110, BASE, SUCCESS).planAt(in(3600)).next())
                .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(110))));
    }

    @Test
    void triggersNothingAfterTheDeadline() {
        assertThat(new Scene().planAt(in(3600)).steps())
                .containsExactly(new Step.Finish(new Verdict.DeadlinePassed(null)));
    }

    @Test
    void looksForALostTriggerBeforeItSendsItAgain() {
        UnconfirmedWrite lost = new UnconfirmedWrite.Trigger(BASE, NOW);
        Scene scene = new Scene().lost(lost).run(101, BASE, RUNNING, PR_51);

        assertThat(scene.planAt(in(99)).steps()).containsExactly(new Step.ResolveWrite(lost));
        assertThat(scene.planAt(in(100)).next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void cancelsAllButOneOfTheRunsThatCameOfItsNonce() {
        Scene scene = new Scene().ownRun(110, BASE, QUEUED).ownDuplicate(112, BASE, QUEUED);

        assertThat(scene.plan().steps())
                .containsExactly(new Step.Cancel(new RunId(112)), new Step.Watch(new RunId(110)));
    }

    @Test
    void duplicateDoesNotSupersede() {
        Scene scene =
                new Scene().ownRun(110, BASE, QUEUED).ownDuplicate(112, BASE, RunStatus.SUCCESS);

        assertThat(scene.plan().steps()).containsExactly(new Step.Watch(new RunId(110)));
    }

    @Test
    void recognisesTheRunThatCameOfItsNonce() {
        assertThat(recognised(new Scene().run(101, BASE, RUNNING, PR_50))).isEmpty();
        Scene scene = new Scene().ownDuplicate(109, BASE, SUCCESS).ownDuplicate(112, BASE, QUEUED);
        assertThat(recognised(scene)).contains(new RunId(112));
        scene.ownDuplicate(111, CLONE, STARTING);
        assertThat(recognised(scene)).contains(new RunId(111));
        scene.askedToCancel(111, NOW);
        assertThat(recognised(scene)).contains(new RunId(112));
    }

    private static Optional<RunId> recognised(Scene scene) {
        return scene.snapshot().runWithOwnNonce(scene.request()).map(ObservedRun::id);
    }
}
