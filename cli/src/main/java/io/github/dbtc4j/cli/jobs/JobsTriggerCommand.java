package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.FollowOptions;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.option.PayloadOption;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.session.SignalHandler;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc jobs trigger`, also `dbtc trigger-job`.
@Command(
        description = {
            "Trigger a run of a job and wait until it has ended.",
            "Nothing is cancelled or cloned, and the run goes on when waiting stops.",
            "With --retries a failed run is retried from the step it failed in.",
            "Prints the platform's answer about the run as JSON."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797 --retries=2 \\",
            "    --payload='{\"cause\": \"Nightly check\"}'",
        })
final class JobsTriggerCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();
    @Mixin private final PayloadOption payload = new PayloadOption();
    @Mixin private final FollowOptions follow = new FollowOptions();

    JobsTriggerCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReportPublisher reports = ReportPublisher.open(dbtc, follow.report);
        follow.check();
        var checked = Payload.parse(payload.json(dbtc.shell().in()));
        Session session = Session.open(dbtc, follow.wait.timeout);
        try (var _ = SignalHandler.leave(session.narration())) {
            var triggered = session.client().jobs().trigger(account.id, job.id, checked.fields());
            session.narration().onEvent(new Event.RunTriggered(triggered.data()));
            return new RunFollower(session, reports, account.id, job.id)
                    .follow(triggered, checked.gitSha().orElse(null), follow);
        }
    }
}
