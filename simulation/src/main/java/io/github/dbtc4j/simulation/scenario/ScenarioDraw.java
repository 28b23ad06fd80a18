package io.github.dbtc4j.simulation.scenario;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.simulation.scenario.Scenario.Trait;
import io.github.dbtc4j.simulation.strategy.Namesake;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.world.Profile;
import io.github.dbtc4j.simulation.world.Repository;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Draws a [Scenario] from a seed: the pipelines, then what is done to them and to the platform,
/// then the platform.
public final class ScenarioDraw {

    /// A Monday, nine o'clock.
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private static final long SCHEMAS = 0x5c4e3a5L;
    private static final long NAMESAKES = 0x4a3e5a4eL;
    private static final long CAPS = 0xca95L;
    private static final long PROJECTS = 0x940ec75L;
    private static final long DEADLINES = 0xdead114eL;
    private static final long GONE = 0x904eL;

    private ScenarioDraw() {}

    public static Scenario of(Profile profile, long seed) {
        var chance = new ScenarioChance(seed);
        Set<Trait> traits = Scenario.noTraits();
        List<Scenario.Start> starts = new ScenarioPushes(profile, chance, traits).draw();
        var trouble = new ChaosGenerator(profile, chance);
        starts = trouble.befalling(starts);
        List<ChaosEvent.OfWorld> chaos = trouble.around();
        Duration grace = grace(chance);
        if (profile.compareTo(Profile.CI) >= 0 && chance.percent(20)) {
            traits.add(Trait.CANCEL_IN_PROGRESS);
        }
        Options options = options(profile, chance, traits);
        // each from a stream of its own, so that everything else is as it was without
        if (new ScenarioChance(seed ^ SCHEMAS).percent(12)) {
            traits.add(Trait.SHARED_SCHEMA);
        }
        if (traits.contains(Trait.EQUAL_NUMBERS)
                && new ScenarioChance(seed ^ PROJECTS).percent(50)) {
            traits.add(Trait.TWO_PROJECTS);
        }
        if (options.maxRunSlots() != null && new ScenarioChance(seed ^ CAPS).percent(25)) {
            options = options.maxRunSlots(0);
        }
        if (traits.contains(Trait.SHORT_TIMEOUT)) {
            var deadlines = new ScenarioChance(seed ^ DEADLINES);
            options = deadlines.percent(50) ? options.timeout(deadlines.seconds(20, 120)) : options;
        }
        starts = withNamesakes(starts, new ScenarioChance(seed ^ NAMESAKES), traits);
        var platform = new ScenarioPlatform(profile, chance, traits);
        String type = chance.percent(60) ? "ci" : "other";
        return new Scenario(
                seed,
                profile,
                NINE,
                gone(
                        platform.draw(
                                type,
                                chaos.stream()
                                        .anyMatch(world -> world instanceof ChaosEvent.Storm)),
                        new ScenarioChance(seed ^ GONE)),
                type,
                platform.delay(),
                options,
                grace,
                starts,
                chaos,
                traits);
    }

    /// Where lists do not show a deleted job's runs, asking for one by its number may be in vain.
    private static SandboxOptions gone(SandboxOptions platform, ScenarioChance chance) {
        return platform.switches().is(Assumption.RunsOfDeletedJobInLists.HIDDEN)
                        && chance.percent(50)
                ? platform.with(Assumption.ReadOfDeletedJobsRun.NOT_FOUND)
                : platform;
    }

    /// Pipelines of a pull request that has the number of one of ours, beside those. Without an
    /// order nothing tells two workflows, or two repositories, apart.
    private static List<Scenario.Start> withNamesakes(
            List<Scenario.Start> starts, ScenarioChance chance, Set<Trait> traits) {
        Scenario.Start first = starts.getFirst();
        Integer number = first.pullRequest();
        if (number == null || first.repository() != Repository.OURS || !chance.percent(15)) {
            return starts;
        }
        traits.add(Trait.NAMESAKE);
        Namesake namesake =
                first.sequenced()
                        ? chance.one(List.of(Namesake.values()))
                        : Namesake.OTHER_PROVIDER;
        var all = new ArrayList<>(starts);
        long sequence = chance.from(1, 2_000);
        List<Scenario.Start> ofFirst =
                starts.stream().filter(first::isOfSamePullRequestAs).toList();
        for (int i = chance.from(1, 3); i > 0; i--) {
            Scenario.Start like = chance.one(ofFirst);
            all.add(
                    new Scenario.Start(
                            Repository.OURS,
                            namesake.key(number),
                            namesake == Namesake.OTHER_WORKFLOW
                                    ? like.sha()
                                    : HexFormat.of()
                                            .toHexDigits(chance.bits())
                                            .repeat(3)
                                            .substring(0, 40),
                            new Sequence(Sequence.NO_SCOPE, ++sequence, 1)
                                    .within("acme/" + namesake),
                            first.sequenced(),
                            true,
                            like.at().plus(chance.seconds(0, 60)),
                            List.of()));
        }
        all.sort(Comparator.comparing(Scenario.Start::at));
        return all;
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
