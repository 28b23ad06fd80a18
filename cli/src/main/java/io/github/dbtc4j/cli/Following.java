package io.github.dbtc4j.cli;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.Retrier;
import io.github.dbtc4j.autoscaler.RunWatch;
import io.github.dbtc4j.client.Answer;
import io.github.dbtc4j.client.Run;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.planner.RunId;
import io.github.dbtc4j.planner.Verdict;

import java.io.IOException;
import java.time.Duration;

/// Waits for a run that was just triggered, as far as it was asked to, and tells how it ended.
final class Following {

    private Following() {}

    static int follow(Session session, Answer<Run> triggered, FollowOptions options)
            throws IOException, InterruptedException {
        Narration narration = session.narration();
        if (!options.shouldPoll) {
            var verdict = new Verdict.Triggered(new RunId(triggered.data().id()));
            return session.finish(new Outcome(verdict, triggered));
        }
        Outcome outcome =
                retrier(session)
                        .await(
                                triggered,
                                options.retries,
                                options.retryDelay,
                                options.wait.pollInterval,
                                options.wait.timeout);
        int exitCode = session.finish(outcome);
        narration.unfinishedRun().map(Verdicts::mayGoOn).ifPresent(narration::say);
        return exitCode;
    }

    /// Waits for a run that nobody would have retried.
    ///
    /// @param left how long to wait at most
    static Outcome verdict(
            Session session,
            Answer<Run> triggered,
            boolean shouldPoll,
            WaitOptions wait,
            Duration left)
            throws InterruptedException {
        return shouldPoll
                ? new RunWatch(session.client(), Surroundings.ofThisMachine(), session.narration())
                        .await(triggered, wait.pollInterval, left)
                : new Outcome(new Verdict.Triggered(new RunId(triggered.data().id())), triggered);
    }

    static Retrier retrier(Session session) {
        return new Retrier(session.client(), Surroundings.ofThisMachine(), session.narration());
    }
}
