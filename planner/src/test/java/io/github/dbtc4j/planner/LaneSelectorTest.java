package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.STARTING;
import static io.github.dbtc4j.planner.state.RunStatus.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Where a run goes: the base job, a clone that is there, or a new one.
class LaneSelectorTest {

    private static final JobId CLONE = new JobId(77);
    private static final JobId OTHER_JOB = new JobId(9);

    @Test
    void clonesTheJobWhenItIsBusyWithAnotherPullRequest() {
        Plan plan = new Scene().run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.CreateClone(), new Step.Trigger(new Lane.NewClone()));
        assertThat(plan.reasons())
                .containsExactly(
                        new Reason.BaseBusy(BASE, new RunId(101), PR_51),
                        new Reason.SlotsFree(1, 5));
    }

    @Test
    void namesTheOldestRunThatKeepsTheBaseJobBusy() {
        Plan plan = new Scene().run(103, BASE, QUEUED, null).run(102, BASE, RUNNING, PR_51).plan();

        assertThat(plan.reasons()).contains(new Reason.BaseBusy(BASE, new RunId(102), PR_51));
    }

    @Test
    void aRunInAnUnknownStatusKeepsTheBaseJobBusy() {
        assertThat(new Scene().run(101, BASE, UNKNOWN, PR_51).plan().next())
                .isEqualTo(new Step.CreateClone());
    }

    @Test
    void clonesWhenItsOwnStaleRunWasAheadOfAnotherPullRequestOnTheBaseJob() {
        Plan plan = new Scene().run(101, BASE, RUNNING, PR_50).run(102, BASE, QUEUED, PR_51).plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Cancel(new RunId(101)),
                        new Step.AwaitCompletion(List.of(new RunId(101))),
                        new Step.CreateClone(),
                        new Step.Trigger(new Lane.NewClone()));
    }

    @Test
    void waitsForTheStaleRunsEndBeforeItRunsOnAnotherLane() {
        Plan plan =
                new Scene()
                        .clone(77, PR_50, true)
                        .run(101, CLONE, RUNNING, PR_50)
                        .askedToCancel(101, NOW)
                        .plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.AwaitCompletion(List.of(new RunId(101))),
                        new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void reusesTheCloneThisPullRequestHas() {
        Plan plan =
                new Scene()
                        .clone(76, PR_51, true)
                        .clone(77, PR_50, true)
                        .run(101, BASE, RUNNING, PR_51)
                        .plan();

        assertThat(plan.steps()).containsExactly(new Step.Trigger(new Lane.Clone(CLONE)));
        assertThat(plan.reasons()).endsWith(new Reason.CloneExists(CLONE));
    }

    @Test
    void doesNotReuseACloneThatIsNoLongerLikeTheBaseJob() {
        Plan plan = new Scene().clone(77, PR_50, false).run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void neverReusesACloneForARequestWithoutPullRequest() {
        Plan plan =
                new Scene()
                        .forNoPullRequest()
                        .clone(77, null, true)
                        .run(101, BASE, RUNNING, PR_51)
                        .plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void usesYoungCloneThenChecksForAnother() {
        Scene scene = new Scene().clone(77, PR_50, true).age(4).run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().steps()).containsExactly(new Step.Trigger(new Lane.Clone(CLONE)));
        scene.ownRun(110, CLONE, STARTING);
        assertThat(scene.plan().steps()).containsExactly(new Step.AwaitVisibility(CLONE));
        assertThat(scene.age(5).plan().steps()).containsExactly(new Step.Watch(new RunId(110)));
    }

    @Test
    void leavesYoungCloneUnusedWithoutPolling() {
        Scene scene =
                new Scene()
                        .notWatching()
                        .keepingClones()
                        .clone(77, PR_50, true)
                        .age(4)
                        .run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().steps())
                .containsExactly(
                        new Step.AwaitVisibility(CLONE), new Step.Trigger(new Lane.Clone(CLONE)));
        assertThat(scene.age(5).plan().next()).isEqualTo(new Step.Trigger(new Lane.Clone(CLONE)));
    }

    /// Deleting the clone after its run means to wait for that run, even if not asked to.
    @Test
    void usesAYoungCloneAtOnceWhereItIsToBeDeletedAfterItsRun() {
        Scene scene =
                new Scene()
                        .notWatching()
                        .clone(77, PR_50, true)
                        .age(0)
                        .run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().steps()).containsExactly(new Step.Trigger(new Lane.Clone(CLONE)));
        scene.ownRun(110, CLONE, STARTING);
        assertThat(scene.plan().steps()).containsExactly(new Step.AwaitVisibility(CLONE));
        assertThat(scene.age(5).plan().steps()).containsExactly(new Step.Watch(new RunId(110)));
    }

    @Test
    void queuesOnTheBaseJobWhenAllRunSlotsAreTaken() {
        Plan plan =
                new Scene()
                        .slots(2)
                        .run(101, BASE, RUNNING, PR_51)
                        .run(102, OTHER_JOB, STARTING, null)
                        .plan();

        assertThat(plan.steps()).containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons()).endsWith(new Reason.SlotsExhausted(2, 2));
    }

    @Test
    void countsNeitherQueuedRunsNorRunsThatUseNoSlotNorTheCancelledOne() {
        Plan plan =
                new Scene()
                        .slots(2)
                        .run(101, BASE, RUNNING, PR_50)
                        .run(102, BASE, QUEUED, PR_51)
                        .run(103, OTHER_JOB, RUNNING, null, false)
                        .run(104, OTHER_JOB, RUNNING, null)
                        .plan();

        assertThat(plan.reasons()).endsWith(new Reason.SlotsFree(1, 2));
    }

    @Test
    void treatsZeroRunSlotsAsLimit() {
        assertThat(new Scene().slots(0).run(101, BASE, QUEUED, PR_51).plan().reasons())
                .endsWith(new Reason.SlotsExhausted(0, 0));
    }

    @Test
    void clonesWhenRunSlotsUnknown() {
        Plan plan = new Scene().slots(null).run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
        assertThat(plan.reasons()).endsWith(new Reason.SlotsUnknown());
    }

    @Test
    void capIgnoresUnrelatedJobs() {
        Scene scene =
                new Scene()
                        .clone(77, PR_51, true)
                        .run(101, BASE, RUNNING, PR_51)
                        .run(102, OTHER_JOB, RUNNING, null)
                        .run(103, OTHER_JOB, RUNNING, null)
                        .cap(2);

        assertThat(scene.plan().next()).isEqualTo(new Step.CreateClone());

        Plan plan = scene.run(104, CLONE, QUEUED, new PullRequest(Provider.GITHUB, 52)).plan();
        assertThat(plan.next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons()).endsWith(new Reason.CapReached(2, 2));
    }

    /// Two runs of others on one lane occupy that lane once: one executes, one queues.
    @Test
    void theCapCountsALaneOnceHoweverManyRunsItHas() {
        var pullRequest52 = new PullRequest(Provider.GITHUB, 52);
        Scene scene =
                new Scene().run(101, BASE, RUNNING, PR_51).run(102, BASE, QUEUED, pullRequest52);

        assertThat(scene.cap(2).plan().next()).isEqualTo(new Step.CreateClone());
        for (int cap : List.of(0, 1)) {
            Plan plan = scene.cap(cap).plan();
            assertThat(plan.next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
            assertThat(plan.reasons()).endsWith(new Reason.CapReached(1, cap));
        }
    }

    @Test
    void aCapOfZeroNeverClones() {
        Plan plan = new Scene().cap(0).run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.steps()).containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons()).endsWith(new Reason.CapReached(1, 0));
    }

    @Test
    void usesNativeConcurrency() {
        Scene scene = new Scene().runsConcurrently().run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().steps()).containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(scene.plan().reasons())
                .containsExactly(new Reason.PlatformRunsConcurrently(BASE));
        assertThat(scene.concurrency(Concurrency.CLONE).plan().next())
                .isEqualTo(new Step.CreateClone());
    }

    @Test
    void thePlatformRunsNothingConcurrentlyWithoutAPullRequest() {
        Plan plan =
                new Scene()
                        .runsConcurrently()
                        .forNoPullRequest()
                        .run(101, BASE, RUNNING, PR_51)
                        .plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void forcedNativeAlwaysTriggersTheBaseJob() {
        Plan plan =
                new Scene().concurrency(Concurrency.NATIVE).run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.steps()).containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons()).endsWith(new Reason.NativeForced(BASE));
    }

    @Test
    void doesNotCloneAJobWhoseSecretsACloneWouldLack() {
        Scene scene = new Scene().secret("DBT_ENV_SECRET_KEY").run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(scene.plan().reasons())
                .endsWith(new Reason.SecretsNotClonable(List.of("DBT_ENV_SECRET_KEY")));
        assertThat(scene.concurrency(Concurrency.CLONE).plan().next())
                .isEqualTo(new Step.CreateClone());
    }

    @Test
    void queuesOnTheBaseJobWhereThePlatformRefusesAClone() {
        Scene scene = new Scene().clonesRefused().run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().steps()).containsExactly(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(scene.plan().reasons()).endsWith(new Reason.CloneRefused());
        assertThat(scene.dedicated().plan().steps())
                .containsExactly(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void usesTheCloneThatIsThereAlthoughThePlatformRefusesAnother() {
        Scene scene =
                new Scene().clonesRefused().clone(77, PR_50, true).run(101, BASE, RUNNING, PR_51);

        assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Clone(CLONE)));
    }
}
