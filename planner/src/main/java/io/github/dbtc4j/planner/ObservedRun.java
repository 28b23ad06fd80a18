package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/// A run as it was last seen. All times are by the platform's clock.
///
/// @param job the job it is a run of: the base job, a clone, or anybody's
/// @param pullRequest null for a run that belongs to none
/// @param claim null for a run that no invocation of this tool triggered
/// @param startedAt when it began to execute, null when it has not
/// @param finishedAt when it came to its end, null when it has not
/// @param usesRunSlot whether it takes one of the account's run slots while it executes
public record ObservedRun(
        RunId id,
        JobId job,
        RunStatus status,
        @Nullable PullRequest pullRequest,
        @Nullable Claim claim,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        boolean usesRunSlot) {

    /// Oldest first. The platform's own time decides; the number only where that is equal.
    static final Comparator<ObservedRun> BY_AGE =
            Comparator.comparing(ObservedRun::createdAt).thenComparing(ObservedRun::id);

    /// The same in another status.
    public ObservedRun in(RunStatus status) {
        return new ObservedRun(
                id, job, status, pullRequest, claim, createdAt, startedAt, finishedAt, usesRunSlot);
    }

    /// The same, found gone with its job at `moment`.
    public ObservedRun goneBy(Instant moment) {
        return new ObservedRun(
                id,
                job,
                RunStatus.CANCELLED,
                pullRequest,
                claim,
                createdAt,
                startedAt,
                moment,
                usesRunSlot);
    }

    /// The same as far along as `later`.
    ObservedRun as(ObservedRun later) {
        return new ObservedRun(
                id,
                job,
                later.status,
                pullRequest,
                claim,
                createdAt,
                later.startedAt,
                later.finishedAt,
                usesRunSlot);
    }

    /// Whether it was triggered under `nonce`.
    boolean cameOf(String nonce) {
        return claim != null && claim.nonce().equals(nonce);
    }

    boolean isActive() {
        return status.isActive();
    }

    /// Whether it had not ended at `moment`.
    boolean goesOnAt(Instant moment) {
        return finishedAt == null || finishedAt.isAfter(moment);
    }

    boolean isNewerThan(ObservedRun other) {
        return BY_AGE.compare(this, other) > 0;
    }

    /// Whether it wrote into the warehouse at any time after `other` began to.
    boolean executedSince(ObservedRun other) {
        Instant began = other.startedAt() == null ? other.createdAt() : other.startedAt();
        return startedAt != null && goesOnAt(began);
    }
}
