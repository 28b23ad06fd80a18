package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome.Ending;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Failed runs are retried from the failed step, and a retry that the platform would reject is not
/// tried.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class RetryTest {

    @Test
    void retriesARunAndTakesItsVerdict() {
        try (var platform = Platform.starter()) {
            long failed = failedRun(platform);

            var prompt = dbtc(platform, 0, "runs", "retry", "--run-id=" + failed);

            var retry = platform.sandbox.runs().getLast();
            assertThat(retry.causeCategory()).isEqualTo("rerun");
            assertThat(prompt.err())
                    .contains("Retrying run " + failed + " from dbt ")
                    .contains("Run " + retry.id() + " succeeded");
            assertThat(prompt.out()).contains("\"retrying_run_id\":" + failed);
        }
    }

    @Test
    void tellsWhyARunCannotBeRetriedAndSendsNothing() {
        try (var platform = Platform.starter()) {
            long failed = failedRun(platform);
            long cancelled = platform.triggerElsewhere(platform.job, "slow", 50);
            var older = dbtc(platform, 2, "runs", "retry", "--run-id=" + failed);
            var running = dbtc(platform, 2, "runs", "retry", "--run-id=" + cancelled);

            assertThat(older.err())
                    .contains(
                            "Run %d cannot be retried from the failed step: it is not the latest run"
                                            .formatted(failed)
                                    + " of job 1.")
                    .contains("`dbtc jobs trigger-from-failure --job-id=1` starts a new run");
            assertThat(running.err()).contains("only one in status Error can be");
            assertThat(older.out()).isEmpty();
            assertThat(platform.sandbox.runs()).hasSize(2);
        }
    }

    @Test
    void triggersAJobFromItsFailureUnderBothNames() {
        for (List<String> name :
                List.of(
                        List.of("jobs", "trigger-from-failure"),
                        List.of("trigger-job-from-failure"))) {
            try (var platform = Platform.starter()) {
                long failed = failedRun(platform);
                var args = new ArrayList<>(name);
                args.add("--trigger-on-failure-only");

                var prompt = dbtc(platform, 0, args.toArray(String[]::new));

                assertThat(prompt.err())
                        .contains(
                                "The latest run of job 1, %d, is in status Error."
                                        .formatted(failed))
                        .contains("Retrying run " + failed + " from dbt ");
                assertThat(prompt.out()).contains("\"retrying_run_id\":" + failed);
            }
        }
    }

    @Test
    void saysBeforehandThatTheJobStartsFromTheFirstStep() {
        try (var platform = Platform.starter()) {
            succeed(platform);
            var fresh = dbtc(platform, 0, "jobs", "trigger-from-failure", "--no-should-poll");
            assertThat(fresh.err())
                    .contains("Job 1 never had a run. The platform starts a new run")
                    .contains("Triggered run ");

            var again = dbtc(platform, 0, "jobs", "trigger-from-failure", "--no-should-poll");
            assertThat(again.err())
                    .containsPattern(
                            "The latest run of job 1, \\d+, is in status \\w+\\. The platform");
        }
    }

    @Test
    void triggersNothingAfterASuccessWhenOnlyFailuresCount() {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "quick", 50), 10);

            var prompt = dbtc(platform, 0, "trigger-job-from-failure", "--trigger-on-failure-only");

            assertThat(prompt.err()).contains("is in status Success. Nothing was triggered.");
            assertThat(prompt.out()).isEmpty();
            assertThat(platform.sandbox.runs()).hasSize(1);
        }
    }

    @Test
    void retriesATriggeredRunAsOftenAsItWasTold() {
        try (var platform = Platform.starter()) {
            succeed(platform);
            platform.sandbox.decide(new RunRule(null, "flaky", quick(Ending.FAILING_NODE), 1));

            var prompt =
                    dbtc(
                            platform,
                            0,
                            "jobs",
                            "trigger",
                            "--retries=2",
                            "--retry-delay=0.2",
                            "--payload={\"cause\": \"flaky\"}");

            assertThat(platform.sandbox.runs()).hasSize(2);
            long first = platform.sandbox.runs().getFirst().id();
            assertThat(prompt.err())
                    .contains("Run " + first + " failed.")
                    .contains("if the platform will; 2 retries left.")
                    .contains("Retrying run " + first + " from dbt ");
        }
    }

    @Test
    void saysWhyATriggeredRunIsNotRetried() {
        try (var platform = Platform.starter()) {
            platform.sandbox.decide(
                    RunRule.always(quick(Ending.INTERNAL_ERROR)).containing("broken"));

            var prompt =
                    dbtc(
                            platform,
                            1,
                            "trigger-job",
                            "--retries=2",
                            "--retry-delay=0.2",
                            "--payload={\"cause\": \"broken\"}");

            assertThat(platform.sandbox.runs()).hasSize(1);
            assertThat(prompt.err())
                    .contains(
                            "cannot be retried from the failed step: it failed before dbt had any");
        }
    }

    @Test
    void retriesNothingThatIsNotWaitedFor() {
        try (var platform = Platform.starter()) {
            var prompt =
                    dbtc(platform, 2, "trigger-job", "-d", "{}", "--retries=1", "--no-should-poll");

            assertThat(prompt.err()).contains("--retries waits for the run's end");
            assertThat(platform.requests()).isEmpty();
        }
    }

    /// A failed run of the job; the next one succeeds.
    private static long failedRun(Platform platform) {
        succeed(platform);
        platform.sandbox.decide(new RunRule(null, "failed", quick(Ending.FAILING_NODE), 1));
        long run =
                platform.client
                        .jobs()
                        .trigger(1, platform.job, java.util.Map.of("cause", "failed"))
                        .data()
                        .id();
        platform.await(run, 20);
        return run;
    }

    private static void succeed(Platform platform) {
        platform.sandbox.decide(RunRule.always(quick(Ending.SUCCESS)).containing("Re"));
    }

    private static ScriptedOutcome quick(Ending ending) {
        return ScriptedOutcome.any()
                .ending(ending)
                .preparing(Duration.ofSeconds(2))
                .executing(Duration.ofSeconds(20));
    }

    private static Prompt dbtc(Platform platform, int exitCode, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--poll-interval=0.3");
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isEqualTo(exitCode);
        return prompt;
    }
}
