package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

/// What one invocation is asked for: a run of its own for one commit of one pull request.
///
/// @param pullRequest null when the payload names none; then no run is ever stale
/// @param sequence where this pipeline stands in the order of its CI system, null when unknown
/// @param sha the first twelve characters of the commit, null when the payload names none
public record CiRequest(
        @Nullable PullRequest pullRequest, @Nullable Sequence sequence, @Nullable String sha) {

    boolean isFor(ObservedRun run) {
        return pullRequest != null && pullRequest.equals(run.pullRequest());
    }

    boolean isFor(ObservedClone clone) {
        return pullRequest != null && pullRequest.equals(clone.pullRequest());
    }

    /// Whether the very pipeline that asks for this triggered `run`: it has the same sequence or,
    /// if this has none, none and the same commit.
    public boolean isWhatTriggered(ObservedRun run) {
        return run.claim() != null
                && (sequence == null
                        ? run.claim().sequence() == null && isForCommitOf(run)
                        : sequence.equals(run.claim().sequence()));
    }

    /// Whether `run` was triggered for the same commit; false when either of them names none.
    public boolean isForCommitOf(ObservedRun run) {
        return sha != null && run.claim() != null && sha.equals(run.claim().sha());
    }
}
