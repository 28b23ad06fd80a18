package io.github.dbtc4j.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time and chance, handed in so that the same code runs on this machine's clock and in a
/// simulation's virtual time.
public interface SystemContext {

    /// The present moment, by this side's clock. Ages of things on the platform are not measured
    /// with it but with the platform's own `Date`.
    Instant now();

    /// Nanoseconds of a clock that never jumps, for measuring durations and deadlines.
    long nanoTime();

    /// Waits. Zero and negative durations return at once.
    void sleep(Duration duration) throws InterruptedException;

    /// 64 random bits.
    long random();

    /// A clock that shows [#now] at first and never jumps from then on.
    default InstantSource steadyClock() {
        Instant began = now();
        long beganNanos = nanoTime();
        return () -> began.plusNanos(nanoTime() - beganNanos);
    }

    /// The clock, sleep and randomness of this machine.
    static SystemContext real() {
        return RealSystemContext.INSTANCE;
    }
}
