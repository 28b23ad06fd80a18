package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.FollowOptions;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.session.SignalHandler;
import io.github.dbtc4j.cli.terminal.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc jobs trigger-from-failure`, also `dbtc trigger-job-from-failure`.
@Command(
        description = {
            "Run a job again from where its latest run failed, and wait until that has ended.",
            "If the latest run did not fail, or cannot be retried, the platform starts a new run"
                    + " from the first step; what it will be is said before. The new run takes the"
                    + " job's own settings, no overrides.",
            "Prints the platform's answer about the run as JSON; nothing, when nothing was"
                    + " triggered."
        },
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --job-id=73797 --trigger-on-failure-only")
final class JobsTriggerFromFailureCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();

    @Option(
            names = "--trigger-on-failure-only",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_TRIGGER_ON_FAILURE_ONLY",
            description =
                    "Trigger nothing unless the latest run failed, default no"
                            + " [env: DBTC_TRIGGER_ON_FAILURE_ONLY].")
    private boolean onFailureOnly;

    @Mixin private final FollowOptions follow = new FollowOptions();

    JobsTriggerFromFailureCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReportPublisher reports = ReportPublisher.open(dbtc, follow.report);
        follow.check();
        Session session = Session.open(dbtc, follow.wait.timeout);
        ProgressPrinter narration = session.narration();
        try (var _ = SignalHandler.leave(narration)) {
            var restart = Restart.of(RunFollower.retrier(session), account.id, job.id);
            if (onFailureOnly && !restart.latestFailed()) {
                narration.say(restart.sentence() + " Nothing was triggered.");
                return ExitCode.SUCCESS.code();
            }
            narration.say(restart.sentence() + restart.next());
            var triggered = session.client().jobs().rerun(account.id, job.id);
            narration.onEvent(new Event.RunTriggered(triggered.data()));
            return new RunFollower(session, reports, account.id, job.id)
                    .follow(triggered, triggered.data().gitSha(), follow);
        }
    }
}
