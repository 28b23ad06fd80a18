package io.github.dbtc4j.simulation.rule;

import static io.github.dbtc4j.simulation.scenario.Variation.DEATHS;
import static io.github.dbtc4j.simulation.strategy.Strategy.BASE_FIRST;
import static io.github.dbtc4j.simulation.strategy.Strategy.DEDICATED;
import static io.github.dbtc4j.simulation.world.Profile.CI;
import static io.github.dbtc4j.simulation.world.Profile.CLEAN;
import static io.github.dbtc4j.simulation.world.Profile.FAULTS;
import static io.github.dbtc4j.simulation.world.Profile.RACES;

import java.util.List;

/// Rules of requests: their order, their limits and what they ask for.
final class RequestMutants {

    private RequestMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "a rate limit is not sat out",
                        "Cooldown.begin",
                        "Duration wait = told == null ? UNTOLD : told;",
                        "Duration wait = Duration.ofSeconds(10);",
                        FAULTS,
                        BASE_FIRST,
                        2),
                new Mutant(
                        "looks follow each other without a pause",
                        "PollDelays.BRIEFLY",
                        "static final Duration BRIEFLY = Duration.ofSeconds(3);",
                        "static final Duration BRIEFLY = Duration.ofMillis(100);",
                        RACES,
                        BASE_FIRST,
                        76),
                new Mutant(
                        "a clone lacks the base job's variables",
                        "PlatformWriter.copyOverrides",
                        "} else if (value != null && value.value() != null) {",
                        "} else if (value != null && value.value() == null) {",
                        CLEAN,
                        BASE_FIRST,
                        31),
                new Mutant(
                        "another pipeline's clone is taken for complete",
                        "PlatformWriter.completeOverrides",
                        "if (overrides.isEmpty()) {",
                        "if (true) {",
                        CI,
                        DEDICATED,
                        560),
                new Mutant(
                        "a write is sent before the state says so",
                        "Ledger.sending",
                        "save();",
                        ";",
                        CLEAN,
                        DEDICATED,
                        DEATHS,
                        29),
                new Mutant(
                        "a branch counts more than the commit",
                        "Scheduler.execute",
                        "if (run.commit == null) {",
                        "if (run.commit == null || run.trigger.text(\"git_branch\") != null) {",
                        CLEAN,
                        BASE_FIRST,
                        2),
                new Mutant(
                        "a stopped process lets the run go on",
                        "Halt.stop",
                        """
                        canceller.cancel(found);
                                return\
                        """,
                        "return",
                        CI,
                        BASE_FIRST,
                        2));
    }
}
