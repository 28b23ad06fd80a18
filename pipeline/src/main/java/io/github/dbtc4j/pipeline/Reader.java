package io.github.dbtc4j.pipeline;

import io.github.dbtc4j.planner.PullRequest;
import io.github.dbtc4j.planner.Sequence;

import org.jspecify.annotations.Nullable;

/// Reads the variables of one CI system.
///
/// Every method may throw a [RefusalException] that names the variable it looked at.
interface Reader {

    CiSystem system();

    /// The pull request this pipeline is of. Refuses outside one.
    PullRequest pullRequest();

    /// Refuses when the pull request was merged or closed, where anything tells.
    default void refuseClosed() {}

    /// Refuses when the head is in another repository. Outside a pull request there is nothing to
    /// refuse.
    void refuseFork();

    /// What to refuse a draft with; null when it is none or nobody tells.
    @Nullable RefusalException draft();

    /// The last commit of the head branch.
    String commit();

    /// Where this pipeline stands, within all pipelines it can be compared to; null when no
    /// variable tells.
    @Nullable Sequence sequence();

    @Nullable String repository();

    @Nullable String headBranch();

    @Nullable String baseBranch();
}
