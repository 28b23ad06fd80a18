package io.github.dbtc4j.cli;

import io.github.dbtc4j.client.Surroundings;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How far a simulation has come: a status that is rewritten on a terminal, else a line for each
/// tenth.
final class SimulateProgress implements Runnable {

    private final Stderr stderr;
    private final long total;
    private final Surroundings machine;
    private final long began;
    private final AtomicLong played = new AtomicLong();

    SimulateProgress(Stderr stderr, long total, Surroundings machine) {
        this.stderr = stderr;
        this.total = total;
        this.machine = machine;
        this.began = machine.nanoTime();
    }

    /// One more was played.
    @Override
    public void run() {
        long now = played.incrementAndGet();
        if (stderr.isLive() && now % 50 == 0) {
            stderr.status(sentence(now));
        } else if (now * 10 / total > (now - 1) * 10 / total) {
            stderr.line(sentence(now));
        }
    }

    private String sentence(long now) {
        Duration elapsed = Duration.ofNanos(machine.nanoTime() - began);
        long rate = Math.round(now / Math.max(0.001, elapsed.toMillis() / 1000.0));
        return "%,d of %,d scenarios, %d a second".formatted(now, total, rate);
    }
}
