package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What this invocation has done so far: the state of the protocol, and the part of a [Snapshot]
/// that no look at the platform tells.
///
/// @param nonce of the run it wants to have, or has, and of the clone it makes for it
/// @param run its run under that nonce, null before there is one
/// @param lane the clone it made or uses, null for none
/// @param lost the write whose answer it is missing, null for none
/// @param cancels runs it asked the platform to cancel
/// @param cancelledSince when it first saw its run cancelled, else null
/// @param runs every run it has triggered, its present one included
/// @param gone lanes that turned out to be deleted
/// @param kept clones that could not be deleted: this invocation does without that
/// @param clonesRefused whether the platform would not create a clone: it is not asked again
public record Own(
        String nonce,
        @Nullable RunId run,
        @Nullable JobId lane,
        @Nullable Lost lost,
        Map<RunId, Asked> cancels,
        @Nullable Instant cancelledSince,
        Set<RunId> runs,
        Set<JobId> gone,
        Set<JobId> kept,
        boolean clonesRefused) {

    public Own {
        cancels = Map.copyOf(cancels);
        runs = Set.copyOf(runs);
        gone = Set.copyOf(gone);
        kept = Set.copyOf(kept);
    }

    /// An invocation that has done nothing yet.
    public static Own fresh(String nonce) {
        return new Own(
                nonce, null, null, null, Map.of(), null, Set.of(), Set.of(), Set.of(), false);
    }

    /// The same after it made `clone`.
    public Own made(JobId clone) {
        return new Own(
                nonce, run, clone, null, cancels, cancelledSince, runs, gone, kept, clonesRefused);
    }

    /// The same after it triggered `run` on `lane`, which is null for the base job.
    public Own triggered(RunId run, @Nullable JobId lane) {
        JobId used = lane == null ? this.lane : lane;
        return new Own(
                nonce, run, used, null, cancels, null, plus(runs, run), gone, kept, clonesRefused);
    }

    /// The same after the answer to a write was lost.
    public Own missing(Lost lost) {
        return new Own(
                nonce, run, lane, lost, cancels, cancelledSince, runs, gone, kept, clonesRefused);
    }

    /// The same after it asked for the cancellation of `run`.
    public Own askedToCancel(RunId run, Instant at) {
        var all = new LinkedHashMap<>(cancels);
        all.merge(run, new Asked(at, at), (before, _) -> new Asked(before.first(), at));
        return new Own(
                nonce, this.run, lane, lost, all, cancelledSince, runs, gone, kept, clonesRefused);
    }

    /// The same after it saw its run cancelled, at `at`; the first time counts.
    public Own sawCancelled(Instant at) {
        return cancelledSince != null
                ? this
                : new Own(nonce, run, lane, lost, cancels, at, runs, gone, kept, clonesRefused);
    }

    /// The same, in want of another run under the new `nonce`.
    public Own again(String nonce) {
        return new Own(nonce, null, lane, null, cancels, null, runs, gone, kept, clonesRefused);
    }

    /// The same after `lane` turned out to be deleted.
    public Own without(JobId lane) {
        JobId used = lane.equals(this.lane) ? null : this.lane;
        return new Own(
                nonce,
                run,
                used,
                lost,
                cancels,
                cancelledSince,
                runs,
                plus(gone, lane),
                kept,
                clonesRefused);
    }

    /// The same after `clone` could not be deleted.
    public Own keeping(JobId clone) {
        return new Own(
                nonce,
                run,
                lane,
                lost,
                cancels,
                cancelledSince,
                runs,
                gone,
                plus(kept, clone),
                clonesRefused);
    }

    /// The same after the platform would not create a clone.
    public Own withClonesRefused() {
        return new Own(nonce, run, lane, null, cancels, cancelledSince, runs, gone, kept, true);
    }

    private static <T> Set<T> plus(Set<T> set, T element) {
        var all = new LinkedHashSet<>(set);
        all.add(element);
        return all;
    }
}
