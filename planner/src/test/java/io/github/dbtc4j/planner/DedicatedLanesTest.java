package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.RunId;

import org.junit.jupiter.api.Test;

import java.util.List;

/// With dedicated lanes a pull request has its own clone, and the platform's one run at a time is
/// what keeps its runs apart.
class DedicatedLanesTest {

    private static final JobId CLONE = new JobId(77);

    @Test
    void clonesThoughTheBaseJobIsFree() {
        assertThat(new Scene().dedicated().plan().steps())
                .containsExactly(new Step.CreateClone(), new Step.Trigger(new Lane.NewClone()));
    }

    @Test
    void clonesThoughAllRunSlotsAreTaken() {
        Plan plan = new Scene().dedicated().slots(1).run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void usesTheFirstOfThePullRequestsClones() {
        Scene scene = new Scene().dedicated().clone(79, PR_50, true).clone(77, PR_50, true);

        assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Clone(CLONE)));
    }

    @Test
    void doesNotWaitForAStaleRunOnTheSameLane() {
        Plan plan =
                new Scene()
                        .dedicated()
                        .clone(77, PR_50, true)
                        .run(101, CLONE, RUNNING, PR_50)
                        .plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Cancel(new RunId(101)), new Step.Trigger(new Lane.Clone(CLONE)));
    }

    @Test
    void waitsForAStaleRunOnAnotherLaneHoweverLongItTakes() {
        Scene scene =
                new Scene()
                        .dedicated()
                        .clone(77, PR_50, true)
                        .run(101, BASE, RUNNING, PR_50)
                        .askedToCancel(101, NOW)
                        .askedToCancel(101, in(990));

        assertThat(scene.planAt(in(1000)).next())
                .isEqualTo(new Step.AwaitCompletion(List.of(new RunId(101))));
    }

    @Test
    void deletesAnOutdatedCloneBeforeItMakesAnother() {
        Plan plan = new Scene().dedicated().clone(77, PR_50, false).plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.DeleteClone(CLONE),
                        new Step.CreateClone(),
                        new Step.Trigger(new Lane.NewClone()));
        assertThat(plan.reasons()).contains(new Reason.CloneOutdated(CLONE));
    }

    @Test
    void awaitsTheEndOfAnotherPersonsRunOnACloneThatHasToGo() {
        Plan plan =
                new Scene().dedicated().clone(77, PR_50, false).run(9, CLONE, QUEUED, PR_51).plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.AwaitCompletion(List.of(new RunId(9))),
                        new Step.DeleteClone(CLONE),
                        new Step.CreateClone(),
                        new Step.Trigger(new Lane.NewClone()));
    }

    @Test
    void doesWithoutTheDeletionOfACloneThatCouldNotBeDeleted() {
        Plan plan = new Scene().dedicated().clone(77, PR_50, false).kept(CLONE).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.CreateClone(), new Step.Trigger(new Lane.NewClone()));
    }

    @Test
    void ignoresCloneChangedByUser() {
        Plan plan =
                new Scene()
                        .dedicated()
                        .clone(77, PR_50, ObservedClone.Condition.TAMPERED, "00000000000000cc")
                        .plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void waitsBeforeItUsesAYoungCloneUntilOneThatWasMadeBeforeWouldBeListed() {
        Scene scene = new Scene().dedicated().clone(77, PR_50, true);

        assertThat(scene.age(4).plan().steps())
                .containsExactly(
                        new Step.AwaitVisibility(CLONE), new Step.Trigger(new Lane.Clone(CLONE)));
        assertThat(scene.age(5).plan().next()).isEqualTo(new Step.Trigger(new Lane.Clone(CLONE)));
    }

    @Test
    void waitsForTheCap() {
        Scene scene =
                new Scene()
                        .dedicated()
                        .clone(78, PR_51, true)
                        .run(101, new JobId(78), QUEUED, PR_51)
                        .cap(1);

        assertThat(scene.plan().steps())
                .containsExactly(new Step.AwaitCompletion(List.of(new RunId(101))));
        assertThat(scene.cap(2).plan().next()).isEqualTo(new Step.CreateClone());
    }

    @Test
    void leavesItToThePlatformWhereThatRunsPullRequestsSideBySide() {
        assertThat(new Scene().dedicated().runsConcurrently().plan().next())
                .isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void aRunWithoutPullRequestHasNoLaneOfItsOwn() {
        assertThat(new Scene().dedicated().forNoPullRequest().plan().next())
                .isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }
}
