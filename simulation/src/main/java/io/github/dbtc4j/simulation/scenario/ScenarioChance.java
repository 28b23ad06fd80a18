package io.github.dbtc4j.simulation.scenario;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// What a scenario is drawn from: all of it follows from one seed.
final class ScenarioChance {

    private final SplittableRandom random;

    ScenarioChance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// Whether something happens that happens to so many of a hundred.
    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    /// From `least` to `most`, both included.
    int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    long bits() {
        return random.nextLong();
    }

    /// From `least` to `most` seconds, to the millisecond.
    Duration seconds(int least, int most) {
        return Duration.ofMillis(random.nextLong(least * 1000L, most * 1000L + 1));
    }

    /// One of `all`; what is there several times comes so much more often.
    @SafeVarargs
    final <T> T one(T... all) {
        return all[random.nextInt(all.length)];
    }

    /// One of `all`.
    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
