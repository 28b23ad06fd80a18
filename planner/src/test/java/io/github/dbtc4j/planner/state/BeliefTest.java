package io.github.dbtc4j.planner.state;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.FULL_SHA;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.Scene.SCHEMA;
import static io.github.dbtc4j.planner.Scene.SHA;
import static io.github.dbtc4j.planner.Scene.in;
import static io.github.dbtc4j.planner.Scene.into;
import static io.github.dbtc4j.planner.Scene.ofCommit;
import static io.github.dbtc4j.planner.Scene.overriding;
import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.RUNNING;
import static io.github.dbtc4j.planner.state.RunStatus.SUCCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Scene;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Everyone who may trigger a job can write any claim: a forged one makes nothing green and moves
/// no run out of the way.
class BeliefTest {

    private static final JobId CLONE = new JobId(77);
    private static final JobId PRODUCTION = new JobId(9);
    private static final Sequence PLACE = new Sequence("-", 5, 1);
    private static final Sequence NEXT = new Sequence("-", 6, 1);
    private static final String OTHER_SHA = "ffffffffffff";
    private static final Step TRIGGER = new Step.Trigger(new Lane.Base(BASE));

    /// A run of the own place in the order and commit that has ended well.
    private static Scene duplicate(JobId job) {
        return new Scene().sequence(PLACE).claimed(101, job, SUCCESS, PLACE, SHA);
    }

    static List<UnaryOperator<Build>> otherBuilds() {
        return List.of(
                build -> overriding(build, "steps_override", "[\"dbt --version\"]"),
                build -> overriding(build, "dbt_version_override", "\"1.0.0\""),
                build -> overriding(build, "target_name_override", "\"prod\""),
                build -> overriding(build, "threads_override", "1"),
                build -> overriding(build, "timeout_seconds_override", "1"),
                build -> overriding(build, "generate_docs_override", "true"),
                build -> overriding(build, "gitlab_merge_request_id", "50"),
                build -> new Build(1, FULL_SHA, "elsewhere", SCHEMA, Map.of()),
                build -> new Build(2, FULL_SHA, null, SCHEMA, Map.of()),
                build -> into(build, "elsewhere"),
                build -> into(build, null),
                build -> ofCommit(build, SHA),
                build -> ofCommit(build, null),
                build -> ofCommit(build, "f".repeat(40)));
    }

    @Test
    void attachesToDuplicateOfEqualBuild() {
        var mirrored = new Step.Finish(new Verdict.Succeeded(new RunId(101)));

        assertThat(duplicate(BASE).plan().steps()).containsExactly(mirrored);
        assertThat(duplicate(CLONE).plan().steps()).containsExactly(mirrored);
    }

    @ParameterizedTest
    @MethodSource("otherBuilds")
    void whatBuiltAnythingElseIsNotMirrored(UnaryOperator<Build> other) {
        assertThat(duplicate(BASE).building(other).plan().steps()).containsExactly(TRIGGER);
        assertThat(duplicate(CLONE).building(other).plan().steps()).containsExactly(TRIGGER);
    }

    @ParameterizedTest
    @MethodSource("otherBuilds")
    void aLaterAttemptThatBuiltAnythingElseIsNotMirrored(UnaryOperator<Build> other) {
        Scene scene =
                new Scene()
                        .sequence(PLACE)
                        .claimed(101, BASE, SUCCESS, new Sequence("-", 5, 2), SHA)
                        .building(other);

        assertThat(scene.plan().steps())
                .doesNotContain(new Step.Finish(new Verdict.Succeeded(new RunId(101))));
    }

    @Test
    void whatCheckedOutAnotherCommitIsNotMirrored() {
        assertThat(duplicate(BASE).checkedOut(FULL_SHA.toUpperCase(Locale.ROOT)).plan().next())
                .isInstanceOf(Step.Finish.class);
        assertThat(duplicate(BASE).checkedOut("f".repeat(40)).plan().steps())
                .containsExactly(TRIGGER);
    }

    @Test
    void doesNotAttachToRunOfUnrelatedJob() {
        assertThat(duplicate(PRODUCTION).marked(null).plan().steps()).containsExactly(TRIGGER);
        assertThat(duplicate(CLONE).marked(new JobId(8)).plan().steps()).containsExactly(TRIGGER);
        assertThat(duplicate(CLONE).marked(null).clone(77, PR_50, true).plan().next())
                .as("a clone that is listed")
                .isInstanceOf(Step.Finish.class);
    }

    @Test
    void doesNotAttachToRunOfAnotherPullRequest() {
        assertThat(duplicate(BASE).of(PR_51).plan().steps()).containsExactly(TRIGGER);
        assertThat(duplicate(BASE).of(null).plan().steps()).containsExactly(TRIGGER);
    }

    private static Scene newer(UnaryOperator<Build> other) {
        return new Scene()
                .sequence(PLACE)
                .ownRun(100, BASE, RUNNING)
                .claimed(101, BASE, QUEUED, NEXT, OTHER_SHA)
                .building(other);
    }

    @Test
    void aNewerCommitsRunCountsWhereItsClaimHoldsAndItsSchemaIsTheOwn() {
        assertThat(newer(build -> build).plan().steps())
                .endsWith(new Step.Finish(new Verdict.Superseded(new RunId(100), new RunId(101))));

        for (UnaryOperator<Build> lie :
                List.<UnaryOperator<Build>>of(
                        build -> ofCommit(build, FULL_SHA),
                        build -> ofCommit(build, null),
                        build -> into(build, "elsewhere"),
                        build -> into(build, null))) {
            assertThat(newer(lie).plan().steps()).containsExactly(new Step.Watch(new RunId(100)));
        }
    }

