package io.github.dbtc4j.simulation.property;

import static io.github.dbtc4j.simulation.history.HandMade.BASE;
import static io.github.dbtc4j.simulation.history.HandMade.at;
import static io.github.dbtc4j.simulation.history.HandMade.cancelled;
import static io.github.dbtc4j.simulation.history.HandMade.success;
import static io.github.dbtc4j.simulation.history.HandMade.superseded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.simulation.history.HandMade;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Each rule on the smallest history that breaks it and on one that just does not.
class PropertyTest {

    private static final int SUCCESS = 10;
    private static final int CANCELLED = 30;
    private static final long CLONE = 9;

    @Test
    void aHistoryInWhichAllGoesWellBreaksNothing() {
        HandMade history =
                new HandMade().pipeline(1, 80, success(101)).run(101, BASE, 1, 10, 60, SUCCESS);

        assertThat(Property.all(history.look(70, 1).history())).isEmpty();
    }

    @Test
    void twoRunsOfAPullRequestDoNotExecuteAtOnce() {
        assertThat(twoRuns(14).broken(Property.S1)).containsExactly(Violation.UNEXPLAINED);
        assertThat(twoRuns(16).broken(Property.S1)).isEmpty();
    }

    /// The first one's run ends at second 20; the other executes five seconds after `created`.
    private static HandMade twoRuns(double created) {
        return new HandMade()
                .pipeline(1, 70, superseded(102))
                .pipeline(2, 70, success(102))
                .run(101, BASE, 1, 1, 20, CANCELLED)
                .run(102, CLONE, 2, created, 60, SUCCESS);
    }

    /// The second of two pull requests' runs, created at `created`.
    private static HandMade twoPullRequests(String schema, double created) {
        return new HandMade()
                .pipeline(1, 80, success(101))
                .pipeline(2, 51, true, true, 120, success(102))
                .schema("cicd")
                .run(101, BASE, 1, 10, 60, SUCCESS)
                .schema(schema)
                .run(102, CLONE, 2, created, 110, SUCCESS);
    }

    @Test
    void twoPullRequestsDoNotWriteIntoOneSchemaAtOnceAndNoSuchRunIsASuccess() {
        assertThat(twoPullRequests("CICD", 54).broken(Property.S12))
                .containsExactly(Violation.UNEXPLAINED);
        assertThat(twoPullRequests("CICD", 54).broken(Property.S8))
                .containsOnly(Violation.CONFLICT)
                .hasSize(2);
        assertThat(twoPullRequests("CICD", 55).broken(Property.S12)).isEmpty();
        assertThat(twoPullRequests("CICD", 55).broken(Property.S8)).isEmpty();
        assertThat(twoPullRequests("another", 54).broken(Property.S12)).isEmpty();
        assertThat(twoPullRequests("CICD", 54).broken(Property.S1)).isEmpty();
    }

    @Test
    void noRunWaitsNeedlesslyForOneInItsSchema() {
        assertThat(needlessWait("another")).isEqualTo(Duration.ofSeconds(1));
        assertThat(needlessWait("CICD")).isEqualTo(Duration.ZERO);
    }

    /// The second run is dequeued a second after it was created, behind the first.
    private static Duration needlessWait(String schema) {
        History history =
                new HandMade()
                        .pipeline(1, 80, success(101))
                        .pipeline(2, 51, true, true, 120, success(102))
                        .schema("cicd")
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .schema(schema)
                        .run(102, BASE, 2, 10, 110, SUCCESS)
                        .history();
        return Duration.ofMillis(Tally.of(history).needlessWait());
    }

