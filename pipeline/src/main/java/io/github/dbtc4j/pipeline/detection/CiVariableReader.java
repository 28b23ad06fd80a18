package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

/// Reads the variables of one CI system.
///
/// Every method may throw a [UnsupportedPipelineException] that names the variable it looked at.
interface CiVariableReader {

    CiVariables variables();

    default CiSystem system() {
        return variables().system();
    }

    /// The pull request this pipeline is of. Refuses outside one.
    PullRequest pullRequest();

    /// Whether the pipeline is of a merge queue's group, which the pull request is the last of.
    default boolean isMergeGroup() {
        return false;
    }

    /// Refuses when the pull request was merged or closed, where anything tells.
    default void refuseClosed() {}

    /// Refuses when the head is in another repository. Outside a pull request there is nothing to
    /// refuse.
    void refuseFork();

    /// What to refuse a draft with; null when it is none, or unknown.
    default @Nullable UnsupportedPipelineException draft() {
        return null;
    }

    /// The last commit of the head branch.
    String commit();

    /// Where this pipeline stands, within all pipelines it can be compared to; null when no
    /// variable tells.
    default @Nullable Sequence sequence() {
        return null;
    }

    default @Nullable String repository() {
        return null;
    }

    /// The pull request's page, where people read it.
    default @Nullable String page() {
        return null;
    }

    default @Nullable String headBranch() {
        return null;
    }

    default @Nullable String baseBranch() {
        return null;
    }
}
