package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/// A run as it was last seen.
///
/// @param job the job it is a run of: the base job, a clone, or anybody's
/// @param pullRequest null for a run that belongs to none
/// @param claim null for a run that no invocation of this tool triggered
/// @param createdAt by the platform's clock
/// @param usesRunSlot whether it takes one of the account's run slots while it executes
public record ObservedRun(
        RunId id,
        JobId job,
        RunStatus status,
        @Nullable PullRequest pullRequest,
        @Nullable Claim claim,
        Instant createdAt,
        boolean usesRunSlot) {

    /// Oldest first. The platform's own time decides; the number only where that is equal.
    static final Comparator<ObservedRun> BY_AGE =
            Comparator.comparing(ObservedRun::createdAt).thenComparing(ObservedRun::id);

    /// The same in another status.
    public ObservedRun in(RunStatus status) {
        return new ObservedRun(id, job, status, pullRequest, claim, createdAt, usesRunSlot);
    }

    /// Whether it was triggered under `nonce`.
    boolean cameOf(String nonce) {
        return claim != null && claim.nonce().equals(nonce);
    }

    boolean isActive() {
        return status.isActive();
    }

    boolean isNewerThan(ObservedRun other) {
        return BY_AGE.compare(this, other) > 0;
    }
}
