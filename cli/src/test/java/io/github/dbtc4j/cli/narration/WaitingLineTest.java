package io.github.dbtc4j.cli.narration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.Stderr;
import io.github.dbtc4j.cli.terminal.Terminal;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStep;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What moves at the foot of a terminal, to the letter and by the second.
class WaitingLineTest {

    private static final Instant BEGAN = Instant.parse("2026-03-02T09:00:00Z");
    private static final String REWRITE = "\r\u001B[2K";

    private int columns = 100;
    private boolean quiet;
    private final Prompt prompt =
            new Prompt(Map.of(), "", new Terminal(true, true, false, () -> columns));
    private final Clock clock = new Clock();
    private final Outlook outlook = new Outlook();
    private final Stderr stderr = new Dbtc(prompt.shell()).stderr();
    private final WaitingLine line = new WaitingLine(stderr, clock, _ -> {}, Runnable::run);
    private final ProgressPrinter narration = new ProgressPrinter(stderr, () -> quiet, line);

    @Test
    void movesEverySecondFromWhatWasSeenLast() {
        saw(run(3).startedAt(10), 20);

        seconds(3);

        assertThat(lines())
                .containsExactly(
                        "[0:20] Run 110: Running",
                        "[0:21] Run 110: Running",
                        "[0:22] Run 110: Running",
                        "[0:23] Run 110: Running");
    }

    @Test
    void namesTheCommandAndItsPlaceAmongThoseOfTheJob() {
        narration.ask(() -> outlook);
        outlook.steps = List.of(step("Clone git repository"));
        saw(run(3).startedAt(0).commands("dbt seed", "dbt build --select state:modified+"), 5);
        seconds(1);
        assertThat(last()).isEqualTo("[0:06] Run 110: Clone git repository");

        outlook.steps =
                List.of(
                        step("Clone git repository"),
                        step("Create profile"),
                        step("Invoke dbt with `dbt deps`"));
        seconds(15);
        assertThat(last()).isEqualTo("[0:21] Run 110: dbt deps");

        outlook.steps = List.of(step("Invoke dbt with `dbt build --select state:modified+`"));
        seconds(15);
        assertThat(last()).isEqualTo("[0:36] Run 110: 2 of 2 · dbt build --select state:modified+");
    }

    @Test
    void asksForTheStepsOfARunThatExecutesFourTimesAMinuteAndForItsUsualDurationOnce() {
        narration.ask(() -> outlook);
        saw(run(1), 0);
        seconds(60);
        assertThat(outlook.usualAsked).isEqualTo(1);
        assertThat(outlook.stepsAsked).isZero();

        saw(run(3).startedAt(60), 60);
        seconds(60);

        assertThat(outlook.usualAsked).isEqualTo(1);
        assertThat(outlook.stepsAsked).isBetween(4, 5);
    }

    @Test
    void asksForNoStepsThatTheWaitSees() {
        narration.ask(() -> outlook);
        for (int at = 0; at < 60; at += 10) {
            saw(run(3).startedAt(0).steps("Invoke dbt with `dbt build`"), at);
            seconds(10);
        }

        assertThat(outlook.stepsAsked).isZero();
        assertThat(last()).isEqualTo("[1:00] Run 110: dbt build");
    }

    @Test
    void expectsTheEndByTheMedianOfRecentRunsAndThePlatformsClock() {
        clock.ahead = Duration.ofMinutes(7);
        narration.ask(() -> outlook);
        outlook.usual = List.of(minutes(9), minutes(3), minutes(4));
        narration.onEvent(new Event.RunTriggered(run(1).build()));
        saw(run(1), 0);
        seconds(1);
        assertThat(last()).isEqualTo("[0:01] Run 110: Queued · takes about 4:00");

        seconds(29);
        saw(run(3).startedAt(30), 30);
        seconds(90);
        assertThat(last()).isEqualTo("[2:00] Run 110: Running · about 2:30 left");

        seconds(180);
        assertThat(last()).isEqualTo("[5:00] Run 110: Running · longer than the usual 4:00");
    }

