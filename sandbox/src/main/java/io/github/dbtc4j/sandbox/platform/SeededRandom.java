package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.Pace;

import java.time.Duration;

/// Numbers that look like chance and follow from a seed and from what they are about, so that one
/// run's luck does not depend on how many others were asked about before. (SplitMix64.)
public final class SeededRandom {

    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    static SeededRandom of(long seed, long about, Topic topic) {
        var chance = new SeededRandom(seed);
        chance.state = chance.nextLong() ^ about * 0x9E3779B97F4A7C15L;
        chance.state = chance.nextLong() ^ topic.salt;
        return chance;
    }

    /// What is left to chance.
    public enum Topic {
        RUN(0x52),
        CANCEL(0x43),
        LAG(0x4C),
        NODES(0x4E),
        COMMIT(0x53),
        HISTORY(0x48);

        private final long salt;

        Topic(long salt) {
            this.salt = salt;
        }
    }

    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// From 0 to below 1.
    double next() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /// From 0 to below `bound`.
    public int below(int bound) {
        return (int) (next() * bound);
    }

    /// Within `range`, to the millisecond.
    Duration within(Pace.Range range) {
        long least = range.least().toMillis();
        long most = range.most().toMillis();
        return Duration.ofMillis(least + (long) (next() * (most - least + 1)));
    }
}
