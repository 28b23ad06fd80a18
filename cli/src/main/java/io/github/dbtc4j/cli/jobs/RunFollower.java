package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.Retrier;
import io.github.dbtc4j.autoscaler.RunWaiter;
import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.narration.VerdictText;
import io.github.dbtc4j.cli.option.FollowOptions;
import io.github.dbtc4j.cli.option.WaitOptions;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/// Waits for a run that was just triggered, as far as it was asked to, and tells how it ended.
public record RunFollower(Session session, ReportPublisher reports, long accountId, long jobId) {

    /// Waits and tells.
    ///
    /// @param gitSha the commit that was asked for, null when unknown
    /// @return the exit code
    int follow(ApiResponse<Run> triggered, @Nullable String gitSha, FollowOptions options)
            throws IOException, InterruptedException {
        if (!options.shouldPoll) {
            return reports.finish(session, untouched(triggered), accountId, jobId, gitSha);
        }
        session.follow(accountId, jobId);
        Outcome outcome =
                retrier(session)
                        .await(
                                triggered,
                                options.retries,
                                options.retryDelay,
                                options.wait.polling(),
                                options.wait.timeout);
        int exitCode = reports.finish(session, outcome, accountId, jobId, gitSha);
        ProgressPrinter narration = session.narration();
        narration.unfinishedRun().map(VerdictText::mayGoOn).ifPresent(narration::say);
        return exitCode;
    }

    /// Waits for a run that is not to be retried.
    ///
    /// @param left how long to wait at most
    public static Outcome verdict(
            Session session,
            ApiResponse<Run> triggered,
            boolean shouldPoll,
            WaitOptions wait,
            Duration left)
            throws InterruptedException {
        if (!shouldPoll) {
            return untouched(triggered);
        }
        session.follow(triggered.data().accountId(), triggered.data().jobId());
        return new RunWaiter(session.client(), SystemContext.real(), session.narration())
                .await(triggered, wait.polling(), left);
    }

    static Retrier retrier(Session session) {
        return new Retrier(session.client(), SystemContext.real(), session.narration());
    }

    private static Outcome untouched(ApiResponse<Run> triggered) {
        return new Outcome(new Verdict.Triggered(new RunId(triggered.data().id())), triggered);
    }
}
