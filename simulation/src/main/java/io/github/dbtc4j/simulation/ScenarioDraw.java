package io.github.dbtc4j.simulation;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.Sequence;
import io.github.dbtc4j.sandbox.Pace;
import io.github.dbtc4j.sandbox.SandboxOptions;
import io.github.dbtc4j.simulation.Scenario.Start;
import io.github.dbtc4j.simulation.Scenario.Trait;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Draws a [Scenario] from a seed.
final class ScenarioDraw {

    /// A Monday, nine o'clock.
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private final long seed;
    private final Profile profile;
    private final ScenarioChance chance;
    private final Set<Trait> traits = Scenario.noTraits();
    private final List<Start> starts = new ArrayList<>();
    private final List<Chaos.OfWorld> chaos = new ArrayList<>();
    private long pushes;

    private ScenarioDraw(Profile profile, long seed) {
        this.profile = profile;
        this.seed = seed;
        this.chance = new ScenarioChance(seed);
    }

    static Scenario of(Profile profile, long seed) {
        return new ScenarioDraw(profile, seed).draw();
    }

    private Scenario draw() {
        push();
        starts.sort(Comparator.comparing(Start::at));
        return new Scenario(
                seed,
                profile,
                NINE,
                platform(),
                chance.percent(60) ? "ci" : "other",
                VirtualTime.Delay.usual(),
                Options.defaults(),
                starts,
                chaos,
                traits);
    }

    private SandboxOptions platform() {
        return SandboxOptions.defaults()
                .withSeed(chance.bits())
                .withToken("dbtu_canary%016x".formatted(chance.bits()))
                .withRunSlots(chance.one(1, 2, 2, 3, 3, 4, 5, 5))
                .withSchedules(false)
                .withEarlierRuns(0)
                .withHistoryLimit(0)
                .withPace(
                        Pace.realistic()
                                .withCi(Pace.Range.seconds(20, 120))
                                .withProduction(Pace.Range.seconds(30, 180)));
    }

    private void push() {
        int pipelines = chance.one(2, 2, 3, 3, 3, 4);
        int pullRequests = chance.from(1, Math.min(3, pipelines));
        Instant at = NINE;
        for (int i = 0; i < pipelines; i++) {
            at = at.plus(chance.seconds(5, 90));
            int pullRequest = 50 + (i < pullRequests ? i : chance.from(0, pullRequests - 1));
            starts.add(
                    new Start(
                            Repository.OURS,
                            pullRequest,
                            sha(),
                            sequence(Repository.OURS),
                            true,
                            true,
                            at,
                            List.of()));
        }
    }

    private Sequence sequence(Repository repository) {
        return new Sequence(Sequence.NO_SCOPE, 700 + ++pushes, 1)
                .within("github/acme/" + repository + "/ci.yml");
    }

    private String sha() {
        return HexFormat.of().toHexDigits(chance.bits())
                + HexFormat.of().toHexDigits(chance.bits())
                + HexFormat.of().toHexDigits((int) chance.bits());
    }
}
