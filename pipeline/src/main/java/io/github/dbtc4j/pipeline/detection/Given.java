package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

/// What was said about a pipeline explicitly: it overrides the environment, which is then not read
/// for the same.
///
/// @param pullRequest null for the environment's
/// @param commit the head's commit; null for the environment's
/// @param sequence null for the environment's
/// @param drafts whether a draft is built; otherwise it is refused
public record Given(
        @Nullable PullRequest pullRequest,
        @Nullable String commit,
        @Nullable Sequence sequence,
        boolean drafts) {

    /// Nothing: everything is read from the environment, and drafts are refused.
    public static final Given NOTHING = new Given(null, null, null, false);
}
