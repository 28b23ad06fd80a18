package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

/// A clone of the base job: a job whose marker says, by value, that it was made from it.
///
/// @param pullRequest the pull request it was made for, null when for none
/// @param reusable whether it still is what a fresh clone would be: same definition as the base job
///   now, all triggers off
/// @param nonce of the invocation that made it
public record ObservedClone(
        JobId id, @Nullable PullRequest pullRequest, boolean reusable, String nonce) {}