    @Test
    void saysWhatAQueuedRunWaitsForAndWhoseItIs() {
        var base = new JobId(73797);
        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.Trigger(new Lane.Base(base))),
                                List.of(
                                        new Reason.BaseBusy(
                                                base,
                                                new RunId(101),
                                                new PullRequest(Provider.GITHUB, 51))))));

        saw(run(1).blockedBy(101, 102), 40);

        assertThat(last())
                .isEqualTo("[0:40] Run 110: Queued behind run 101 (pull request 51), run 102");
    }

    @Test
    void saysWhatIsWaitedForBeforeThereIsARun() {
        narration.onEvent(
                new Event.Decided(
                        new Plan(
                                List.of(new Step.AwaitCompletion(List.of(new RunId(98)))),
                                List.of())));

        seconds(2);

        assertThat(last()).isEqualTo("[0:02] Waiting for the end of run 98");
    }

    @Test
    void fitsTheTerminalAndKeepsWhatMatters() {
        columns = 60;
        narration.ask(() -> outlook);
        outlook.usual = List.of(minutes(4));
        saw(
                run(3).startedAt(0)
                        .commands("dbt build --select state:modified+ --exclude tag:nightly")
                        .steps(
                                "Invoke dbt with `dbt build --select state:modified+ --exclude"
                                        + " tag:nightly`"),
                0);
        seconds(10);
        assertThat(last())
                .isEqualTo("[0:10] Run 110: 1 of 1 · dbt build --s… · about 3:50 left")
                .hasSize(57);

        columns = 30;
        seconds(5);
        assertThat(last()).hasSize(27).startsWith("[0:15] Run 110: ");
    }

    @Test
    void givesWayToLinesThatStayAndLeavesNothingBehind() {
        saw(run(3).startedAt(0), 5);
        narration.onEvent(new Event.CancelRequested(new RunId(98)));
        seconds(1);
        narration.ending();
        seconds(3);

        assertThat(prompt.err())
                .isEqualTo(
                        REWRITE
                                + "[0:05] Run 110: Running"
                                + REWRITE
                                + "Requested cancellation of run 98.\n"
                                + REWRITE
                                + "[0:06] Run 110: Running"
                                + REWRITE);
    }

    @Test
    void isShownOnceARunIsTriggered() {
        seconds(2);
        narration.onEvent(new Event.RunTriggered(run(1).build()));

        assertThat(lines())
                .containsExactly("[0:02] Run 110: Queued", "Triggered run 110 on job 73797:\n");
    }

    @Test
    void isNotShownToThoseWhoWantNoMoreThanTheEnd() {
        quiet = true;
        narration.ask(() -> outlook);
        saw(run(3).startedAt(0), 5);
        seconds(20);

        assertThat(prompt.err()).isEmpty();
        assertThat(outlook.stepsAsked + outlook.usualAsked).isZero();
    }

    @Test
    void isNotShownOfARunThatHasEnded() {
        saw(run(10).startedAt(0), 5);
        seconds(3);

        assertThat(prompt.err()).isEmpty();
    }

    private void saw(Fields run, long elapsed) {
        narration.onEvent(new Event.Progress(run.build(), Duration.ofSeconds(elapsed)));
    }

    private void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.elapsed = clock.elapsed.plusSeconds(1);
            line.tick();
        }
    }

    private List<String> lines() {
        return List.of(prompt.err().split("\r\u001B\\[2K", -1)).stream()
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private String last() {
        return lines().getLast();
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static RunStep step(String name) {
        return run(3).steps(name).build().steps().getFirst();
    }

    private static Fields run(int status) {
        return new Fields(status);
    }

    private static final class Fields {

        private final Map<String, @Nullable Object> fields = new HashMap<>();

        Fields(int status) {
            fields.put("id", 110);
            fields.put("account_id", 1);
            fields.put("project_id", 1);
            fields.put("job_definition_id", 73797);
            fields.put("status", status);
            fields.put("created_at", BEGAN.toString());
        }

        Fields startedAt(int second) {
            fields.put("started_at", BEGAN.plusSeconds(second).toString());
            return this;
        }

        Fields blockedBy(long... runs) {
            var ids = new ArrayList<Long>();
            for (long run : runs) {
                ids.add(run);
            }
            fields.put("blocked_by", ids);
            return this;
        }

        Fields commands(String... commands) {
            fields.put(
                    "job",
                    Map.of(
                            "id", 73797,
                            "account_id", 1,
                            "project_id", 1,
                            "environment_id", 1,
                            "name", "CI",
                            "execute_steps", List.of(commands)));
            return this;
        }

        Fields steps(String name) {
            fields.put("run_steps", List.of(Map.of("index", 1, "name", name, "status", 3)));
            return this;
        }

        Run build() {
            return Run.of(fields);
        }
    }

    private static final class Outlook implements RunOutlook {

        private List<Duration> usual = List.of();
        private List<RunStep> steps = List.of();
        private int usualAsked;
        private int stepsAsked;

        @Override
        public List<Duration> usual() {
            usualAsked++;
            return usual;
        }

        @Override
        public List<RunStep> steps(Run run) {
            stepsAsked++;
            return steps;
        }
    }

    /// Time that passes where a test lets it pass.
    private static final class Clock implements SystemContext {

        private Duration elapsed = Duration.ZERO;
        private Duration ahead = Duration.ZERO;

        @Override
        public Instant now() {
            return BEGAN.plus(elapsed).plus(ahead);
        }

        @Override
        public long nanoTime() {
            return elapsed.toNanos();
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("the test lets time pass");
        }

        @Override
        public long random() {
            throw new AssertionError("no chance is needed");
        }
    }
}
