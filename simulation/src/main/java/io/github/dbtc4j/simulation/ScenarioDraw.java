package io.github.dbtc4j.simulation;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.simulation.Scenario.Trait;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Draws a [Scenario] from a seed: the pipelines, then what is done to them and to the platform,
/// then the platform.
final class ScenarioDraw {

    /// A Monday, nine o'clock.
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private static final long SCHEMAS = 0x5c4e3a5L;

    private ScenarioDraw() {}

    static Scenario of(Profile profile, long seed) {
        var chance = new ScenarioChance(seed);
        Set<Trait> traits = Scenario.noTraits();
        List<Scenario.Start> starts = new ScenarioPushes(profile, chance, traits).draw();
        var trouble = new ScenarioTrouble(profile, chance);
        starts = trouble.befalling(starts);
        List<Chaos.OfWorld> chaos = trouble.around();
        Duration grace = grace(chance);
        if (profile.compareTo(Profile.CI) >= 0 && chance.percent(20)) {
            traits.add(Trait.CANCEL_IN_PROGRESS);
        }
        Options options = options(profile, chance, traits);
        // from a stream of its own, so that everything else is as it was without
        if (new ScenarioChance(seed ^ SCHEMAS).percent(12)) {
            traits.add(Trait.SHARED_SCHEMA);
        }
        var platform = new ScenarioPlatform(profile, chance, traits);
        String type = chance.percent(60) ? "ci" : "other";
        return new Scenario(
                seed,
                profile,
                NINE,
                platform.draw(type, chaos.stream().anyMatch(it -> it instanceof Chaos.Storm)),
                type,
                platform.delay(),
                options,
                grace,
                starts,
                chaos,
                traits);
    }

    /// GitHub and Azure: 7.5 + 2.5 s; GitLab: 10 s or less; Bitbucket: none.
    private static Duration grace(ScenarioChance chance) {
        return chance.one(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ZERO);
    }

    private static Options options(Profile profile, ScenarioChance chance, Set<Trait> traits) {
        Options options = Options.defaults().pollInterval(Pipeline.POLL);
        boolean secondWave = traits.contains(Trait.SECOND_WAVE);
        if (secondWave || chance.percent(30)) {
            options = options.cloneTtl(Options.LEAST_CLONE_TTL);
        }
        if (chance.percent(secondWave ? 60 : 15)) {
            traits.add(Trait.DEFERRED_CLEANUP);
            options = options.cleanup(Cleanup.IDLE);
        }
        if (chance.percent(12)) {
            options = options.maxRunSlots(chance.from(1, 3));
        }
        if (profile.compareTo(Profile.RACES) >= 0 && chance.percent(4)) {
            traits.add(Trait.SHORT_TIMEOUT);
            options = options.timeout(chance.seconds(180, 600));
        }
        return options;
    }
}
