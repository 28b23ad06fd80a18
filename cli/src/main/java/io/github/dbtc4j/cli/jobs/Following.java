package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.Retrier;
import io.github.dbtc4j.autoscaler.RunWatch;
import io.github.dbtc4j.cli.narration.Narration;
import io.github.dbtc4j.cli.narration.Verdicts;
import io.github.dbtc4j.cli.option.FollowOptions;
import io.github.dbtc4j.cli.option.WaitOptions;
import io.github.dbtc4j.cli.report.Reports;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.client.model.Answer;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.Surroundings;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/// Waits for a run that was just triggered, as far as it was asked to, and tells how it ended.
public record Following(Session session, Reports reports, long accountId, long jobId) {

    /// Waits and tells.
    ///
    /// @param gitSha the commit that was asked for, null when unknown
    /// @return the exit code
    int follow(Answer<Run> triggered, @Nullable String gitSha, FollowOptions options)
            throws IOException, InterruptedException {
        if (!options.shouldPoll) {
            return reports.finish(session, untouched(triggered), accountId, jobId, gitSha);
        }
        Outcome outcome =
                retrier(session)
                        .await(
                                triggered,
                                options.retries,
                                options.retryDelay,
                                options.wait.polling(),
                                options.wait.timeout);
        int exitCode = reports.finish(session, outcome, accountId, jobId, gitSha);
        Narration narration = session.narration();
        narration.unfinishedRun().map(Verdicts::mayGoOn).ifPresent(narration::say);
        return exitCode;
    }

    /// Waits for a run that nobody would have retried.
    ///
    /// @param left how long to wait at most
    public static Outcome verdict(
            Session session,
            Answer<Run> triggered,
            boolean shouldPoll,
            WaitOptions wait,
            Duration left)
            throws InterruptedException {
        return shouldPoll
                ? new RunWatch(session.client(), Surroundings.ofThisMachine(), session.narration())
                        .await(triggered, wait.polling(), left)
                : untouched(triggered);
    }

    static Retrier retrier(Session session) {
        return new Retrier(session.client(), Surroundings.ofThisMachine(), session.narration());
    }

    private static Outcome untouched(Answer<Run> triggered) {
        return new Outcome(new Verdict.Triggered(new RunId(triggered.data().id())), triggered);
    }
}
