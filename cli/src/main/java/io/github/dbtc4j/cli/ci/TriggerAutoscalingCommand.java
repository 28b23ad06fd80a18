package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.option.PayloadOption;
import io.github.dbtc4j.cli.option.ReportOptions;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc trigger-autoscaling-ci-job`, also `dbtc jobs trigger-autoscaling`.
@Command(
        description = {
            "Give a pull request its own run of a CI job.",
            "Older runs of the pull request are cancelled. A job runs one run at a time: if it is"
                    + " busy with another pull request and run slots are free, it is cloned, and"
                    + " the clone deleted after its run.",
            "Prints the platform's answer about the run as JSON."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797 --should-poll \\",
            "    --payload='{\"cause\": \"CI\", \"git_sha\": \"1f3a6c0\","
                    + " \"github_pull_request_id\": 50}'",
        })
final class TriggerAutoscalingCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();
    @Mixin private final PayloadOption payload = new PayloadOption();
    @Mixin private final AutoscalingOptions options = new AutoscalingOptions();
    @Mixin private final ReportOptions report = new ReportOptions();

    TriggerAutoscalingCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReportPublisher reports = ReportPublisher.open(dbtc, report);
        Options asked = options.toOptions();
        var checked = Payload.parse(payload.json(dbtc.shell().in()));
        return AutoscalingRunner.run(dbtc, account.id, job.id, checked, asked, reports);
    }
}
