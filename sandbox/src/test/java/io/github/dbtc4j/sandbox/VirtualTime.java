package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.SystemContext;

import java.time.Duration;
import java.time.Instant;

/// Time that passes only by sleeping.
public final class VirtualTime implements SystemContext {

    private Instant now;

    public VirtualTime(Instant start) {
        now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    @Override
    public void sleep(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public long random() {
        return 4;
    }
}
