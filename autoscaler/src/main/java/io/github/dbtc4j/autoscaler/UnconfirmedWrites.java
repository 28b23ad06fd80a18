package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.state.Budgets;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

/// Writes whose response was lost, with the connection or with the process that sent them.
///
/// @param invocation whose writes
record UnconfirmedWrites(Invocation invocation) {

    /// Takes over from a process that may have ended while it sent a write.
    void resume() {
        Ledger ledger = invocation.ledger();
        ReconcilerState left = ledger.state();
        UnconfirmedWrite sending = left.sending();
        if (sending != null) {
            ledger.open(left.resumedAt(invocation.now()));
            invocation.announce(new Event.WriteInterrupted(sending));
        }
    }

    /// Finds in `seen` what such a write did.
    Snapshot resolve(Snapshot seen) {
        switch (invocation.own().unconfirmedWrite()) {
            case null -> {}
            case UnconfirmedWrite.Trigger lost ->
                    seen.runWithOwnNonce(invocation.request())
                            .ifPresent(run -> {
                                recordRun(run, lost.lane());
                                invocation.announce(new Event.RunFound(run.id()));
                            });
            case UnconfirmedWrite.CreateClone lost ->
                    seen.cloneOfOwnNonce()
                            .ifPresent(clone -> {
                                invocation.ledger().change(own -> own.withClone(clone.id()));
                                invocation.announce(new Event.CloneFound(clone.id()));
                            });
        }
        return seen.with(invocation.own());
    }

    /// There is a run on `lane`: the response to the trigger said so, or an observation.
    void recordRun(ObservedRun run, JobId lane) {
        boolean onBase = lane.value() == invocation.base().id();
        invocation.ledger().change(own -> own.withRun(run.id(), onBase ? null : lane));
        invocation.observer().triggered(run, invocation.now());
        invocation.halt().triggered(run.id());
        Options options = invocation.options();
        if (!onBase && !options.shouldPoll() && options.cleanup() == Cleanup.AFTER_RUN) {
            invocation.announce(new Event.CloneAwaited(lane));
        }
    }

    /// Goes on without a response, if what was asked for may have happened nevertheless.
    Effect goOnWithoutAnswer(Snapshot seen, UnconfirmedWrite lost, DbtCloudException e) {
        survive(e);
        invocation.ledger().change(own -> own.withUnconfirmedWrite(lost));
        invocation.announce(new Event.WriteUnconfirmed(lost, e));
        return new Effect.Known(seen.with(invocation.own()));
    }

    /// Goes on after a response was lost, unless too many were.
    void survive(DbtCloudException e) {
        if (!e.ambiguous()) {
            throw e;
        }
        invocation.ledger().spend(Budgets::withAnswerLost, e);
    }
}
