package io.github.dbtc4j.simulation.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.scenario.ScenarioDraw;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The sample of `SimulationGateTest` looks in a fixed rhythm; the command plans its looks where no
/// option says otherwise.
@Tag("gate")
class PlannedLooksTest {

    @ParameterizedTest
    @ValueSource(longs = 30)
    void noRuleIsBrokenWhereLooksArePlanned(long scenarios) {
        var tallies = new ArrayList<Tally>();
        for (Profile profile : Profile.values()) {
            for (Strategy strategy : List.of(Strategy.BASE_FIRST, Strategy.DEDICATED)) {
                tallies.add(
                        LongStream.rangeClosed(1, scenarios)
                                .parallel()
                                .mapToObj(seed -> Tally.of(play(profile, strategy, seed)))
                                .reduce(Tally.none(profile, strategy), Tally::plus));
            }
        }

        assertThat(AcceptanceLimits.breaches(tallies)).isEmpty();
        assertThat(tallies).allMatch(tally -> tally.scenarios() == scenarios);
    }

    @Tag("heavy")
    @Test
    void norInManyMore() {
        noRuleIsBrokenWhereLooksArePlanned(250);
    }

    private static History play(Profile profile, Strategy strategy, long seed) {
        try {
            return new ScenarioExecution(
                            ScenarioDraw.of(profile, seed).withPlannedLooks(), strategy)
                    .play();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in " + profile + " " + seed, e);
        }
    }
}
