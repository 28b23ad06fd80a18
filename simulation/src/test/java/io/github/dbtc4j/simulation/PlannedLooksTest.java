package io.github.dbtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The sample of `SimulationGateTest` looks in a fixed rhythm; the command plans its looks where
/// nobody says otherwise.
class PlannedLooksTest {

    private static final long SCENARIOS = 250;

    @Test
    void noRuleIsBrokenWhereLooksArePlanned() {
        var tallies = new ArrayList<Tally>();
        for (Profile profile : Profile.values()) {
            for (Strategy strategy : List.of(Strategy.BASE_FIRST, Strategy.DEDICATED)) {
                tallies.add(
                        LongStream.rangeClosed(1, SCENARIOS)
                                .parallel()
                                .mapToObj(seed -> Tally.of(play(profile, strategy, seed)))
                                .reduce(Tally.none(profile, strategy), Tally::plus));
            }
        }

        assertThat(Gate.breaches(tallies)).isEmpty();
        assertThat(tallies).allMatch(it -> it.scenarios() == SCENARIOS);
    }

    private static History play(Profile profile, Strategy strategy, long seed) {
        try {
            return new Exploration(ScenarioDraw.of(profile, seed).withPlannedLooks(), strategy)
                    .play();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in " + profile + " " + seed, e);
        }
    }
}