    @Test
    void aRunWithoutAClaimIsNewerOnlyInTheOwnSchema() {
        Scene scene = new Scene().ownRun(100, BASE, RUNNING).run(101, BASE, QUEUED, PR_50);
        assertThat(scene.plan().steps())
                .endsWith(new Step.Finish(new Verdict.Superseded(new RunId(100), new RunId(101))));

        assertThat(scene.building(build -> into(build, "elsewhere")).plan().steps())
                .containsExactly(new Step.Watch(new RunId(100)));
    }

    @Test
    void whatLiesIsAnothersRunAndNotCancelled() {
        Scene scene =
                new Scene()
                        .sequence(NEXT)
                        .claimed(101, BASE, RUNNING, PLACE, OTHER_SHA)
                        .building(build -> ofCommit(build, FULL_SHA));

        assertThat(scene.plan().steps())
                .containsExactly(new Step.CreateClone(), new Step.Trigger(new Lane.NewClone()));
        assertThat(scene.snapshot().inProgressOf(PR_50)).hasSize(1);
        assertThat(
                        new CiRequest(PR_50, PLACE, OTHER_SHA)
                                .triggered(scene.snapshot().runs().getFirst()))
                .isFalse();
    }

    @Test
    void ignoresClaimOfRunOnNoLane() {
        Scene scene = new Scene().claimed(101, PRODUCTION, RUNNING, PLACE, SHA).marked(null);

        assertThat(scene.snapshot().inProgressOf(PR_50)).isEmpty();
        assertThat(scene.marked(BASE).snapshot().inProgressOf(PR_50)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("otherBuilds")
    void theOwnNonceUnderAnotherBuildIsNotTheOwnRun(UnaryOperator<Build> other) {
        Scene scene =
                new Scene()
                        .sequence(PLACE)
                        .lost(new UnconfirmedWrite.Trigger(BASE, NOW))
                        .ownDuplicate(101, BASE, SUCCESS);
        assertThat(scene.snapshot().runWithOwnNonce(scene.request())).isPresent();

        scene.building(other);
        assertThat(scene.snapshot().runWithOwnNonce(scene.request())).isEmpty();
        assertThat(scene.planAt(in(200)).steps()).containsExactly(TRIGGER);
    }

    @Test
    void whetherALyingRunDisturbsIsDecidedByItsSchema() {
        Scene scene =
                new Scene()
                        .sequence(PLACE)
                        .ownRun(100, BASE, SUCCESS)
                        .claimed(101, BASE, SUCCESS, PLACE, SHA)
                        .building(build -> overriding(build, "steps_override", "[]"));
        assertThat(scene.plan().reasons())
                .contains(new Reason.Conflict(new RunId(100), new RunId(101)));

        scene.building(build -> into(build, null));
        assertThat(scene.plan().reasons()).as("it may be the job's own").isNotEmpty();

        scene.building(build -> into(build, "elsewhere"));
        assertThat(scene.plan().steps())
                .containsExactly(new Step.Finish(new Verdict.Succeeded(new RunId(100))));
    }

    @ParameterizedTest
    @ValueSource(strings = {SCHEMA, "DBT_CLOUD_PR_50"})
    void anyRunOfTheProjectDisturbsThatNamesTheSchema(String schema) {
        Scene scene =
                new Scene()
                        .ownRun(100, BASE, SUCCESS)
                        .run(101, PRODUCTION, SUCCESS, null)
                        .building(build -> into(build, schema));
        assertThat(scene.plan().reasons())
                .contains(new Reason.Conflict(new RunId(100), new RunId(101)));

        scene.building(build -> new Build(2, null, null, schema, Map.of()));
        assertThat(scene.plan().next())
                .as("of another project")
                .isEqualTo(new Step.Finish(new Verdict.Succeeded(new RunId(100))));
    }

    /// With a claim of its own it was taken for a pipeline that was told to write there.
    @Test
    void anotherPullRequestsRunDisturbsInTheSchemaThatBearsOurNumber() {
        Scene scene =
                new Scene()
                        .sequence(PLACE)
                        .ownRun(100, BASE, SUCCESS)
                        .claimed(101, BASE, SUCCESS, PLACE, SHA)
                        .building(build -> into(build, SCHEMA))
                        .claimedFor(Scene.PR_51);

        assertThat(scene.plan().reasons())
                .contains(new Reason.Conflict(new RunId(100), new RunId(101)));
    }

    @Test
    void aSequenceThatNoSystemCountsToIsNoClaim() {
        String text = "dbtc4j/1 b=1 r=- p=- k=%s.1 s=- n=00000000000000aa";

        assertThat(Claim.parse(text.formatted(Sequence.GREATEST))).isPresent();
        assertThat(Claim.parse(text.formatted(Sequence.GREATEST + 1))).isEmpty();
        assertThat(Claim.parse(text.replace("%s.1", "1.%s").formatted(Sequence.GREATEST + 1)))
                .isEmpty();
        assertThat(Sequence.parse("" + Sequence.GREATEST)).isPresent();
        assertThat(Sequence.parse("1." + (Sequence.GREATEST + 1))).isEmpty();
    }
}
