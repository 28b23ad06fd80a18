package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.cli.narration.PlanText;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.option.ReportOptions;
import io.github.dbtc4j.cli.pullrequest.PullRequestOptions;
import io.github.dbtc4j.cli.pullrequest.PullRequestReport;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc ci run`.
@Command(
        description = {
            "Build this pipeline's pull request, and wait for the run's verdict.",
            "Finds pull request, head commit and sequence in the environment of GitHub Actions,"
                    + " GitLab CI, Azure Pipelines, Bitbucket Pipelines, Buildkite, CircleCI,"
                    + " Jenkins or AWS CodeBuild; then does what trigger-autoscaling-ci-job does.",
            "Outside a pull request, and for the head of a fork, nothing is sent and the exit code"
                    + " is 2.",
            "Prints the platform's response about the run as JSON."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797",
            "  ${COMMAND-FULL-NAME} --job-id=73797 --print-payload",
        })
final class CiRunCommand implements Callable<Integer> {

    private final Dbtc dbtc;

    @Option(
            names = {"-a", "--account-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_ACCOUNT_ID",
            description =
                    "The account; only --print-payload needs none"
                            + " [env: DBT_CLOUD_ACCOUNT_ID].")
    private @Nullable Long account;

    @Mixin private final JobOption job = new JobOption();
    @Mixin private final DetectedPayload payload = new DetectedPayload();
    @Mixin private final AutoscalingOptions options = new AutoscalingOptions();
    @Mixin private final ReportOptions report = new ReportOptions();
    @Mixin private final PullRequestOptions shown = new PullRequestOptions();

    @Mixin private final SkipOption skip = new SkipOption();

    @Option(
            names = "--print-payload",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_PRINT_PAYLOAD",
            description =
                    "Print what the run would be triggered with, as JSON, and stop: nothing is"
                            + " sent, and neither an account nor a token is needed"
                            + " [env: DBTC_PRINT_PAYLOAD].")
    private boolean printPayload;

    CiRunCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Options asked = options.toOptions(true);
        ReportPublisher reports = ReportPublisher.open(dbtc, report);
        if (!printPayload && skip.skips(dbtc, reports, job.id)) {
            return ExitCode.SUCCESS.code();
        }
        var detected = payload.detect(dbtc.shell(), new JobId(job.id), asked.sequence());
        dbtc.narration().say(PlanText.of(detected.pipeline()));
        if (printPayload) {
            new JsonOutput(dbtc).write(Json.writeIndented(detected.payload().fields()));
            return ExitCode.SUCCESS.code();
        }
        if (account == null) {
            throw new UsageException(
                    "Missing required option: '--account-id=ID', or DBT_CLOUD_ACCOUNT_ID");
        }
        reports.showOn(
                detected.pipeline().page(),
                PullRequestReport.open(
                        dbtc, shown, detected.pipeline(), account, job.id, asked.shouldPoll()));
        return AutoscalingRunner.run(
                dbtc,
                account,
                job.id,
                detected.payload(),
                asked.sequence(detected.pipeline().sequence()),
                reports);
    }
}
