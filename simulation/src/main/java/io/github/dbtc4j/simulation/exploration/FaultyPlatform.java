package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.simulation.world.SimulatedProcess;
import io.github.dbtc4j.simulation.world.VirtualTime;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// The platform as processes reach it: behind [Faults], some of which let a request take effect
/// long after its sender gave up.
final class FaultyPlatform {

    private final Faults faults;
    private final VirtualTime time;
    private final Consumer<Instant> lateEffects;
    private final Set<Instant> awaited = new HashSet<>();

    /// @param lateEffects receives the moment of each late effect before it comes
    FaultyPlatform(Faults faults, VirtualTime time, Consumer<Instant> lateEffects) {
        this.faults = faults;
        this.time = time;
        this.lateEffects = lateEffects;
    }

    /// Answers `request`, which `process` waits for.
    Response handle(Request request, SimulatedProcess process) throws IOException {
        try {
            return faults.transport(process).send(request);
        } catch (InterruptedException e) {
            throw new AssertionError("no thread is interrupted in virtual time", e);
        } finally {
            awaitLateEffect();
        }
    }

    /// Lets the next late effect happen when its time has come.
    private void awaitLateEffect() {
        Instant next = faults.nextEvent().orElse(null);
        if (next != null && awaited.add(next)) {
            lateEffects.accept(next);
            time.begin(
                    "late effect",
                    next,
                    effect -> {
                        faults.advanceTo(effect.now());
                        awaitLateEffect();
                    });
        }
    }
}
