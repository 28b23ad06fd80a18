package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.Scene.SHA;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.state.RunStatus.CANCELLED;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.SUCCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Success is reported only of a run beside which no other of the pull request executed.
class ValidationTest {

    private static final JobId CLONE = new JobId(77);

    /// The own run 110 executed from -880 s to -830 s.
    private static Scene succeeded() {
        return new Scene().clone(77, PR_50, true).ownRun(110, BASE, SUCCESS);
    }

    @Test
    void runsAgainWhenAnotherRunOfThePullRequestExecutedMeanwhile() {
        Plan plan = succeeded().run(105, CLONE, CANCELLED, PR_50).window(in(-890), in(-870)).plan();

        assertThat(plan.next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(plan.reasons()).contains(new Reason.Conflict(new RunId(110), new RunId(105)));
    }

    @Test
    void runsAgainWhenAnOlderRunExecutedAfterwards() {
        Plan plan = succeeded().run(105, CLONE, CANCELLED, PR_50).window(in(-820), in(-810)).plan();

        assertThat(plan.next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void isNotDisturbedByWhatWasOverBeforeItBeganOrNeverBegan() {
        for (Scene scene :
                List.of(
                        succeeded().run(105, CLONE, CANCELLED, PR_50).window(in(-900), in(-880)),
                        succeeded().run(105, CLONE, CANCELLED, PR_50).window(null, in(-850)),
                        succeeded().run(105, CLONE, SUCCESS, PR_51).window(in(-890), in(-870)),
                        succeeded()
                                .run(105, new JobId(9), SUCCESS, PR_50)
                                .building(build -> Scene.into(build, "dbt_cloud_pr_9_50"))
                                .window(in(-890), in(-870)))) {
            assertThat(scene.plan().next())
                    .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(110))));
        }
    }

    @Test
    void aRunOfAClaimOnALaneThatIsListedNoMoreDisturbsToo() {
        Plan plan =
                succeeded()
                        .sequence(new Sequence("-", 5, 1))
                        .claimed(
                                105,
                                new JobId(78),
                                CANCELLED,
                                new Sequence("-", 4, 1),
                                "ffffffffffff")
                        .window(in(-890), in(-870))
                        .plan();

        assertThat(plan.next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void cancelsOlderRunsAndWaitsForTheirEndBeforeItReportsSuccess() {
        Plan plan = succeeded().run(105, CLONE, QUEUED, PR_50).plan();

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Cancel(new RunId(105)),
                        new Step.AwaitCompletion(List.of(new RunId(105))));
    }

    @Test
    void givesUpAfterSoManyRunsButNeverCallsItSuccess() {
        Plan plan =
                succeeded()
                        .triggeredTimes(4)
                        .run(105, CLONE, CANCELLED, PR_50)
                        .window(in(-890), in(-870))
                        .plan();

        assertThat(plan.next())
                .isEqualTo(new Step.Finish(new Verdict.Conflicted(new RunId(110), new RunId(105))));
    }

    @Test
    void looksOnceMoreWhenWhatDisturbedItMightNotBeListedYet() {
        Scene scene = new Scene().ownRun(110, BASE, SUCCESS).window(in(-50), in(-4));

        assertThat(scene.plan().next()).isEqualTo(new Step.VerifySuccess(new RunId(110)));
        assertThat(scene.window(in(-50), in(-5)).plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(110))));
    }

    @Test
    void aSuccessOfAnotherInvocationIsHeldToTheSame() {
        var sequence = new Sequence("-", 5, 1);
        Scene scene =
                new Scene()
                        .sequence(sequence)
                        .run(105, BASE, RUNNING, PR_50)
                        .window(in(-30), null)
                        .claimed(107, CLONE, SUCCESS, sequence, SHA)
                        .window(in(-40), in(-20));

        assertThat(scene.plan().steps())
                .containsExactly(new Step.Cancel(new RunId(105)), new Step.Watch(new RunId(107)));
    }

    /// The simulation's seed 3,002,075 of ci, dedicated, with forged claims.
    @Test
    void attachesToLastExecutedDuplicate() {
        var sequence = new Sequence("-", 5, 1);
        Scene scene =
                new Scene()
                        .sequence(sequence)
                        .claimed(107, BASE, SUCCESS, sequence, SHA)
                        .window(in(-40), in(-30))
                        .claimed(108, CLONE, SUCCESS, sequence, SHA)
                        .window(in(-90), in(-50));

        assertThat(scene.plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(107))));
    }

    /// The simulation's seed 2,854 of faults, base-first.
    @Test
    void whoFollowsASuccessWaitsForTheEndOfOlderRunsToo() {
        var sequence = new Sequence("-", 5, 1);
        Scene scene =
                new Scene()
                        .sequence(sequence)
                        .claimed(107, BASE, SUCCESS, sequence, SHA)
                        .claimed(108, BASE, QUEUED, new Sequence("-", 4, 1), "ffffffffffff");

        assertThat(scene.plan().steps())
                .containsExactly(
                        new Step.Cancel(new RunId(108)),
                        new Step.AwaitCompletion(List.of(new RunId(108))));
    }

    @Test
    void rerunsConflictedRunOfDuplicate() {
        var sequence = new Sequence("-", 5, 1);
        Scene scene =
                new Scene()
                        .sequence(sequence)
                        .run(105, BASE, CANCELLED, PR_50)
                        .window(in(-90), in(-70))
                        .claimed(107, CLONE, SUCCESS, sequence, SHA)
                        .window(in(-80), in(-60));

        assertThat(scene.plan().next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void aRunThatIsListedNoMoreMayStillBeAboutToEnd() {
        Scene scene =
                new Scene().ownRun(110, CLONE, CANCELLED).window(null, null).sawCancelled(NOW);

        assertThat(scene.planAt(in(14)).next()).isEqualTo(new Step.Watch(new RunId(110)));
        assertThat(scene.planAt(in(15)).next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }

    @Test
    void waitsForTheEndOfAStaleRunButNotForEver() {
        Scene scene =
                new Scene()
                        .clone(77, PR_50, true)
                        .run(101, CLONE, RUNNING, PR_50)
                        .askedToCancel(101, NOW)
                        .askedToCancel(101, in(170));

        assertThat(scene.planAt(in(179)).next())
                .isEqualTo(new Step.AwaitCompletion(List.of(new RunId(101))));
        assertThat(scene.planAt(in(180)).next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
    }
}
