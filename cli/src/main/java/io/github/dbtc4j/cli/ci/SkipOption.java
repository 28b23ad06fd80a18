package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.pipeline.detection.Detection;
import io.github.dbtc4j.pipeline.report.Skipped;

import picocli.CommandLine.Option;

/// `--skip-without-token`, for pipelines to which a CI system gives no secrets.
final class SkipOption {

    private static final String NO_TOKEN = "There is no token for the dbt platform";

    ///
    /// docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
    private static final String DEPENDABOT = "dependabot[bot]";

    @Option(
            names = "--skip-without-token",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_SKIP_WITHOUT_TOKEN",
            description =
                    "Do nothing and end with 0 where there is no token, as in pipelines of"
                            + " Dependabot and of forks; without it that is an error"
                            + " [env: DBTC_SKIP_WITHOUT_TOKEN].")
    private boolean given;

    /// Whether there is nothing to be done for want of a token, which it then tells.
    ///
    /// @throws UsageException when there is none, and it is known why: that says more than what the
    ///   client would
    boolean skips(Dbtc dbtc, ReportPublisher reports, long job) {
        if (skips(dbtc)) {
            reports.skipped(new Skipped(message(dbtc), job));
            return true;
        }
        return false;
    }

    /// The same without reports.
    boolean skips(Dbtc dbtc) {
        if (dbtc.hasFilledToken()) {
            return false;
        }
        if (given) {
            dbtc.narration().say(message(dbtc));
            return true;
        }
        if (isOfDependabot(dbtc)) {
            throw new UsageException(
                    "%s%s. Keep it among the secrets of Dependabot too, or leave these pull requests out with --skip-without-token."
                            .formatted(NO_TOKEN, why(dbtc)));
        }
        return false;
    }

    private static String message(Dbtc dbtc) {
        return "%s%s: skipped, as --skip-without-token says.".formatted(NO_TOKEN, why(dbtc));
    }

    private static String why(Dbtc dbtc) {
        if (isOfDependabot(dbtc)) {
            return ", as GITHUB_ACTOR is dependabot[bot]: its workflows get none but its own"
                    + " secrets";
        }
        return Detection.isOfFork(dbtc.shell().environment(), DetectedPayload::event)
                ? ", as the head is in a fork, whose pipelines get no secrets"
                : "";
    }

    private static boolean isOfDependabot(Dbtc dbtc) {
        return dbtc.shell().variable("GITHUB_ACTOR").filter(DEPENDABOT::equals).isPresent();
    }
}
