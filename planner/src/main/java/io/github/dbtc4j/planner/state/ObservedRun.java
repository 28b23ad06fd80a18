package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/// A run as it was last seen. All times are by the platform's clock.
///
/// @param job the job it is a run of: the base job, a clone, or anybody's
/// @param pullRequest null for a run that belongs to none
/// @param claim null for a run that no invocation of this tool triggered. Anybody who may trigger a
///   job can write one: see [Belief]
/// @param build what it was triggered to build
/// @param commit what was checked out, in full, null until then
/// @param cloneOf the base job that the marker of its job names, null when that bears none or was
///   not sent along
/// @param startedAt when it began to execute, null when it has not
/// @param finishedAt when it came to its end, null when it has not
/// @param usesRunSlot whether it takes one of the account's run slots while it executes
public record ObservedRun(
        RunId id,
        JobId job,
        RunStatus status,
        @Nullable PullRequest pullRequest,
        @Nullable Claim claim,
        Build build,
        @Nullable String commit,
        @Nullable JobId cloneOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        boolean usesRunSlot) {

    /// Oldest first. The platform's own time decides; the number only where that is equal.
    public static final Comparator<ObservedRun> BY_AGE =
            Comparator.comparing(ObservedRun::createdAt).thenComparing(ObservedRun::id);

    /// Returns a copy found gone with its job at `moment`, or, where that is null, at a moment
    /// after which it may still write. Whether it executed after it was last seen is unknown; it
    /// counts as if it had.
    public ObservedRun deletedAt(@Nullable Instant moment) {
        return withProgressOf(RunStatus.GONE, commit, executedFrom(), moment);
    }

    /// Returns a copy as far along as `later`.
    ObservedRun withProgressOf(ObservedRun later) {
        return withProgressOf(
                later.status,
                later.commit == null ? commit : later.commit,
                later.startedAt,
                later.finishedAt);
    }

    private ObservedRun withProgressOf(
            RunStatus status,
            @Nullable String commit,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        return new ObservedRun(
                id,
                job,
                status,
                pullRequest,
                claim,
                build,
                commit,
                cloneOf,
                createdAt,
                startedAt,
                finishedAt,
                usesRunSlot);
    }

    public boolean isActive() {
        return status.isActive();
    }

    /// Whether it had not ended at `moment`.
    public boolean isActiveAt(Instant moment) {
        return finishedAt == null || finishedAt.isAfter(moment);
    }

    public boolean isNewerThan(ObservedRun other) {
        return BY_AGE.compare(this, other) > 0;
    }

    /// Whether it wrote into the warehouse at any time while `other` did.
    public boolean executedBeside(ObservedRun other) {
        return startedAt != null && executedSince(other) && other.isActiveAt(startedAt);
    }

    /// Whether it wrote into the warehouse at any time after `other` began to.
    public boolean executedSince(ObservedRun other) {
        return startedAt != null && isActiveAt(other.executedFrom());
    }

    /// The moment before which it has written nothing into the warehouse.
    public Instant executedFrom() {
        return startedAt == null ? createdAt : startedAt;
    }
}
