package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.session.SignalHandler;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.ReadOnlyException;
import io.github.dbtc4j.http.SystemContext;

import java.io.IOException;

/// What every command does that gives a pull request its own run.
final class AutoscalingRunner {

    private AutoscalingRunner() {}

    /// Runs the autoscaler, tells what happens and how it ended.
    ///
    /// @return the exit code
    /// @throws UsageException when there is no token or another option of `dbtc` cannot be used
    static int run(
            Dbtc dbtc,
            long account,
            long job,
            Payload payload,
            Options asked,
            ReportPublisher reports)
            throws IOException, InterruptedException {
        Session session = Session.open(dbtc, asked.timeout());
        if (session.client().isReadOnly()) {
            throw new UsageException(
                    ("The trigger of job %d was not sent: the client is read-only, and this would"
                                    + " change something. Unset %s to allow it; `dbtc plan` shows"
                                    + " what it would come to.")
                            .formatted(job, ReadOnlyException.VARIABLE));
        }
        session.follow(account, job);
        var autoscaler = new Autoscaler(session.client(), SystemContext.real(), reports);
        try (var _ = SignalHandler.cancel(session.narration(), autoscaler::abandon)) {
            var outcome = autoscaler.triggerAutoscalingCiJob(account, job, payload, asked);
            return reports.finish(session, outcome, account, job, payload.gitSha().orElse(null));
        }
    }
}
