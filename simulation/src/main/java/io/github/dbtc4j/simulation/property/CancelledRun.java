package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/// How the run of a pipeline without a verdict came to be cancelled.
final class CancelledRun {

    static final String BY_US = "cancelled by us";

    /// A twin that moves its run takes half a minute, and is waited for a whole one.
    private static final Duration HAND_OVER = Duration.ofSeconds(20);

    private CancelledRun() {}

    /// Why the run of a pipeline without a verdict was cancelled by another one of ours: one that
    /// meant to repeat it, and could not do so in time, has its own verdict.
    static String kind(IndexedHistory evidence, InvocationRecord invocation, long run) {
        if (!invocation.sequenced()) {
            return Violation.NO_SEQUENCE;
        }
        Instant end = invocation.acting(evidence.history.end());
        boolean heldUp =
                cancels(evidence, run)
                        .anyMatch(happened ->
                                heldUp(evidence, happened, end).compareTo(HAND_OVER) > 0);
        return heldUp ? Violation.HELD_UP : BY_US;
    }

    /// For how long the pipeline that asked for `cancel` was kept from anything until `end`.
    private static Duration heldUp(
            IndexedHistory evidence, HistoryEvent.Happened cancel, Instant end) {
        return BlockedInterval.total(
                BlockedInterval.of(evidence, by(evidence, cancel)), cancel.at(), end);
    }

    private static InvocationRecord by(IndexedHistory evidence, HistoryEvent.Happened act) {
        return evidence.invocation(Objects.requireNonNull(act.invocation(), "by none of ours"));
    }

    /// What pipelines asked the platform to cancel `run`.
    private static Stream<HistoryEvent.Happened> cancels(IndexedHistory evidence, long run) {
        return evidence.events.stream()
                .filter(happened ->
                        happened.invocation() != null
                                && happened.event() instanceof SandboxEvent.CancelRequested cancel
                                && cancel.run().id() == run
                                && !cancel.by().equals(Actor.SYSTEM));
    }

    /// Whether an invocation asked for it that had no right to: what a person or the platform
    /// cancelled is cancelled. Where the platform runs pull requests side by side it cancels their
    /// older runs by itself.
    static boolean isByUs(IndexedHistory evidence, InvocationRecord invocation, long run) {
        return cancels(evidence, run)
                .anyMatch(happened -> isNoNewer(by(evidence, happened), invocation));
    }

    /// A newer commit's pipeline may cancel a run and be killed before it triggers its own; one
    /// that has to stop cancels its run, which its twin may have taken for its own.
    private static boolean isNoNewer(InvocationRecord by, InvocationRecord invocation) {
        return by.isOurs()
                && by.survives()
                && !(by.pullRequest() != null
                        && by.pullRequest().equals(invocation.pullRequest())
                        && OwnedRun.ORDER.compare(by.order(), invocation.order()) > 0);
    }
}
