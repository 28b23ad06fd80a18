package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.observation.Observer;
import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Observes the platform for a pass, and takes note of what that shows of the own run.
record Observations(
        Invocation invocation,
        Freshness freshness,
        UnconfirmedWrites unconfirmed,
        Conclusion conclusion) {

    /// Observes all that the choice of a lane rests on.
    Snapshot observeFully() {
        invocation.ledger().cover(Coverage.FULL);
        return observe();
    }

    /// Observes as much as is due.
    Snapshot observe() {
        Ledger ledger = invocation.ledger();
        Instant now = freshness.observing(ledger.coverage());
        Observer observer = invocation.observer();
        Observer.Observation observation = observer.observe(ledger.own(), ledger.coverage(), now);
        observer.ownAnswer().ifPresent(conclusion::answered);
        Optional<ObservedRun> ownRun = observation.seen().ownRun();
        if (ownRun.filter(run -> run.status().isWithoutResult()).isPresent()) {
            ledger.change(own -> own.withCancelledAt(invocation.now()));
        }
        if (observation.own() != null) {
            Instant began = ledger.began();
            invocation.announce(
                    new Event.Progress(
                            observation.own(), Duration.between(began, invocation.now())));
        }
        Snapshot seen = unconfirmed.resolve(observation.seen().with(ledger.own()));
        ledger.cover(next(seen));
        return seen;
    }

    /// How much the next observation has to take in.
    static Coverage next(Snapshot seen) {
        InvocationState own = seen.state();
        Optional<ObservedRun> run = seen.ownRun();
        if (run.isEmpty() || own.cancelRequests().containsKey(run.get().id())) {
            return Coverage.FULL;
        }
        return run.get().status() == RunStatus.QUEUED ? Coverage.QUEUE : Coverage.PULL_REQUEST;
    }
}
