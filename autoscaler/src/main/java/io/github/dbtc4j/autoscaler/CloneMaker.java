package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import java.time.Instant;

/// Makes clones of the base job that build what the base job would: with its variables, or not at
/// all.
record CloneMaker(Invocation invocation, UnconfirmedWrites unconfirmed) {

    Effect create(Snapshot seen) throws InterruptedException {
        Ledger ledger = invocation.ledger();
        Marker marker = marker();
        Job clone;
        ledger.sending(new UnconfirmedWrite.CreateClone(invocation.now()));
        try {
            Instant serverTime =
                    invocation.observer().serverTime().orElseGet(invocation.system()::now);
            clone = invocation.writer().createClone(invocation.base(), marker, serverTime);
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            refuseAll(e);
            return new Effect.Known(seen.with(invocation.own()));
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return unconfirmed.goOnWithoutAnswer(
                    seen, new UnconfirmedWrite.CreateClone(invocation.now()), e);
        } finally {
            ledger.sent();
        }
        var job = new JobId(clone.id());
        ledger.change(own -> own.withClone(job));
        ObservedClone made = invocation.clones().made(clone, marker, invocation.now());
        try {
            ledger.save();
            invocation.writer().copyOverrides(job, invocation.baseJob().overridesToCopy());
            ledger.equipped(job);
            return new Effect.Known(seen.with(made).with(invocation.own()));
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return refuse(job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return equipLater(e);
        }
    }

    private Marker marker() {
        return new Marker(
                new JobId(invocation.base().id()),
                invocation.request().pullRequest(),
                CloneDefinition.hash(invocation.base()),
                invocation.own().nonce(),
                invocation.options().cleanup() == Cleanup.NEVER);
    }

    /// Gives a clone that another process made, or did not finish, what it lacks of the base job's
    /// variables.
    ///
    /// @return whether it has them all; where it has others, it is not used any more
    boolean complete(JobId clone) {
        Ledger ledger = invocation.ledger();
        ledger.save();
        if (invocation.writer().completeOverrides(clone, invocation.baseJob().overridesToCopy())) {
            ledger.equipped(clone);
            return true;
        }
        invocation.clones().outdate(clone);
        return false;
    }

    /// A clone that may not have the base job's variables would build something else.
    Effect refuse(JobId clone, DbtCloudException e) throws InterruptedException {
        refuseAll(e);
        InvocationState before = invocation.own();
        if (clone.equals(before.ownClone())) {
            invocation.deleter().delete(clone, before.triggeredRuns());
        }
        invocation.ledger().change(own -> own.withoutLane(clone));
        invocation.ledger().cover(Coverage.FULL);
        return Effect.Observe.NOW;
    }

    /// Goes on where a clone may lack some of its variables: before it is triggered, those that are
    /// missing are copied.
    Effect equipLater(DbtCloudException e) {
        unconfirmed.survive(e);
        invocation.ledger().cover(Coverage.FULL);
        return Effect.Observe.NOW;
    }

    /// A pull request that can have no clone still has the base job's queue.
    private void refuseAll(DbtCloudException e) {
        invocation.announce(new Event.CloneRefused(e));
        invocation.ledger().change(InvocationState::withClonesRefused);
    }
}
