package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.RetryDetails;
import io.github.dbtc4j.client.model.Run;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What there is to say about retrying runs, in English.
public final class RetryText {

    private RetryText() {}

    static String ahead(Run run, Duration delay, int left) {
        return "Run %d failed.%s Retrying it from the failed step in %s if the platform will; %s left."
                .formatted(
                        run.id(),
                        VerdictText.link(run),
                        Durations.clock(delay),
                        left == 1 ? "1 retry" : left + " retries");
    }

    public static String begins(Run run, @Nullable RetryDetails details) {
        if (details == null || details.failedStep() == null) {
            return "Retrying run %d from the failed step.".formatted(run.id());
        }
        String skipped =
                details.skippedSteps().isEmpty()
                        ? ""
                        : ", then the skipped " + String.join(", ", details.skippedSteps());
        return "Retrying run %d from %s%s.".formatted(run.id(), details.failedStep(), skipped);
    }

    /// Says that `run` cannot be retried, and why.
    ///
    /// @param reason the platform's word, may be empty
    public static String refused(Run run, String reason) {
        return "Run %d cannot be retried from the failed step: %s."
                .formatted(run.id(), why(run, reason));
    }

    /// The platform's words are listed in OpenAPI v2, `retry_not_supported_reason`; what they stand
    /// for in docs.getdbt.com, "Retry your dbt jobs".
    static String why(Run run, String reason) {
        return switch (reason) {
            case "RETRY_NOT_FAILED_RUN" ->
                    "it is in status "
                            + run.status().label()
                            + ", and only one in status Error can be; cancelled and timed-out ones"
                            + " cannot";
            case "RETRY_NOT_LATEST_RUN" -> "it is not the latest run of job " + run.jobId();
            case "RETRY_UNSUPPORTED_CMD" -> "dbt cannot retry the command that failed";
            case "RETRY_UNSUPPORTED_VERSION" -> "its environment's dbt is older than 1.6";
            case "RETRY_NO_RUN_RESULTS" -> "it failed before dbt had any results";
            case "" -> "the platform says so, without a reason";
            default -> "the platform says " + reason;
        };
    }
}
