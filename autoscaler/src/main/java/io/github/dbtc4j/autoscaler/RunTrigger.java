package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.autoscaler.state.Budgets;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

/// Triggers the own run on a lane.
record RunTrigger(
        Invocation invocation,
        Freshness freshness,
        UnconfirmedWrites unconfirmed,
        CloneMaker cloneMaker,
        Conclusion conclusion) {

    Effect trigger(Snapshot seen, Lane lane) throws InterruptedException {
        JobId job =
                switch (lane) {
                    case Lane.Base(JobId base) -> base;
                    case Lane.Clone(JobId clone) -> clone;
                    case Lane.NewClone() ->
                            throw new IllegalStateException("the clone comes first");
                };
        if (invocation.own().run() != null) {
            String nonce = invocation.newNonce();
            invocation.ledger().change(own -> own.forRerun(nonce));
        }
        Effect unready = lane instanceof Lane.Clone ? equip(lane, job) : null;
        return unready == null ? send(seen, lane, job) : unready;
    }

    /// Sees to it that a clone has its variables.
    ///
    /// @return null where it may be triggered now
    private @Nullable Effect equip(Lane lane, JobId clone) throws InterruptedException {
        if (invocation.ledger().isEquipped(clone)) {
            return null;
        }
        try {
            if (cloneMaker.complete(clone) && !freshness.isStale()) {
                return null;
            }
            invocation.ledger().cover(Coverage.FULL);
            return Effect.Observe.NOW;
        } catch (DbtCloudException.Rejected e) {
            return cloneMaker.refuse(clone, e);
        } catch (DbtCloudException.NotFound e) {
            return loseLane(lane, clone, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return cloneMaker.equipLater(e);
        }
    }

    private Effect send(Snapshot seen, Lane lane, JobId job) throws InterruptedException {
        Ledger ledger = invocation.ledger();
        try {
            ApiResponse<Run> triggered = send(job);
            conclusion.answered(triggered);
            ObservedRun run = invocation.observer().observed(triggered.data());
            unconfirmed.recordRun(run, job);
            Snapshot after = seen.with(run).with(invocation.own());
            ledger.cover(Observations.next(after));
            return new Effect.Known(after);
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return loseLane(lane, job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return unconfirmed.goOnWithoutAnswer(
                    seen, new UnconfirmedWrite.Trigger(job, invocation.now()), e);
        }
    }

    private ApiResponse<Run> send(JobId job) throws InterruptedException {
        Ledger ledger = invocation.ledger();
        Halt halt = invocation.halt();
        halt.triggering();
        try {
            ledger.sending(new UnconfirmedWrite.Trigger(job, invocation.now()));
            return invocation.writer().trigger(job, invocation.own().nonce());
        } catch (DbtCloudException e) {
            if (!e.ambiguous()) {
                halt.refused();
            }
            throw e;
        } finally {
            ledger.sent();
        }
    }

    /// The clone was deleted meanwhile: what to do is decided anew.
    private Effect loseLane(Lane lane, JobId job, DbtCloudException e) {
        boolean refused = e instanceof DbtCloudException.Rejected;
        if (!(lane instanceof Lane.Clone)) {
            throw e;
        }
        invocation.ledger().spend(Budgets::withLaneLost, e);
        if (refused && isThere(job)) {
            throw e;
        }
        invocation.announce(new Event.LaneGone(job));
        invocation.ledger().change(own -> own.withoutLane(job));
        return Effect.Observe.NOW;
    }

    private boolean isThere(JobId job) {
        invocation.clones().read(invocation.now());
        return invocation.clones().all(invocation.own(), invocation.now()).stream()
                .anyMatch(clone -> clone.id().equals(job));
    }
}
