package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;
import io.github.dbtc4j.simulation.world.Profile;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// Plays scenarios until one shows that the protocol is broken. A [MutantLoader] loads it along
/// with a mutant, so what goes in and out is plain.
public final class MutantHunt {

    /// As many scenarios are played at a time before the result is looked at.
    private static final int CHUNK = 40;

    private MutantHunt() {}

    /// Plays the scenario of the seed `hint`, and those of the seeds from 1 to `most`.
    ///
    /// @return the first seed and what is broken there; nothing when all goes well
    public static List<String> hunt(
            String profile, String strategy, String variation, long hint, int most, int threads)
            throws InterruptedException {
        var found = new ConcurrentSkipListMap<Long, String>();
        Consumer<History> judge =
                history ->
                        AcceptanceLimits.breaches(List.of(Tally.of(history))).stream()
                                .findFirst()
                                .ifPresent(text -> found.put(history.seed(), text));
        var scenarios = Profile.valueOf(profile);
        var strategyOfOurs = Strategy.valueOf(strategy);
        var claims = Variation.valueOf(variation);
        ScenarioRunner.explore(scenarios, strategyOfOurs, hint, 1, claims, 1, judge);
        for (long seed = 1; seed <= most && found.isEmpty(); seed += CHUNK) {
            ScenarioRunner.explore(scenarios, strategyOfOurs, seed, CHUNK, claims, threads, judge);
        }
        return found.isEmpty()
                ? List.of()
                : List.of(found.firstKey().toString(), found.firstEntry().getValue());
    }
}
