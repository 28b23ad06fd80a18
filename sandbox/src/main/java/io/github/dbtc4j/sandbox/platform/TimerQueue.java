package io.github.dbtc4j.sandbox.platform;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// The present moment and everything that is going to happen by itself.
public final class TimerQueue {

    /// Something that will happen unless it is switched off.
    public static final class Timer {
        private final Instant at;
        private final long order;
        private final Consumer<Instant> action;
        private boolean off;

        private Timer(Instant at, long order, Consumer<Instant> action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }

        void off() {
            off = true;
        }
    }

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.<Timer, Instant>comparing(t -> t.at)
                            .thenComparingLong(t -> t.order));
    private long sequence;
    private Instant now;

    TimerQueue(Instant start) {
        this.now = start;
    }

    Instant now() {
        return now;
    }

    public Timer at(Instant when, Consumer<Instant> action) {
        var timer = new Timer(when, sequence++, action);
        timers.add(timer);
        return timer;
    }

    public Optional<Instant> next() {
        Timer first = timers.peek();
        while (first != null && first.off) {
            timers.poll();
            first = timers.peek();
        }
        return first == null ? Optional.empty() : Optional.of(first.at);
    }

    /// Lets everything due happen in order; `until` in the past changes nothing.
    public void advanceTo(Instant until) {
        Timer first = timers.peek();
        while (first != null && (first.off || !first.at.isAfter(until))) {
            timers.poll();
            if (!first.off) {
                if (first.at.isAfter(now)) {
                    now = first.at;
                }
                first.action.accept(now);
            }
            first = timers.peek();
        }
        if (until.isAfter(now)) {
            now = until;
        }
    }
}
