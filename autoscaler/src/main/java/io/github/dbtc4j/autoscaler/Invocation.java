package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CloneDeleter;
import io.github.dbtc4j.autoscaler.clone.Inspector;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.BaseJobCache;
import io.github.dbtc4j.autoscaler.observation.CloneList;
import io.github.dbtc4j.autoscaler.observation.Observer;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.autoscaler.state.Journal;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/// What is asked for, and what the parts of a [Reconciler] work on it with.
record Invocation(
        DbtCloudClient client,
        SystemContext system,
        InstantSource clock,
        ProgressListener listener,
        Options options,
        CiRequest request,
        BaseJobCache baseJob,
        CloneList clones,
        Observer observer,
        PlatformWriter writer,
        CloneDeleter deleter,
        Halt halt,
        Ledger ledger) {

    /// One that has done nothing yet.
    ///
    /// @param base as it was just read
    static Invocation of(
            DbtCloudClient client,
            SystemContext system,
            ProgressListener listener,
            Job base,
            Payload payload,
            Options options,
            Halt halt,
            Journal journal) {
        InstantSource clock = system.steadyClock();
        Instant now = clock.instant();
        var body = new TriggerBody(base, payload, options.timeout());
        CiRequest request = body.request(options.sequence());
        var baseJob = new BaseJobCache(client, listener, base, now);
        var clones = new CloneList(client, baseJob);
        var observer = new Observer(client, clock, request, options.lanes(), baseJob, clones);
        var deleter =
                new CloneDeleter(
                        Inspector.ofClonesOf(base, client, system),
                        system,
                        listener,
                        new JobId(base.id()));
        ReconcilerState initial = ReconcilerState.initial(now, nonce(system));
        return new Invocation(
                client,
                system,
                clock,
                listener,
                options,
                request,
                baseJob,
                clones,
                observer,
                new PlatformWriter(client, base, body, request, listener),
                deleter,
                halt,
                new Ledger(journal, observer, initial));
    }

    /// Sixteen hexadecimal digits that no other run or clone was made with.
    String newNonce() {
        return nonce(system);
    }

    private static String nonce(SystemContext system) {
        return HexFormat.of().toHexDigits(system.random());
    }

    Instant now() {
        return clock.instant();
    }

    Job base() {
        return baseJob.base();
    }

    InvocationState own() {
        return ledger.own();
    }

    void announce(Event event) {
        listener.onEvent(event);
    }
}
