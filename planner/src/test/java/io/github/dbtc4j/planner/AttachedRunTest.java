package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.SHA;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.state.RunStatus.CANCELLED;
import static io.github.dbtc4j.planner.state.RunStatus.GONE;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.SUCCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Sequence;

import org.junit.jupiter.api.Test;

/// What comes of a run of another invocation for the same commit, whose result is this one's.
class AttachedRunTest {

    private static final JobId CLONE = new JobId(77);
    private static final Sequence OURS = new Sequence("-", 5, 1);
    private static final Sequence LATER_ATTEMPT = new Sequence("-", 5, 2);

    private static Scene attached(Sequence theirs, RunStatus status) {
        return new Scene().sequence(OURS).claimed(107, CLONE, status, theirs, SHA);
    }

    /// A run that wrote into the schema while run 107 did.
    private static Scene disturbed(Sequence theirs) {
        return new Scene()
                .sequence(OURS)
                .run(105, BASE, CANCELLED, PR_50)
                .window(in(-90), in(-70))
                .claimed(107, CLONE, SUCCESS, theirs, SHA)
                .window(in(-80), in(-60));
    }

    @Test
    void isWaitedForUntilTheDeadline() {
        Scene scene = attached(OURS, RUNNING);

        assertThat(scene.planAt(in(3599)).next()).isEqualTo(new Step.Watch(new RunId(107)));
        assertThat(scene.planAt(in(3600)).steps())
                .containsExactly(new Step.Finish(new Verdict.DeadlinePassed(new RunId(107))));
    }

    @Test
    void ofALaterAttemptIsCancelledWhereItsInvocationHasNotRepeatedIt() {
        Scene scene = attached(LATER_ATTEMPT, CANCELLED).window(in(-100), in(-60));

        assertThat(scene.plan().steps())
                .containsExactly(new Step.Finish(new Verdict.Cancelled(new RunId(107))));
        assertThat(scene.window(in(-100), in(-59)).plan().next())
                .isEqualTo(new Step.Watch(new RunId(107)));
    }

    /// Seed 300023275 of races with dedicated clones: the invocation whose run it was had deleted
    /// the clone after its success, and the runs of deleted jobs were gone.
    @Test
    void thatIsGoneWithItsJobIsNoVerdict() {
        assertThat(gone().plan().next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(gone().window(in(-100), in(-59)).plan().next())
                .isEqualTo(new Step.Watch(new RunId(107)));
        assertThat(gone().triggeredTimes(4).plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Cancelled(new RunId(107))));
    }

    private static Scene gone() {
        return new Scene()
                .ownRun(101, BASE, CANCELLED)
                .askedToCancel(101, in(-200))
                .claimed(107, CLONE, GONE, null, SHA)
                .window(in(-100), in(-60));
    }

    /// Seed 300015837 of the same: beside a run of a certainly newer pipeline none is triggered.
    @Test
    void ofALaterAttemptThatIsGoneIsNotRepeated() {
        assertThat(attached(LATER_ATTEMPT, GONE).window(in(-100), in(-60)).plan().steps())
                .containsExactly(new Step.Finish(new Verdict.Cancelled(new RunId(107))));
    }

    @Test
    void ofALaterAttemptThatWasDisturbedSupersedes() {
        assertThat(disturbed(LATER_ATTEMPT).plan().steps())
                .containsExactly(new Step.Finish(new Verdict.Superseded(null, new RunId(107))));
    }

    @Test
    void thatWasDisturbedIsNoSuccessWhereNoMoreRunsAreToBeTriggered() {
        assertThat(disturbed(OURS).triggeredTimes(4).plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Conflicted(new RunId(107), new RunId(105))));
    }

    @Test
    void wasTheOwnOneAndIsCancelledWhenTheDeadlinePasses() {
        Scene scene = new Scene().ownRun(110, BASE, CANCELLED).askedToCancel(110, in(-30));

        assertThat(scene.planAt(in(3599)).next()).isEqualTo(new Step.Trigger(new Lane.Base(BASE)));
        assertThat(scene.planAt(in(3600)).steps())
                .containsExactly(new Step.Finish(new Verdict.DeadlinePassed(new RunId(110))));
    }
}
