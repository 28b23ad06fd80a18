package io.github.dbtc4j.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Time that passes only in sleeps and where a test lets it pass, and repeatable chance.
public final class VirtualTime implements SystemContext {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final SplittableRandom random;
    private final List<Duration> sleeps = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;
    private boolean interrupting;

    public VirtualTime(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public void pass(Duration duration) {
        elapsed = elapsed.plus(duration);
    }

    public void interruptTheNextSleep() {
        interrupting = true;
    }

    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public Instant now() {
        return START.plus(elapsed);
    }

    @Override
    public long nanoTime() {
        // near the end of the range: a clock that overflows must not matter
        return Long.MAX_VALUE - 1_000 + elapsed.toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (interrupting) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration);
    }

    @Override
    public long random() {
        return random.nextLong();
    }
}
