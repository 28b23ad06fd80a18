package io.github.dbtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.util.EnumSet;

/// The sample of scenarios that every build plays: 400 of each profile with either of our
/// strategies, from seed 1 on.
class SimulationGateTest {

    private static final int SAMPLE = 3_200;

    private static SimulationReport sample;

    @BeforeAll
    static void play() throws InterruptedException {
        sample =
                SimulationReport.of(
                        1,
                        SAMPLE,
                        EnumSet.allOf(Profile.class),
                        EnumSet.of(Strategy.BASE_FIRST, Strategy.DEDICATED),
                        Runtime.getRuntime().availableProcessors(),
                        () -> {});
    }

    @Test
    void noRuleIsBroken() {
        assertThat(sample.breaches()).isEmpty();
        assertThat(sample.tallies()).hasSize(8).allMatch(it -> it.scenarios() == SAMPLE / 8);
    }

    /// That a run is disturbed each time it is repeated takes more scenarios than these.
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DISTURBED")
    void everyRuleOfTheProtocolComesIntoPlay(Sometimes rule) {
        assertThat(sample.tallies()).anyMatch(it -> it.count(rule) > 0);
    }
}
