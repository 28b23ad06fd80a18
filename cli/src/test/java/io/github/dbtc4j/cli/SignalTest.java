package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a pipeline's cancel button does.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class SignalTest {

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void cancelsTheRunThatIsWaitedFor(String signal, int exitCode) {
        try (var platform = Platform.starter()) {
            List<Long> cancelled = new CopyOnWriteArrayList<>();
            platform.sandbox.listen(event -> {
                if (event instanceof SandboxEvent.CancelRequested cancel) {
                    cancelled.add(cancel.run().id());
                }
            });
            CommandProcess process = platform.trigger("slow", "--should-poll");
            process.awaitErr("Running");
            process.signal(signal);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
            long run = platform.runsOfPullRequest50().getFirst().id();
            assertThat(cancelled).containsExactly(run);
            assertThat(ended.err())
                    .contains("Stopping.")
                    .contains("Requested cancellation of run " + run);
        }
    }

    @Test
    void cancelsTheRunWhoseTriggerIsAnsweredAfterTheSignal() {
        try (var platform = Platform.starter()) {
            answerTriggersAfter(Duration.ofSeconds(1), platform);
            CommandProcess process = platform.trigger("slow", "--should-poll");
            long run = platform.awaitRunOfPullRequest50(1, process).id();
            process.signal("TERM");
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
            assertThat(ended.err()).contains("Requested cancellation of run " + run);
            platform.await(run, 30);
            assertThat(platform.runsOfPullRequest50()).hasSize(1);
        }
    }

    @Test
    void saysThatARunMayComeOfATriggerWithoutAnAnswer() {
        try (var platform = Platform.starter()) {
            answerTriggersAfter(Duration.ofSeconds(25), platform);
            CommandProcess process = platform.trigger("slow", "--should-poll");
            platform.awaitRunOfPullRequest50(1, process);
            process.signal("TERM");
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
            assertThat(ended.err())
                    .contains(
                            "Stopping.", "No response to the trigger yet. It may still start a run")
                    .doesNotContain("No run was triggered");
        }
    }

    /// The platform does what it is asked to at once.
    ///
    /// @param delay in the command's time
    private static void answerTriggersAfter(Duration delay, Platform platform) {
        platform.server
                .faults()
                .add(
                        Fault.of(new Fault.Delay())
                                .on(Endpoint.TRIGGER)
                                .after()
                                .delayed(delay.multipliedBy(60)));
    }

    @Test
    void namesTheCloneItLeaves() {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), 3);
            CommandProcess process = platform.trigger("slow");
            process.awaitErr("Running");
            process.signal("TERM");
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
            assertThat(ended.err())
                    .contains("Clone " + platform.clones().getFirst().id() + " is left.");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void leavesAPlainlyTriggeredRunAloneAndSaysSo(String signal, int exitCode) {
        try (var platform = Platform.starter()) {
            CommandProcess process =
                    platform.dbtc(
                            "trigger-job", "--poll-interval=0.3", "-d", Platform.payload("slow"));
            process.awaitErr("Running");
            process.signal(signal);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("may still be in progress");
            assertThat(platform.runsOfPullRequest50().getFirst().isTerminal()).isFalse();
        }
    }
}
