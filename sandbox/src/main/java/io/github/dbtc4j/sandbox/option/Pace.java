package io.github.dbtc4j.sandbox.option;

import java.time.Duration;

/// How long things take on the platform and how often they fail. Every figure is drawn by seed.
///
/// @param prep shortest and longest time from leaving the queue to executing (status Starting)
/// @param ci shortest and usual longest time a CI job's run executes; one in ten takes up to three
///   times as long
/// @param production the same for all other jobs
/// @param cancel shortest and longest time from the request to cancel a starting or running run to
///   its end
/// @param visibilityLag the longest time it takes until a new run or job shows up in lists; each
///   takes its own, so they may appear out of order. Reading one by its id is not affected. Whether
///   the real platform has such a lag is not known; zero by default
/// @param failureRate the share of runs that end in Error, from 0 to 1
public record Pace(
        Range prep,
        Range ci,
        Range production,
        Range cancel,
        Duration visibilityLag,
        double failureRate) {

    /// From `least` to `most`, both included.
    public record Range(Duration least, Duration most) {
        public Range {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("not a range: " + least + " to " + most);
            }
        }

        /// From `least` to `most` seconds.
        public static Range seconds(long least, long most) {
            return new Range(Duration.ofSeconds(least), Duration.ofSeconds(most));
        }
    }

    public Pace {
        if (visibilityLag.isNegative() || !(failureRate >= 0 && failureRate <= 1)) {
            throw new IllegalArgumentException(
                    "a lag must not be negative and a rate is from 0 to 1");
        }
    }

    /// Prep 5–30 s, CI 2–9 min, other jobs 4–15 min, cancel 1–15 s, no lag, one run in twelve
    /// fails.
    public static Pace realistic() {
        return new Pace(
                Range.seconds(5, 30),
                Range.seconds(120, 540),
                Range.seconds(240, 900),
                Range.seconds(1, 15),
                Duration.ZERO,
                1.0 / 12);
    }

    /// This pace with another range for prep.
    public Pace prep(Range changed) {
        return new Pace(changed, ci, production, cancel, visibilityLag, failureRate);
    }

    /// This pace with another range for CI runs.
    public Pace ci(Range changed) {
        return new Pace(prep, changed, production, cancel, visibilityLag, failureRate);
    }

    /// This pace with another range for all other runs.
    public Pace production(Range changed) {
        return new Pace(prep, ci, changed, cancel, visibilityLag, failureRate);
    }

    /// This pace with another range for cancelling.
    public Pace cancel(Range changed) {
        return new Pace(prep, ci, production, changed, visibilityLag, failureRate);
    }

    /// This pace with another lag.
    public Pace visibilityLag(Duration changed) {
        return new Pace(prep, ci, production, cancel, changed, failureRate);
    }

    /// This pace with another failure rate.
    public Pace failureRate(double changed) {
        return new Pace(prep, ci, production, cancel, visibilityLag, changed);
    }
}
