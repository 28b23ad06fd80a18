package io.github.dbtc4j.sandbox.platform;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which runs can be retried from where they failed: the latest run of its job, when it ended in
/// Error in a command that `dbt retry` supports, with dbt 1.6 or newer (documentation of retrying
/// jobs).
public final class RetryRules {

    private static final Pattern OLD = Pattern.compile("(0|1)\\.(\\d+)\\..*");
    private static final Pattern SUPPORTED =
            Pattern.compile(
                    "dbt\\s+(build|compile|clone|docs"
                            + " generate|seed|snapshot|test|run|run-operation)\\b.*");

    private RetryRules() {}

    /// Why `run` cannot be retried, in the platform's word, or null when it can.
    public static @Nullable String refusal(RunRecord run) {
        if (run.status != RunRecord.ERROR) {
            return "RETRY_NOT_FAILED_RUN";
        }
        if (run.job.runs.getLast() != run) {
            return "RETRY_NOT_LATEST_RUN";
        }
        Matcher version = OLD.matcher(run.dbtVersion);
        if (version.matches()
                && (version.group(1).equals("0") || Integer.parseInt(version.group(2)) < 6)) {
            return "RETRY_UNSUPPORTED_VERSION";
        }
        RunPlan.Step failed = failedStep(run);
        if (failed == null || failed.command() == null) {
            return "RETRY_NO_RUN_RESULTS";
        }
        return SUPPORTED.matcher(failed.command()).matches() ? null : "RETRY_UNSUPPORTED_CMD";
    }

    /// The step in which a failed run failed: the last; null when it failed before any.
    public static RunPlan.@Nullable Step failedStep(RunRecord run) {
        List<RunPlan.Step> steps = run.plan.steps();
        return run.startedAt == null || steps.isEmpty() ? null : steps.getLast();
    }
}
