package io.github.dbtc4j.client;

import io.github.dbtc4j.http.SystemContext;

import java.time.Duration;

/// Durations by chance.
final class Jitter {

    private Jitter() {}

    /// A duration from `least` to `most`, each equally likely.
    static Duration between(Duration least, Duration most, SystemContext system) {
        double fraction = (system.random() >>> 11) * 0x1p-53;
        return least.plusNanos((long) (most.minus(least).toNanos() * fraction));
    }
}
