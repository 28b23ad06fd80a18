package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

/// What one invocation is asked for: a run of its own for one commit of one pull request.
///
/// @param pullRequest null when the payload names none; then no run is ever stale
public record CiRequest(@Nullable PullRequest pullRequest) {

    boolean isFor(ObservedRun run) {
        return pullRequest != null && pullRequest.equals(run.pullRequest());
    }

    boolean isFor(ObservedClone clone) {
        return pullRequest != null && pullRequest.equals(clone.pullRequest());
    }
}
