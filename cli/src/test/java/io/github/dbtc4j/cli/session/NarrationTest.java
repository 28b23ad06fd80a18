package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.Abandonment;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.client.Wait;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.report.Placement;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class NarrationTest {

    private static final JobId BASE = new JobId(73797);
    private static final Plan QUEUE =
            new Plan(
                    List.of(new Step.Trigger(new Lane.Base(BASE))),
                    List.of(
                            new Reason.BaseBusy(BASE, new RunId(101), null),
                            new Reason.SlotsExhausted(5, 5)));

    private final Prompt prompt = new Prompt(Map.of());
    private final ProgressPrinter narration = new ProgressPrinter(prompt.stderr(), () -> false);

    @Test
    void tellsADecisionOnceHoweverOftenItIsMade() {
        narration.onEvent(new Event.Decided(QUEUE));
        narration.onEvent(new Event.Decided(QUEUE));

        assertThat(prompt.err())
                .isEqualTo(
                        "Job 73797 is busy with run 101; 5 of 5 run slots in use: triggering job"
                                + " 73797, where the run queues.\n");
    }

    @Test
    void tellsOnlyWhatIsNewInALaterDecision() {
        narration.onEvent(new Event.Decided(QUEUE));
        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.Cancel(new RunId(110)), new Step.CreateClone()),
                                List.of(
                                        new Reason.BaseBusy(BASE, new RunId(101), null),
                                        new Reason.SlotsFree(4, 5)))));

        assertThat(prompt.err().lines().toList().getLast())
                .isEqualTo("4 of 5 run slots in use: cancelling run 110, then cloning the job.");
    }

    @Test
    void reportsRunStatusWhenStopped() {
        assertThat(SignalHandler.told(narration)).isEqualTo("Stopping.");
        progress(run(3, List.of()), 10);
        assertThat(SignalHandler.told(narration)).isEqualTo("Stopping.");
        progress(run(10, List.of()), 20);
        assertThat(SignalHandler.told(narration))
                .isEqualTo("Stopping; run 110 had ended in status Success. https://x/110/");
    }

    @Test
    void tellsWhatCameOfTheRunThatWasToBeCancelled() {
        assertThat(SignalHandler.cameOf(Abandonment.NO_RUN, narration))
                .hasValue("No run was triggered.");
        assertThat(SignalHandler.cameOf(Abandonment.NO_ANSWER, narration))
                .hasValueSatisfying(text ->
                        assertThat(text)
                                .startsWith("No response to the trigger yet. It may still start"));
        assertThat(SignalHandler.cameOf(Abandonment.CANCEL_REQUESTED, narration)).isEmpty();
        progress(run(3, List.of()), 10);
        assertThat(SignalHandler.cameOf(Abandonment.NO_RUN, narration))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("Run 110 may still be in progress;"));
        progress(run(10, List.of()), 20);
        assertThat(SignalHandler.cameOf(Abandonment.NO_RUN, narration)).isEmpty();
    }

    @Test
    void claimsOfNoRunThatItWasNotTriggeredWhereThatIsUnknown() {
        assertThat(SignalHandler.left(narration))
                .hasValueSatisfying(text -> assertThat(text).startsWith("No run is known;"));
        progress(run(3, List.of()), 10);
        assertThat(SignalHandler.left(narration))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("Run 110 may still be in progress;"));
        progress(run(10, List.of()), 20);
        assertThat(SignalHandler.left(narration)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("whatFollowsARunOfTheSameCommit")
    void tellsThatNothingIsTriggeredForACommitThatHasItsRun(Step next) {
        var plan = new Plan(List.of(next), List.of(new Reason.SameCommit(new RunId(110))));

        narration.onEvent(new Event.Decided(plan));
        narration.onEvent(new Event.Decided(plan));

        assertThat(prompt.err()).isEqualTo("Run 110 builds the same commit: triggering nothing.\n");
    }

    static List<Step> whatFollowsARunOfTheSameCommit() {
        var run = new RunId(110);
        return List.of(
                new Step.Watch(run),
                new Step.VerifySuccess(run),
                new Step.Finish(new Verdict.Succeeded(run)),
                new Step.Finish(new Verdict.Failed(run)),
                new Step.Finish(new Verdict.Triggered(run)));
    }

    @Test
    void callsTheSameCommitNoOlderOne() {
        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.Cancel(new RunId(110))),
                                List.of(new Reason.StaleRun(new RunId(110), BASE, true)))));

        assertThat(prompt.err())
                .isEqualTo(
                        "Run 110 of this pull request is an earlier attempt at the same commit:"
                                + " cancelling run 110.\n");
    }

    @Test
    void countsOneRunAsOne() {
        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.Trigger(new Lane.Base(BASE))),
                                List.of(
                                        new Reason.CapReached(1, 1),
                                        new Reason.SlotsExhausted(1, 1)))));

        assertThat(prompt.err())
                .startsWith(
                        "1 run of it and its clones in progress, --max-run-slots is 1; 1 of 1 run"
                                + " slot in use: ");
    }

    @Test
    void leavesTheLastWordToTheVerdict() {
        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.Finish(new Verdict.Succeeded(new RunId(1)))),
                                List.of(new Reason.NewerRun(new RunId(2))))));

        assertThat(prompt.err()).isEmpty();
    }

    @Test
    void saysHowARunStandsWhenThatChangesAndOnceAMinuteOtherwise() {
        progress(run(1, List.of(101L)), 0);
        progress(run(1, List.of(101L)), 10);
        progress(run(1, List.of(101L)), 59);
        progress(run(1, List.of(101L)), 61);
        progress(run(1, List.of(102L)), 70);
        progress(run(3, List.of()), 71);
        progress(run(3, List.of()), 130);
        progress(run(3, List.of()), 3671);
        progress(run(10, List.of()), 3672);

        assertThat(prompt.err())
                .isEqualTo(
                        """
                        [0:00] Run 110: Queued behind run 101 https://x/110/
                        [1:01] Run 110: Queued behind run 101
                        [1:10] Run 110: Queued behind run 102
                        [1:11] Run 110: Running
                        [1:01:11] Run 110: Running
                        """);
    }

    @Test
    void saysWhatThePlatformSaysOfARunThatWaits() {
        progress(run(1, List.of(), "Waiting for 3 runs"), 0);
        progress(run(1, List.of(), "Waiting for 2 runs"), 10);
        progress(run(1, List.of(), "Waiting for 1 run"), 61);
        progress(run(2, List.of(), "Preparing\n::error::x"), 62);
        progress(run(3, List.of(), "old news"), 63);

        assertThat(prompt.err())
                .isEqualTo(
                        """
                        [0:00] Run 110: Queued (Waiting for 3 runs) https://x/110/
                        [1:01] Run 110: Queued (Waiting for 1 run)
                        [1:02] Run 110: Starting (Preparing ::error::x)
                        [1:03] Run 110: Running
                        """);
    }

    @Test
    void knowsWhereACommitGotItsRun() {
        assertThat(narration.decision(null)).isEqualTo(Placement.NONE);
        assertThat(narration.decision(new RunId(110))).isEqualTo(Placement.ATTACH);

        narration.onEvent(new Event.Decided(QUEUE));
        narration.onEvent(new Event.RunTriggered(run(1, List.of())));
        narration.onEvent(new Event.CancelRequested(new RunId(98)));

        assertThat(narration.decision(new RunId(110))).isEqualTo(Placement.QUEUE);
        assertThat(narration.decision(new RunId(111))).isEqualTo(Placement.ATTACH);
        narration.onEvent(new Event.CancelRequested(new RunId(110)));
        assertThat(narration.cancelled()).as("those of others").containsExactly(98L);
        assertThat(narration.isCancelled(new RunId(110))).isTrue();
        assertThat(narration.reasons()).singleElement().asString().contains("is busy with run 101");

        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.Trigger(new Lane.Clone(new JobId(501)))),
                                List.of(new Reason.LanesDedicated()))));
        assertThat(narration.decision(new RunId(110))).isEqualTo(Placement.CLONE);
    }

    /// The sentence about the trigger has the address already.
    @Test
    void namesTheAddressOfARunOnce() {
        narration.onEvent(new Event.RunTriggered(run(1, List.of())));
        progress(run(1, List.of()), 0);
        progress(run(3, List.of()), 1);

        assertThat(prompt.err()).containsOnlyOnce("https://x/110/");
    }

    /// What is invisible, and what is taken out, stood between the letters.
    @ParameterizedTest
    @ValueSource(strings = {"\uFE0F", "\u034F", "\u115F", "\u180B", "\u001B[0m"})
    void showsNoTokenThatIsHiddenByWhatIsTakenOut(String between) {
        String echoed = String.join(between, CommandProcess.CANARY.split(""));
        var err = new Prompt(Map.of("DBT_CLOUD_API_KEY", CommandProcess.CANARY));

        err.stderr().line("the job (" + echoed + ") is there");
        err.stderr().trace(new IllegalStateException(echoed));

        assertThat(err.err()).doesNotContain(CommandProcess.CANARY).contains("[token]");
    }

    @Test
    void stripsWhatWouldSteerATerminalOrForgeALine() {
        narration.onEvent(
                new Event.UnusualJob(
                        job("CI\u001B[2J\u001B]0;title\u0007\n::error::no\u202E"),
                        JobWarning.NO_DEFERRAL));

        assertThat(prompt.err())
                .startsWith("Job 73797 (CI ::error::no ) defers to no environment")
                .doesNotContain("\u001B", "\u202E")
                .hasLineCount(1);
    }

    @Test
    void saysEveryConsideration() {
        for (JobWarning consideration : JobWarning.values()) {
            narration.onEvent(new Event.UnusualJob(job("CI"), consideration));
        }

        assertThat(prompt.err().lines())
                .hasSize(JobWarning.values().length)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.startsWith("Job 73797 (CI) "));
    }

    @Test
    void mentionsOnlyWaitsOneWouldWonderAbout() {
        narration.waiting(new Wait("GET", "/api/v2/", "HTTP 502", Duration.ofMillis(800)));
        narration.waiting(new Wait("GET", "/api/v2/", "rate limited", Duration.ofMinutes(5)));

        assertThat(prompt.err()).isEqualTo("GET /api/v2/: rate limited; trying again in 5:00.\n");
    }

    @Test
    void knowsTheRunThatMayGoOnAndTheClonesThatAreLeft() {
        assertThat(narration.unfinishedRun()).isEmpty();
        narration.onEvent(new Event.CloneCreated(job("CI [CLONED]")));
        narration.onEvent(new Event.RunTriggered(run(1, List.of())));
        assertThat(narration.unfinishedRun()).map(Run::id).contains(110L);
        assertThat(narration.clonesLeft()).containsExactly(BASE);

        progress(run(30, List.of()), 5);
        narration.onEvent(new Event.CloneDeleted(BASE));
        assertThat(narration.unfinishedRun()).isEmpty();
        assertThat(narration.clonesLeft()).isEmpty();
    }

    private void progress(Run run, long seconds) {
        narration.onEvent(new Event.Progress(run, Duration.ofSeconds(seconds)));
    }

    private static Run run(int status, List<Long> blockedBy) {
        return run(status, blockedBy, null);
    }

    private static Run run(int status, List<Long> blockedBy, @Nullable String message) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("id", 110);
        fields.put("account_id", 1);
        fields.put("project_id", 1);
        fields.put("job_definition_id", 73797);
        fields.put("status", status);
        fields.put("created_at", "2026-03-02 09:00:00.000000+00:00");
        fields.put("blocked_by", blockedBy);
        fields.put("status_message", message);
        fields.put("href", "https://x/110/");
        return Run.of(fields);
    }

    private static Job job(String name) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("id", 73797);
        fields.put("account_id", 1);
        fields.put("project_id", 1);
        fields.put("environment_id", 1);
        fields.put("name", name);
        return Job.of(fields);
    }
}
