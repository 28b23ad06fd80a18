package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.SystemContext;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The platform's time, which passes `speed` times as fast as the machine's and can be pushed
/// ahead.
final class PlatformClock implements InstantSource {

    private final SystemContext machine;
    private final long machineStart;
    private final double speed;
    private volatile Instant start;

    PlatformClock(Instant start, double speed, SystemContext machine) {
        if (!(speed > 0 && speed <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "speed: expected over 0 and at most 1000000, found " + speed);
        }
        this.start = start;
        this.speed = speed;
        this.machine = machine;
        this.machineStart = machine.nanoTime();
    }

    @Override
    public Instant instant() {
        return start.plusNanos((long) ((machine.nanoTime() - machineStart) * speed));
    }

    double speed() {
        return speed;
    }

    synchronized void skip(Duration duration) {
        start = start.plus(duration);
    }

    /// Waits until that much platform time has passed.
    void sleep(Duration duration) throws InterruptedException {
        machine.sleep(Duration.ofNanos((long) Math.ceil(duration.toNanos() / speed)));
    }
}