    @Test
    void anOverlapThatNoPipelineCalledASuccessIsDetected() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, superseded(102))
                        .pipeline(2, 170, success(103))
                        .run(101, BASE, 1, 1, 30, CANCELLED)
                        .run(102, CLONE, 2, 10, 60, SUCCESS)
                        .run(103, CLONE, 2, 70, 120, SUCCESS);

        assertThat(history.broken(Property.S1)).containsExactly(OverlapCheck.DETECTED);
    }

    @Test
    void nothingIsTriggeredBesideANewerRunThatCouldBeSeen() {
        assertThat(lateTrigger(40).broken(Property.S2)).containsExactly(Violation.UNEXPLAINED);
        assertThat(lateTrigger(20).broken(Property.S2)).isEmpty();
    }

    /// The newer run can be seen from second 6 on.
    private static HandMade lateTrigger(double at) {
        return new HandMade()
                .pipeline(1, at + 10, superseded(102))
                .pipeline(2, 70, success(102))
                .run(102, BASE, 2, 1, 60, SUCCESS)
                .run(101, BASE, 1, at, at + 1, CANCELLED);
    }

    @Test
    void anOlderRunDoesNotGoOnBesideANewerOne() {
        assertThat(beside(58).broken(Property.S2)).containsExactly(Violation.UNEXPLAINED);
        assertThat(beside(50).broken(Property.S2)).isEmpty();
        assertThat(beside(58).paused(3, 1, 100).paused(3, 2, 100).broken(Property.S2))
                .containsExactly("paused");
    }

    private static HandMade beside(double end) {
        return new HandMade()
                .pipeline(1, 200, superseded(102))
                .pipeline(2, 200, success(102))
                .run(101, BASE, 1, 1, end, CANCELLED)
                .run(102, BASE, 2, 3, 180, SUCCESS);
    }

    @Test
    void onlyTheOwnPullRequestsRunsOnLanesAreCancelled() {
        HandMade neighbours =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .pipeline(2, 51, true, true, 70, success(102))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .run(102, CLONE, 2, 1, 60, SUCCESS)
                        .foreignRun(103, 4, 1, 60)
                        .foreignRun(104, BASE, 1, 60);

        assertThat(neighbours.cancel(10, 1, 101).broken(Property.S3)).isEmpty();
        assertThat(neighbours.cancel(11, 1, 102).broken(Property.S3)).hasSize(1);
        assertThat(neighbours.cancel(12, 1, 103).broken(Property.S3)).hasSize(2);
        assertThat(neighbours.cancel(13, 1, 104).broken(Property.S3))
                .containsExactly("no lane", "another job's", "another pull request's");
    }

    @Test
    void aNewerCommitsRunIsNotCancelled() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, superseded(102))
                        .pipeline(2, 70, success(102))
                        .run(101, BASE, 1, 1, 20, CANCELLED)
                        .run(102, BASE, 2, 3, 60, SUCCESS);

        assertThat(history.cancel(10, 2, 101).broken(Property.S4)).isEmpty();
        assertThat(history.cancel(10, 1, 102).broken(Property.S4))
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void whoWasNotToldTheOrderCannotKnowWhatIsNewer() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 50, false, true, 70, superseded(102))
                        .pipeline(2, 70, success(102))
                        .run(102, BASE, 2, 3, 60, CANCELLED)
                        .cancel(10, 1, 102);

        assertThat(history.broken(Property.S4)).containsExactly(Violation.NO_SEQUENCE);
    }

    @Test
    void aPipelineHasOneCompleteExecution() {
        HandMade twins =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .pipeline(1, 170, success(102))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .run(102, BASE, 2, 70, 160, SUCCESS);

        assertThat(twins.broken(Property.S5)).containsExactly(Violation.UNEXPLAINED);
        assertThat(twins.run(103, CLONE, 2, 40, 65, CANCELLED).broken(Property.S5))
                .as("the first one was disturbed")
                .isEmpty();
    }

    @Test
    void aCloneIsTriggeredWithinTheCapOnly() {
        assertThat(beside(1, 30, CLONE).broken(Property.S13))
                .containsExactly(Violation.UNEXPLAINED);
        assertThat(beside(0, 30, CLONE).broken(Property.S13))
                .containsExactly(Violation.UNEXPLAINED);
        assertThat(beside(2, 30, CLONE).broken(Property.S13)).isEmpty();
        assertThat(beside(1, 15, CLONE).broken(Property.S13)).as("the other has ended").isEmpty();
        assertThat(beside(1, 30, BASE).broken(Property.S13)).as("it queues").isEmpty();
        assertThat(beside(2, 30, CLONE).foreignRun(103, BASE, 2, 40).broken(Property.S13))
                .as("two runs keep one lane busy")
                .isEmpty();
        assertThat(beside(null, 30, CLONE).broken(Property.S13)).as("no cap").isEmpty();
    }

    /// A run that is triggered on `lane` at 20, beside another person's from 1 to `ended`.
    private static HandMade beside(@Nullable Integer cap, double ended, long lane) {
        return new HandMade()
                .options(Options.defaults().maxRunSlots(cap))
                .pipeline(1, 90, success(101))
                .create(1, 1, CLONE, BASE)
                .foreignRun(102, BASE, 1, ended)
                .look(12, 1)
                .run(101, lane, 1, 20, 80, SUCCESS);
    }

    @Test
    void whoGivesUpAsksForTheEndOfItsRun() {
        var signalled = new InvocationRecord.Signalled(at(50));
        HandMade left = new HandMade().pipeline(1, 53, signalled).run(101, BASE, 1, 1, 90, SUCCESS);

        assertThat(left.broken(Property.L7)).containsExactly(Violation.UNEXPLAINED);
        assertThat(left.cancel(51, 1, 101).broken(Property.L7)).isEmpty();
        assertThat(
                        new HandMade()
                                .pipeline(1, 53, signalled)
                                .run(101, BASE, 1, 1, 49, SUCCESS)
                                .broken(Property.L7))
                .as("it had ended")
                .isEmpty();
        assertThat(
                        new HandMade()
                                .pipeline(1, 53, signalled)
                                .run(101, BASE, 1, 52.8, 90, SUCCESS)
                                .broken(Property.L7))
                .as("the answer to the trigger came too late")
                .containsExactly(Violation.NO_TIME);
        assertThat(
                        new HandMade()
                                .pipeline(
                                        1,
                                        53,
                                        new InvocationRecord.Ended(
                                                new Verdict.DeadlinePassed(new RunId(101))))
                                .run(101, BASE, 1, 1, 90, SUCCESS)
                                .broken(Property.L7))
                .as("at its deadline")
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void anotherProjectsPipelineTouchesNothingOfOurs() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 90, success(101))
                        .create(1, 1, CLONE, BASE)
                        .run(101, CLONE, 1, 2, 60, SUCCESS)
                        .theirs(1, 90, success(102));

        assertThat(history.broken(Property.S3)).isEmpty();
        assertThat(history.broken(Property.S6)).isEmpty();
        assertThat(history.cancel(30, 2, 101).broken(Property.S3))
                .containsExactly(ProjectCheck.OTHER_PROJECT);
        assertThat(history.delete(70, 2, CLONE).broken(Property.S6))
                .containsExactly(ProjectCheck.OTHER_PROJECT);
    }

    @Test
    void anExcuseHoldsForFewScenariosOnly() {
        Tally tally = Tally.of(new HandMade().pipeline(1, 90, failed()).history());
        assertThat(tally.count(Property.L1, Violation.THREW)).isZero();

        Tally excused =
                Tally.of(
                        new HandMade()
                                .pipeline(1, 90, failed())
                                .sent(1, 1, "GET", "/runs/", null)
                                .answered(2, 503)
                                .history());
        assertThat(excused.count(Property.L1, Violation.THREW)).isOne();
        assertThat(AcceptanceLimits.breaches(List.of(excused))).as("one").isEmpty();
        Tally many = excused;
        for (int i = 0; i < 9; i++) {
            many = many.plus(excused);
        }
        assertThat(AcceptanceLimits.breaches(List.of(many)))
                .as("ten of ten")
                .singleElement()
                .asString()
                .contains("L1", "excused as “failed” in 10 of 10 scenarios, more than 3.0 %");
    }

    private static InvocationRecord.Ending failed() {
        return new InvocationRecord.Threw("Unavailable", "503");
    }

    @Test
    void aRunThatAListShowedIsKnownThoughItsLaneIsGone() {
        HandMade history =
                new HandMade()
                        .hiding()
                        .pipeline(1, 90, success(101))
                        .pipeline(2, 30, cancelled(102))
                        .create(1, 2, CLONE, BASE)
                        .run(102, CLONE, 2, 2, 28, CANCELLED)
                        .delete(27, 2, CLONE)
                        .run(101, BASE, 1, 50, 80, SUCCESS);

        assertThat(history.broken(Property.S2)).containsExactly(Violation.LANE_GONE);
        assertThat(history.look(10, 1).broken(Property.S2))
                .as("it was in a list before")
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void onlyMarkedClonesAreDeletedThatNothingRunsOn() {
        assertThat(deleting(BASE, 60, 70, 71).broken(Property.S6)).isEmpty();
        assertThat(deleting(2, 60, 70, 71).broken(Property.S6)).contains("not marked any more");
        assertThat(deleting(BASE, 90, 70, 71).broken(Property.S6)).containsExactly("in use");
        assertThat(deleting(BASE, 60, 70, 75).broken(Property.S6)).isEmpty();
        assertThat(deleting(BASE, 60, 70, 75.2).broken(Property.S6)).containsExactly("stale look");
        assertThat(deleting(BASE, 60, 70, 84.2).look(84, 1).broken(Property.S6))
                .as("the job was read longer ago than its runs")
                .containsExactly("stale look");
        assertThat(deleting(BASE, 60, 70, 71).schedule(61, CLONE).broken(Property.S6))
                .containsExactly("has a trigger");
        assertThat(deleting(BASE, 60, 70, 71).schedule(69.5, CLONE).broken(Property.S6))
                .containsExactly(Violation.RACED);
    }

    private static HandMade deleting(long base, double runEnds, double look, double delete) {
        return new HandMade()
                .pipeline(1, 80, success(101))
                .create(1, 1, CLONE, base)
                .run(101, CLONE, 1, 10, runEnds, SUCCESS)
                .read(look - 1, 1, CLONE)
                .look(look, 1)
                .delete(delete, 1, CLONE);
    }

    @Test
    void aRunThatComesBetweenTheLookAndTheDeleteIsARace() {
        HandMade history =
                deleting(BASE, 60, 70, 71)
                        .pipeline(2, 50, true, true, 90, success(102))
                        .run(102, CLONE, 2, 68, 71.1, CANCELLED);

        assertThat(history.broken(Property.S6)).containsExactly(Violation.RACED);
    }

    @Test
    void othersClonesAreDeletedOnlyWhenTheyWereIdleForLong() {
        assertThat(reaping(500).broken(Property.S6)).containsExactly("not idle for long");
        assertThat(reaping(970).broken(Property.S6)).isEmpty();
    }

    private static HandMade reaping(double at) {
        return new HandMade()
                .pipeline(1, 70, success(101))
                .pipeline(2, 51, true, true, at + 10, success(102))
                .create(1, 1, CLONE, BASE)
                .run(101, CLONE, 1, 10, 60, SUCCESS)
                .read(at - 2, 2, CLONE)
                .look(at - 1, 2)
                .delete(at, 2, CLONE);
    }

    @Test
    void nothingButTriggersIsWrittenToTheBaseJob() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .create(2, 1, CLONE, BASE);

        assertThat(history.broken(Property.S7)).isEmpty();
        assertThat(history.sent(5, 1, "POST", "/jobs/1/", "{}").broken(Property.S7))
                .containsExactly("base job written");
    }

    @Test
    void everyTriggerCarriesThePayload() {
        HandMade history =
                new HandMade().pipeline(1, 70, success(101)).run(101, BASE, 1, 1, 60, SUCCESS);

        assertThat(history.broken(Property.S7)).isEmpty();
        assertThat(
                        history.sent(
                                        5,
                                        1,
                                        "POST",
                                        "/jobs/1/run/",
                                        "{\"cause\":\"Autoscaling CI\",\"git_sha\":\"f\"}")
                                .broken(Property.S7))
                .containsExactly(LikenessCheck.PAYLOAD);
    }

    @Test
    void aCloneIsAsTheBaseJobWasAndHasItsVariables() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .create(1, 1, CLONE, BASE)
                        .run(101, CLONE, 1, 10, 60, SUCCESS);

        assertThat(history.broken(Property.S7)).isEmpty();
        assertThat(history.overrides(Map.of("DBT_A", "b")).broken(Property.S7))
                .containsExactly(LikenessCheck.VARIABLES);
        assertThat(
                        history.overrides(Map.of())
                                .defined(Map.of("execute_steps", List.of("dbt test")))
                                .broken(Property.S7))
                .containsExactly(LikenessCheck.DEFINITION);
    }

    @Test
    void successIsOfWhatWasCheckedOut() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .checkingOut("head")
                        .run(101, BASE, 1, 1, 60, SUCCESS);

        assertThat(history.broken(Property.S8)).containsExactly("another commit was checked out");
    }

    @Test
    void successIsOfTheOwnCommitAndOfASuccessfulRun() {
        HandMade other =
                new HandMade()
                        .pipeline(1, 70, success(102))
                        .pipeline(2, 70, success(102))
                        .run(102, BASE, 2, 1, 60, SUCCESS);
        HandMade failed = new HandMade().pipeline(1, 70, success(101)).run(101, BASE, 1, 1, 60, 20);

        assertThat(other.broken(Property.S8)).containsExactly("another commit");
        assertThat(failed.broken(Property.S8)).containsExactly("no success");
    }

    @Test
    void successMeansThatNoOtherRunWroteOrIsGoingTo() {
        assertThat(twoRuns(14).broken(Property.S8)).containsExactly(Violation.CONFLICT);
        assertThat(twoRuns(16).broken(Property.S8)).isEmpty();
        assertThat(olderAtTheEnd(60).broken(Property.S8)).containsExactly("an older run goes on");
        assertThat(olderAtTheEnd(66).broken(Property.S8)).isEmpty();
    }

    /// The last look of the newer one is at second 68.
    private static HandMade olderAtTheEnd(double created) {
        return new HandMade()
                .pipeline(1, 90, superseded(102))
                .pipeline(2, 70, success(102))
                .run(102, BASE, 2, 1, 58, SUCCESS)
                .run(101, BASE, 1, created, 80, CANCELLED)
                .look(68, 2);
    }

    @Test
    void oneRunSurvivesOfEachNonce() {
        assertThat(sameNonce(SUCCESS).broken(Property.S9)).containsExactly(Violation.UNEXPLAINED);
        assertThat(sameNonce(CANCELLED).broken(Property.S9)).isEmpty();
    }

    private static HandMade sameNonce(int status) {
        String nonce = "%016x".formatted(7);
        return new HandMade()
                .pipeline(1, 70, success(101))
                .run(101, BASE, 1, 1, 60, SUCCESS, nonce)
                .run(102, BASE, 1, 2, 61, status, nonce);
    }

    @Test
    void noTokenLeaks() {
        HandMade history = new HandMade().pipeline(1, 70, success(101));

        assertThat(history.sent(1, 1, "GET", "/runs/?a=b", "{}").broken(Property.S10)).isEmpty();
        assertThat(
                        history.sent(1, 1, "GET", "/runs/?t=" + HandMade.TOKEN, null)
                                .broken(Property.S10))
                .containsExactly("path");
        assertThat(history.told(1, 1, new Event.OddGitSha(HandMade.TOKEN)).broken(Property.S10))
                .containsExactlyInAnyOrder("path", "event");
    }

    @Test
    void anInvocationHasFewRunsAndSendsFewRequestsAMinute() {
        HandMade history = new HandMade().pipeline(1, 900, success(101));
        for (int i = 0; i < 5; i++) {
            history.run(101 + i, BASE, 1, 100 * i, 100 * i + 50, CANCELLED);
        }
        assertThat(history.broken(Property.S11)).isEmpty();
        assertThat(history.run(106, BASE, 1, 600, 650, CANCELLED).broken(Property.S11))
                .containsExactly("runs");

        HandMade busy = new HandMade().pipeline(1, 900, success(101));
        for (int i = 0; i < 80; i++) {
            busy.look(i * 0.5, 1);
        }
        assertThat(busy.broken(Property.S11)).isEmpty();
        assertThat(busy.look(50, 1).broken(Property.S11)).containsExactly("calls");
    }

    @Test
    void theNewestPipelineGetsItsVerdict() {
        HandMade byUs =
                new HandMade()
                        .pipeline(1, 70, cancelled(101))
                        .run(101, BASE, 1, 1, 60, CANCELLED)
                        .cancel(50, 1, 101);
        HandMade byAUser =
                new HandMade()
                        .pipeline(1, 70, cancelled(101))
                        .run(101, BASE, 1, 1, 60, CANCELLED)
                        .cancelled(50, null, 101, Actor.USER);

        assertThat(byUs.broken(Property.L1)).containsExactly("cancelled by us");
        assertThat(byAUser.broken(Property.L1)).isEmpty();
    }

    /// A pipeline took run 101 for its own.
    private static HandMade tookForgedRun(long job, Map<String, Object> lie) {
        return new HandMade().pipeline(1, 70, success(101)).forged(101, job, 1, 1, lie);
    }

    @Test
    void aVerdictIsTakenFromAForgedRunOnlyWhereThatBuiltTheSame() {
        assertThat(tookForgedRun(BASE, Map.of()).broken(Property.S8)).isEmpty();

        assertThat(tookForgedRun(9, Map.of()).broken(Property.S8)).contains(ForgeryCheck.FORGED);
        for (String field : List.of("steps_override", "git_branch", "schema_override", "git_sha")) {
            assertThat(tookForgedRun(BASE, Map.of(field, "elsewhere")).broken(Property.S8))
                    .as(field)
                    .contains(ForgeryCheck.FORGED);
        }
    }

    @Test
    void aForgedRunThatWritesIntoTheSchemaDisturbs() {
        HandMade history =
                new HandMade().pipeline(1, 70, success(102)).run(102, BASE, 1, 1, 60, SUCCESS);
        assertThat(history.broken(Property.S8)).isEmpty();

        history.forged(103, 9, 1, 20, Map.of("schema_override", "elsewhere"));
        assertThat(history.broken(Property.S8)).isEmpty();

        history.forged(104, 9, 1, 20, Map.of());
        assertThat(history.broken(Property.S8)).containsExactly(Violation.CONFLICT);
    }

    @Test
    void aPipelineGivesWayToAForgedRunOnlyWhereNothingTellsItFromANewerCommits() {
        assertThat(gaveWayToForgedRun(BASE, Map.of()).broken(Property.L1)).isEmpty();

        assertThat(gaveWayToForgedRun(9, Map.of()).broken(Property.L1))
                .containsExactly(ForgeryCheck.FORGED);
        assertThat(gaveWayToForgedRun(BASE, Map.of("git_sha", "f".repeat(40))).broken(Property.L1))
                .containsExactly(ForgeryCheck.FORGED);
        assertThat(gaveWayToForgedRun(BASE, Map.of("schema_override", "x")).broken(Property.L1))
                .containsExactly(ForgeryCheck.FORGED);
    }

    private static HandMade gaveWayToForgedRun(long job, Map<String, Object> lie) {
        return new HandMade().pipeline(1, 70, superseded(101)).forged(101, job, 1, 1, lie);
    }

    @Test
    void aForgedRunWhoseClaimLiesIsNotCancelled() {
        HandMade history = new HandMade().pipeline(1, 70, success(102));
        history.run(102, BASE, 1, 20, 60, SUCCESS).forged(101, BASE, 1, 1, Map.of());
        assertThat(history.cancelled(5, 1, 101, Actor.USER).broken(Property.S3)).isEmpty();

        HandMade lying = new HandMade().pipeline(1, 70, success(102));
        lying.run(102, BASE, 1, 20, 60, SUCCESS)
                .forged(101, BASE, 1, 1, Map.of("git_sha", "f".repeat(40)));
        assertThat(lying.cancelled(5, 1, 101, Actor.USER).broken(Property.S3))
                .containsExactly(ForgeryCheck.FORGED);
    }

    @Test
    void theNewestPipelineIsSupersededByANewerRunOnly() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, superseded(102))
                        .pipeline(2, 70, superseded(101))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .run(102, BASE, 2, 1, 60, SUCCESS);

        assertThat(history.broken(Property.L1)).containsExactly("superseded by an older one");
    }

    @Test
    void aPipelineFailsOnlyWhereThePlatformDoes() {
        var threw = new InvocationRecord.Threw("Unavailable", "no answer");
        HandMade history = new HandMade().pipeline(1, 70, threw).look(10, 1);

        assertThat(history.broken(Property.L1)).containsExactly("failed for no reason");
        assertThat(history.sent(60, 1, "GET", "/runs/", null).answered(61, 503).broken(Property.L1))
                .containsExactly(Violation.THREW);
    }

    @Test
    void aSupersededPipelineEndsSoon() {
        // the newer run can be seen from second 8 on
        assertThat(superseding(60).broken(Property.L2)).isEmpty();
        assertThat(superseding(64).broken(Property.L2)).containsExactly(Violation.UNEXPLAINED);
        assertThat(superseding(64).paused(20, 1, 30).broken(Property.L2)).isEmpty();
    }

    private static HandMade superseding(double ended) {
        return new HandMade()
                .pipeline(1, ended, superseded(102))
                .pipeline(2, 70, success(102))
                .run(101, BASE, 1, 1, 20, CANCELLED)
                .run(102, BASE, 2, 3, 60, SUCCESS);
    }

    @Test
    void noCloneIsLeft() {
        HandMade left = new HandMade().pipeline(1, 70, success(101)).create(1, 1, CLONE, BASE);
        HandMade last =
                new HandMade()
                        .options(Options.defaults().cleanup(Cleanup.IDLE))
                        .epilogue(0)
                        .pipeline(1, 70, success(101))
                        .create(1, 1, CLONE, BASE);

        assertThat(left.broken(Property.L3)).containsExactly(Violation.UNEXPLAINED);
        assertThat(last.broken(Property.L3)).as("the next one's to delete").isEmpty();
        assertThat(deleting(BASE, 60, 70, 71).broken(Property.L3)).isEmpty();
    }

    @Test
    void noPipelineGoesOnForEver() {
        HandMade going = new HandMade().pipeline(1, 70, new InvocationRecord.StillGoing());
        var passed = new InvocationRecord.Ended(new Verdict.DeadlinePassed(new RunId(101)));
        HandMade late =
                new HandMade()
                        .options(Options.defaults().timeout(Duration.ofSeconds(100)))
                        .pipeline(1, 170, passed);
        HandMade prompt =
                new HandMade()
                        .options(Options.defaults().timeout(Duration.ofSeconds(100)))
                        .pipeline(1, 150, passed);

        assertThat(going.broken(Property.L4)).containsExactly(Violation.UNEXPLAINED);
        assertThat(late.broken(Property.L4)).containsExactly("after its deadline");
        assertThat(prompt.broken(Property.L4)).isEmpty();
        assertThat(prompt.broken(Property.L1)).isEmpty();
    }

    @Test
    void runsOfAPullRequestAreBounded() {
        HandMade history = new HandMade().pipeline(1, 900, success(101));
        for (int i = 0; i < 5; i++) {
            history.run(101 + i, BASE, 1, 100 * i, 100 * i + 50, CANCELLED);
        }
        assertThat(history.broken(Property.L5)).isEmpty();
        assertThat(history.run(106, BASE, 1, 600, 650, CANCELLED).broken(Property.L5)).hasSize(1);
    }

    @Test
    void aRateLimitIsSatOutInSilence() {
        HandMade limited =
                new HandMade()
                        .pipeline(1, 900, success(101))
                        .sent(1, 1, "GET", "/runs/", null)
                        .answered(2, 429);

        assertThat(limited.look(303, 1).broken(Property.L6)).isEmpty();
        assertThat(limited.look(250, 1).broken(Property.L6)).containsExactly(Violation.UNEXPLAINED);
    }
}
