package io.github.dbtc4j.simulation.history;

import java.time.Instant;

/// Which of two moments comes first.
public final class Moments {

    private Moments() {}

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
