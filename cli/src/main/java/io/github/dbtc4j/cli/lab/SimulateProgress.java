package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.terminal.Stderr;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// How far a simulation has come: a status that is rewritten on a terminal, else a line for each
/// hundredth. A violated property is reported at once, a few times: a long run need not end to be
/// of use.
final class SimulateProgress implements Consumer<Tally> {

    private static final int MOST_TOLD = 20;

    private final Stderr stderr;
    private final long total;
    private final SystemContext machine;
    private final long began;
    private final AtomicLong played = new AtomicLong();
    private final AtomicInteger told = new AtomicInteger();

    SimulateProgress(Stderr stderr, long total, SystemContext machine) {
        this.stderr = stderr;
        this.total = total;
        this.machine = machine;
        this.began = machine.nanoTime();
    }

    @Override
    public void accept(Tally tally) {
        List<String> breaches = AcceptanceLimits.breaches(List.of(tally));
        if (!breaches.isEmpty() && told.incrementAndGet() <= MOST_TOLD) {
            breaches.forEach(stderr::line);
        }
        long now = played.incrementAndGet();
        if (stderr.isLive() && now % 50 == 0) {
            stderr.status(sentence(now));
        } else if (now * 100 / total > (now - 1) * 100 / total) {
            stderr.line(sentence(now));
        }
    }

    private String sentence(long now) {
        Duration elapsed = Duration.ofNanos(machine.nanoTime() - began);
        long rate = Math.round(now / Math.max(0.001, elapsed.toMillis() / 1000.0));
        return "%,d of %,d scenarios, %d a second".formatted(now, total, rate);
    }
}
