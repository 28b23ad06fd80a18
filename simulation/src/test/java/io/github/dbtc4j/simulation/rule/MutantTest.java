package io.github.dbtc4j.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// Every rule of the protocol is there for a reason: without it, some scenario goes wrong.
class MutantTest {

    private static final int MOST = 20_000;

    static List<Mutant> mutants() {
        return Stream.of(
                        PlannerMutants.all(),
                        ClaimMutants.all(),
                        CloneMutants.all(),
                        RequestMutants.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void stillApplies(Mutant mutant) throws Exception {
        assertThat(mutant.change().text()).isNotBlank();
    }

    @Tag("heavy")
    @ParameterizedTest
    @MethodSource("mutants")
    void isKilled(Mutant mutant) throws Exception {
        List<String> found = hunt(mutant, MOST);

        assertThat(found).as("%s, in %d scenarios", mutant, MOST).isNotEmpty();
        History sane =
                ScenarioRunner.play(
                        mutant.profile(),
                        mutant.strategy(),
                        Long.parseLong(found.getFirst()),
                        mutant.variation());
        assertThat(AcceptanceLimits.breaches(List.of(Tally.of(sane))))
                .as("without the mutant, where it does: %s", found)
                .isEmpty();
    }

    @SuppressWarnings("unchecked") // of strings: they are of no class that was loaded anew
    static List<String> hunt(Mutant mutant, int most) throws Exception {
        return (List<String>)
                new MutantLoader(mutant)
                        .loadClass(MutantHunt.class.getName())
                        .getMethod(
                                "hunt",
                                String.class,
                                String.class,
                                String.class,
                                long.class,
                                int.class,
                                int.class)
                        .invoke(
                                null,
                                mutant.profile().name(),
                                mutant.strategy().name(),
                                mutant.variation().name(),
                                mutant.seed(),
                                most,
                                Runtime.getRuntime().availableProcessors());
    }
}
