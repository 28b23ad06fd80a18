package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What this invocation has done so far: the part of a [Snapshot] that no look at the platform
/// tells.
///
/// @param nonce of the run it wants to have, or has, and of the clone it makes for it
/// @param run its run under that nonce, null before there is one
/// @param lane the clone it made or uses, null for none
/// @param lost the write whose answer it is missing, null for none
/// @param cancels runs it asked the platform to cancel, with when it last asked
/// @param cancelledSince when it first saw its run cancelled, else null
/// @param runs how many runs it has triggered, its present one included
public record Own(
        String nonce,
        @Nullable RunId run,
        @Nullable JobId lane,
        @Nullable Lost lost,
        Map<RunId, Instant> cancels,
        @Nullable Instant cancelledSince,
        int runs) {

    public Own {
        cancels = Map.copyOf(cancels);
    }

    /// An invocation that has done nothing yet.
    public static Own fresh(String nonce) {
        return new Own(nonce, null, null, null, Map.of(), null, 0);
    }

    /// The same with `clone` as its own.
    public Own on(JobId clone) {
        return new Own(nonce, run, clone, null, cancels, cancelledSince, runs);
    }

    /// The same after it triggered `run`.
    public Own triggered(RunId run) {
        return new Own(nonce, run, lane, null, cancels, null, runs + 1);
    }

    /// The same after the answer to a write was lost.
    public Own missing(Lost lost) {
        return new Own(nonce, run, lane, lost, cancels, cancelledSince, runs);
    }

    /// The same after it asked for the cancellation of `run`.
    public Own askedToCancel(RunId run, Instant at) {
        var all = new LinkedHashMap<>(cancels);
        all.put(run, at);
        return new Own(nonce, this.run, lane, lost, all, cancelledSince, runs);
    }

    /// The same after it saw its run cancelled, at `at`; the first time counts.
    public Own sawCancelled(Instant at) {
        return cancelledSince != null ? this : new Own(nonce, run, lane, lost, cancels, at, runs);
    }

    /// The same, in want of another run under the new `nonce`.
    public Own again(String nonce) {
        return new Own(nonce, null, lane, null, cancels, null, runs);
    }
}
