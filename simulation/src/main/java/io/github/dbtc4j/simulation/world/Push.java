package io.github.dbtc4j.simulation.world;

import java.time.Duration;
import java.time.Instant;

/// A commit pushed to a pull request, which starts one pipeline; and how its run will go, on any
/// job.
///
/// @param pullRequest the pull request's number, unique within its repository only
/// @param commit which commit of its pull request it is, from 1
/// @param sha 40 hexadecimal digits, unique
/// @param prep how long its run is prepared
/// @param execution how long its run executes unless it is cancelled
/// @param cancel how long its run takes to end once its cancellation was asked for
/// @param fails whether its run ends in Error
public record Push(
        Repository repository,
        int pullRequest,
        int commit,
        String sha,
        Instant at,
        Duration prep,
        Duration execution,
        Duration cancel,
        boolean fails) {

    /// Such as `#212 c1`.
    public String label() {
        return "#" + pullRequest + " c" + commit;
    }

    /// How long its run takes a run slot, without waiting.
    public Duration occupation() {
        return prep.plus(execution);
    }

    public boolean isSamePullRequestAs(Push other) {
        return repository == other.repository && pullRequest == other.pullRequest;
    }
}
