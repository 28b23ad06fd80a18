package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A clone of the base job: a job whose marker says, by value, that it was made from it.
///
/// @param pullRequest the pull request it was made for, null when for none
/// @param nonce of the invocation that made it
/// @param createdAt by the platform's clock
public record ObservedClone(
        JobId id,
        @Nullable PullRequest pullRequest,
        Condition condition,
        String nonce,
        Instant createdAt) {

    /// Whether it can be used.
    public enum Condition {
        /// It is what a fresh clone would be.
        USABLE,
        /// The base job has been changed since it was made.
        OUTDATED,
        /// The platform may start it by itself, or it is deactivated: it must not be used any more.
        TAMPERED
    }

    /// Returns a copy made from a base job that has been changed since.
    public ObservedClone outdated() {
        return condition == Condition.USABLE
                ? new ObservedClone(id, pullRequest, Condition.OUTDATED, nonce, createdAt)
                : this;
    }
}
