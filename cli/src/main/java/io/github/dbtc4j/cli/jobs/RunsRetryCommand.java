package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.autoscaler.Retrier;
import io.github.dbtc4j.cli.narration.RetryText;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.FollowOptions;
import io.github.dbtc4j.cli.option.RunOption;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.session.SignalHandler;
import io.github.dbtc4j.cli.terminal.UsageException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc runs retry`.
@Command(
        description = {
            "Retry a failed run from the step in which it failed, as a new run, and wait until that"
                    + " has ended.",
            "The platform retries only the latest run of a job, ended in status Error, in a command"
                    + " that dbt can retry, with dbt 1.6 or newer. If it would refuse, that is said"
                    + " and nothing is sent (exit code 2).",
            "Prints the platform's answer about the new run as JSON."
        },
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --run-id=110 --retries=1")
final class RunsRetryCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final RunOption run = new RunOption();
    @Mixin private final FollowOptions follow = new FollowOptions();

    RunsRetryCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReportPublisher reports = ReportPublisher.open(dbtc, follow.report);
        follow.check();
        Session session = Session.open(dbtc, follow.wait.timeout);
        try (var _ = SignalHandler.leave(session.narration())) {
            var retrier = RunFollower.retrier(session);
            var failed = retrier.run(account.id, run.id).data();
            Retrier.refusal(failed)
                    .ifPresent(reason -> {
                        throw new UsageException(
                                RetryText.refused(failed, reason)
                                        + " `dbtc jobs trigger-from-failure --job-id="
                                        + failed.jobId()
                                        + "` starts a new run instead.");
                    });
            return new RunFollower(session, reports, account.id, failed.jobId())
                    .follow(retrier.retry(failed), failed.gitSha(), follow);
        }
    }
}
