package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What this invocation has done so far: the state of the protocol, and the part of a [Snapshot]
/// that no observation of the platform shows.
///
/// @param nonce of the run it wants to have, or has, and of the clone it makes for it
/// @param run its run under that nonce, null before there is one
/// @param ownClone the clone it made or uses, null for none
/// @param unconfirmedWrite the write whose response was lost, null for none
/// @param cancelRequests runs it asked the platform to cancel
/// @param cancelledSince when it first saw its run cancelled, else null
/// @param triggeredRuns every run it has triggered, its present one included
/// @param deletedLanes lanes that turned out to be deleted
/// @param kept clones that could not be deleted: this invocation does without that
/// @param clonesRefused whether the platform rejected a clone: none is requested again
public record InvocationState(
        String nonce,
        @Nullable RunId run,
        @Nullable JobId ownClone,
        @Nullable UnconfirmedWrite unconfirmedWrite,
        Map<RunId, CancelRequest> cancelRequests,
        @Nullable Instant cancelledSince,
        Set<RunId> triggeredRuns,
        Set<JobId> deletedLanes,
        Set<JobId> kept,
        boolean clonesRefused) {

    public InvocationState {
        cancelRequests = Map.copyOf(cancelRequests);
        triggeredRuns = Set.copyOf(triggeredRuns);
        deletedLanes = Set.copyOf(deletedLanes);
        kept = Set.copyOf(kept);
    }

    /// An invocation that has done nothing yet.
    public static InvocationState initial(String nonce) {
        return new InvocationState(
                nonce, null, null, null, Map.of(), null, Set.of(), Set.of(), Set.of(), false);
    }

    /// Returns a copy that records `clone`.
    public InvocationState withClone(JobId clone) {
        return new InvocationState(
                nonce,
                run,
                clone,
                null,
                cancelRequests,
                cancelledSince,
                triggeredRuns,
                deletedLanes,
                kept,
                clonesRefused);
    }

    /// Returns a copy that records `run`, triggered on `lane`, which is null for the base job.
    public InvocationState withRun(RunId run, @Nullable JobId lane) {
        JobId used = lane == null ? this.ownClone : lane;
        return new InvocationState(
                nonce,
                run,
                used,
                null,
                cancelRequests,
                null,
                plus(triggeredRuns, run),
                deletedLanes,
                kept,
                clonesRefused);
    }

    /// Returns a copy that records a write whose response was lost.
    public InvocationState withUnconfirmedWrite(UnconfirmedWrite lost) {
        return new InvocationState(
                nonce,
                run,
                ownClone,
                lost,
                cancelRequests,
                cancelledSince,
                triggeredRuns,
                deletedLanes,
                kept,
                clonesRefused);
    }

    /// Returns a copy that records a cancel request for `run`.
    public InvocationState withCancelRequest(RunId run, Instant at) {
        var all = new LinkedHashMap<>(cancelRequests);
        all.merge(
                run,
                new CancelRequest(at, at),
                (before, _) -> new CancelRequest(before.first(), at));
        return new InvocationState(
                nonce,
                this.run,
                ownClone,
                unconfirmedWrite,
                all,
                cancelledSince,
                triggeredRuns,
                deletedLanes,
                kept,
                clonesRefused);
    }

    /// Returns a copy that records that its run was seen cancelled at `at`; the first time counts.
    public InvocationState withCancelledAt(Instant at) {
        return cancelledSince != null
                ? this
                : new InvocationState(
                        nonce,
                        run,
                        ownClone,
                        unconfirmedWrite,
                        cancelRequests,
                        at,
                        triggeredRuns,
                        deletedLanes,
                        kept,
                        clonesRefused);
    }

    /// Returns a copy that needs another run, under the new `nonce`.
    public InvocationState forRerun(String nonce) {
        return new InvocationState(
                nonce,
                null,
                ownClone,
                null,
                cancelRequests,
                null,
                triggeredRuns,
                deletedLanes,
                kept,
                clonesRefused);
    }

    /// Returns a copy that records that `lane` is deleted.
    public InvocationState withoutLane(JobId lane) {
        JobId used = lane.equals(this.ownClone) ? null : this.ownClone;
        return new InvocationState(
                nonce,
                run,
                used,
                unconfirmedWrite,
                cancelRequests,
                cancelledSince,
                triggeredRuns,
                plus(deletedLanes, lane),
                kept,
                clonesRefused);
    }

    /// Returns a copy that records that `clone` could not be deleted.
    public InvocationState keeping(JobId clone) {
        return new InvocationState(
                nonce,
                run,
                ownClone,
                unconfirmedWrite,
                cancelRequests,
                cancelledSince,
                triggeredRuns,
                deletedLanes,
                plus(kept, clone),
                clonesRefused);
    }

    /// Returns a copy that records that the platform rejected a clone.
    public InvocationState withClonesRefused() {
        return new InvocationState(
                nonce,
                run,
                ownClone,
                null,
                cancelRequests,
                cancelledSince,
                triggeredRuns,
                deletedLanes,
                kept,
                true);
    }

    private static <T> Set<T> plus(Set<T> set, T element) {
        var all = new LinkedHashSet<>(set);
        all.add(element);
        return all;
    }
}
