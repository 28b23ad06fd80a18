package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.http.SystemContext;

import java.time.Instant;
import java.time.InstantSource;

/// The machine's clock as it was at first, which never jumps from then on.
final class SteadyClock implements InstantSource {

    private final SystemContext system;
    private final Instant began;
    private final long beganNanos;

    SteadyClock(SystemContext system) {
        this.system = system;
        this.began = system.now();
        this.beganNanos = system.nanoTime();
    }

    @Override
    public Instant instant() {
        return began.plusNanos(system.nanoTime() - beganNanos);
    }
}
