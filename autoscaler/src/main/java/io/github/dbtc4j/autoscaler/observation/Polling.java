package io.github.dbtc4j.autoscaler.observation;

import java.time.Duration;

/// When to look at a run that is waited for.
public sealed interface Polling {

    /// How long between two looks, positive: always, or where nothing better is known.
    Duration interval();

    /// The longest time between two looks while a run goes on.
    default Duration longest() {
        long tenths =
                switch (this) {
                    case Fixed every -> 12;
                    case Adaptive planned -> 12 * Adaptive.MOST_INTERVALS;
                };
        return interval().multipliedBy(tenths).dividedBy(10);
    }

    /// Looks every `interval`, give or take 20 %.
    record Fixed(Duration interval) implements Polling {
        public Fixed {
            requirePositive(interval);
        }
    }

    /// Looks when the run is likely to have ended, judging by how long the job's recent runs took:
    /// an end is noticed as soon as by looking every `interval`, on average over such runs, with
    /// fewer looks. Between two looks are a quarter of `interval` at least and three times as much
    /// at most, so that a run which ends when none was expected to is noticed that late at worst,
    /// give or take 20 %. Where too few runs are known it looks every `interval`.
    record Adaptive(Duration interval) implements Polling {

        /// So many intervals at most are between two looks, give or take.
        static final int MOST_INTERVALS = 3;

        public Adaptive {
            requirePositive(interval);
        }
    }

    private static void requirePositive(Duration interval) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException(
                    "the time between two looks must be positive, it is " + interval);
        }
    }
}
