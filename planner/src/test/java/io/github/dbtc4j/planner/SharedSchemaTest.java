package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.Scene.SHARED_SCHEMA;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.Scene.into;
import static io.github.dbtc4j.planner.state.RunStatus.CANCELLED;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.SUCCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;

/// Two pull requests whose payloads name the same schema never build into it at the same time.
class SharedSchemaTest {

    private static final JobId THEIRS = new JobId(76);
    private static final JobId OURS = new JobId(77);
    private static final RunId OTHER = new RunId(101);
    private static final RunId OWN = new RunId(110);
    private static final Reason SHARED = new Reason.SchemaShared(SHARED_SCHEMA, OTHER, PR_51);
    private static final Step TRIGGER_BASE = new Step.Trigger(new Lane.Base(BASE));

    @Test
    void queuesBehindARunOnTheBaseJobInsteadOfCloning() {
        Plan plan = new Scene().sharing(101, BASE, RUNNING).plan();

        assertThat(plan.steps()).containsExactly(TRIGGER_BASE);
        assertThat(plan.reasons()).containsExactly(new Reason.BaseBusy(BASE, OTHER, PR_51), SHARED);
    }

    @Test
    void waitsForTheEndOfARunOnAClone() {
        Plan plan = new Scene().sharing(101, THEIRS, RUNNING).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.AwaitCompletion(List.of(OTHER)), TRIGGER_BASE);
        assertThat(plan.reasons()).contains(SHARED);
    }

    @Test
    void waitsForSharedSchemaWithoutPolling() {
        Plan plan = new Scene().notWatching().sharing(101, THEIRS, QUEUED).plan();

        assertThat(plan.next()).isEqualTo(new Step.AwaitCompletion(List.of(OTHER)));
    }

    @Test
    void waitsWithALaneOfItsOwn() {
        Plan plan = new Scene().dedicated().sharing(101, BASE, RUNNING).plan();

        assertThat(plan.next()).isEqualTo(new Step.AwaitCompletion(List.of(OTHER)));
    }

    @Test
    void waitsWhereThePlatformRunsPullRequestsSideBySide() {
        Plan plan = new Scene().runsConcurrently().sharing(101, BASE, RUNNING).plan();

        assertThat(plan.steps())
                .containsExactly(new Step.AwaitCompletion(List.of(OTHER)), TRIGGER_BASE);
    }

    @Test
    void clonesBesideARunThatBuildsIntoAnotherSchema() {
        Plan plan = new Scene().run(101, BASE, RUNNING, PR_51).plan();

        assertThat(plan.next()).isEqualTo(new Step.CreateClone());
        assertThat(plan.reasons()).noneMatch(reason -> reason instanceof Reason.SchemaShared);
    }

    /// A forger is free in what the trigger names; a warehouse may take it for ours.
    @Test
    void takesForOneSchemaWhatAWarehouseMay() {
        for (String same :
                List.of(
                        SHARED_SCHEMA.toUpperCase(Locale.ROOT),
                        SHARED_SCHEMA + " ",
                        "\"" + SHARED_SCHEMA + "\"",
                        "`" + SHARED_SCHEMA + "`")) {
            Plan plan =
                    new Scene()
                            .sharing(101, BASE, RUNNING)
                            .building(build -> into(build, same))
                            .plan();

            assertThat(plan.steps()).as(same).containsExactly(TRIGGER_BASE);
        }
    }

    @Test
    void waitsForNoRunOfAnotherJob() {
        Plan plan = new Scene().sharing(101, new JobId(5), RUNNING).marked(null).plan();

        assertThat(plan.steps()).containsExactly(TRIGGER_BASE);
        assertThat(plan.reasons()).containsExactly(new Reason.BaseIdle(BASE));
    }

    @Test
    void staysInTheQueueAlthoughASlotIsFree() {
        Plan plan = new Scene().sharing(101, BASE, RUNNING).ownRun(110, BASE, QUEUED).plan();

        assertThat(plan.steps()).containsExactly(new Step.Watch(OWN));
    }

    @Test
    void theLaterOfTwoOnDifferentLanesWithdraws() {
        Scene later =
                new Scene()
                        .clone(77, PR_50, true)
                        .sharing(101, BASE, RUNNING)
                        .ownRun(110, OURS, RUNNING);

        assertThat(later.plan().steps())
                .containsExactly(new Step.Cancel(OWN), new Step.AwaitCompletion(List.of(OWN)));
        assertThat(later.plan().reasons()).containsExactly(SHARED);
    }

    @Test
    void theEarlierOfTwoOnDifferentLanesStays() {
        Plan plan =
                new Scene()
                        .clone(77, PR_50, true)
                        .ownRun(110, OURS, RUNNING)
                        .sharing(120, BASE, RUNNING)
                        .plan();

        assertThat(plan.steps()).containsExactly(new Step.Watch(OWN));
    }

    @Test
    void waitsForTheOtherAfterItWithdrew() {
        Plan plan =
                new Scene()
                        .clone(77, PR_50, true)
                        .sharing(101, BASE, RUNNING)
                        .ownRun(110, OURS, CANCELLED)
                        .askedToCancel(110, NOW)
                        .plan();

        assertThat(plan.steps()).containsExactly(TRIGGER_BASE);
    }

    @Test
    void doesNotWithdrawForEver() {
        Plan plan =
                new Scene()
                        .clone(77, PR_50, true)
                        .sharing(101, BASE, RUNNING)
                        .ownRun(110, OURS, RUNNING)
                        .triggeredTimes(Planner.MAX_RUNS)
                        .plan();

        assertThat(plan.steps()).containsExactly(new Step.Watch(OWN));
    }

    /// Whether a plan does is not always known.
    @Test
    void learnsThatThePlatformRunsTheBaseJobsRunsSideBySide() {
        Scene both = new Scene().sharing(101, BASE, RUNNING).ownRun(110, BASE, RUNNING);
        assertThat(both.plan().next()).isEqualTo(new Step.Cancel(OWN));

        Scene withdrawn =
                new Scene()
                        .sharing(101, BASE, RUNNING)
                        .ownRun(110, BASE, CANCELLED)
                        .askedToCancel(110, NOW);
        assertThat(withdrawn.plan().next()).isEqualTo(new Step.AwaitCompletion(List.of(OTHER)));

        Scene earlier =
                new Scene()
                        .ownRun(110, BASE, SUCCESS)
                        .window(in(-60), in(-10))
                        .sharing(120, BASE, RUNNING)
                        .window(in(-20), null);
        assertThat(earlier.plan().next())
                .isEqualTo(new Step.AwaitCompletion(List.of(new RunId(120))));
    }

    @Test
    void aSuccessBesideTheOtherRunIsNone() {
        Scene scene =
                new Scene()
                        .ownRun(110, BASE, SUCCESS)
                        .window(in(-60), in(-10))
                        .sharing(101, THEIRS, SUCCESS)
                        .window(in(-100), in(-59));

        assertThat(scene.plan().reasons()).contains(new Reason.Conflict(OWN, OTHER));
        assertThat(scene.plan().next()).isEqualTo(TRIGGER_BASE);
        assertThat(scene.triggeredTimes(Planner.MAX_RUNS).plan().next())
                .isEqualTo(new Step.Finish(new Verdict.Conflicted(OWN, OTHER)));
    }

    @Test
    void aSuccessBeforeOrAfterTheOtherRunIsOne() {
        Plan plan =
                new Scene()
                        .ownRun(110, BASE, SUCCESS)
                        .window(in(-60), in(-10))
                        .sharing(101, THEIRS, SUCCESS)
                        .window(in(-100), in(-60))
                        .sharing(120, THEIRS, RUNNING)
                        .window(in(-10), null)
                        .plan();

        assertThat(plan.steps()).containsExactly(new Step.Finish(new Verdict.Succeeded(OWN)));
    }

    @Test
    void runsBesideTheOtherWhereThatIsAllowedAndSaysSo() {
        Scene scene = new Scene().allowingSharedSchema().sharing(101, BASE, RUNNING);

        assertThat(scene.plan().next()).isEqualTo(new Step.CreateClone());
        assertThat(scene.plan().reasons()).contains(SHARED);
    }

    @Test
    void aSuccessBesideTheOtherIsOneWhereThatIsAllowed() {
        Plan plan =
                new Scene()
                        .allowingSharedSchema()
                        .ownRun(110, BASE, SUCCESS)
                        .window(in(-60), in(-10))
                        .sharing(101, THEIRS, SUCCESS)
                        .building(build -> into(build, "cicd"))
                        .window(in(-100), in(-30))
                        .plan();

        assertThat(plan.steps()).containsExactly(new Step.Finish(new Verdict.Succeeded(OWN)));
    }

    @Test
    void neverCancelsTheOtherRun() {
        for (RunStatus status : RunStatus.values()) {
            Plan plan =
                    new Scene()
                            .clone(77, PR_50, true)
                            .ownRun(100, OURS, status)
                            .sharing(101, BASE, RUNNING)
                            .plan();

            assertThat(plan.steps()).doesNotContain(new Step.Cancel(OTHER));
        }
    }
}
