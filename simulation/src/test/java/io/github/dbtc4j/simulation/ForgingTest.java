package io.github.dbtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;

/// Scenarios in which somebody forges claims. `dbtc simulate --forging` plays more of them.
class ForgingTest {

    private static final long SCENARIOS = 800;

    @Test
    void noRuleIsBrokenWhereClaimsAreForged() throws InterruptedException {
        SimulationReport report =
                SimulationReport.of(
                        SimulationReport.SAMPLE_SEED,
                        SCENARIOS,
                        EnumSet.allOf(Profile.class),
                        EnumSet.of(Strategy.BASE_FIRST, Strategy.DEDICATED),
                        Forging.CLAIMS,
                        Runtime.getRuntime().availableProcessors(),
                        _ -> {});

        assertThat(report.breaches()).isEmpty();
        assertThat(report.ofOurs()).isEqualTo(SCENARIOS);
    }

    @Test
    void manyAForgedRunIsOneThatItsClaimsPipelineCouldTakeForItsOwn() throws InterruptedException {
        var forged = new AtomicLong();
        var lying = new AtomicLong();
        Explorer.explore(
                Profile.RACES,
                Strategy.BASE_FIRST,
                1,
                100,
                Forging.CLAIMS,
                Runtime.getRuntime().availableProcessors(),
                history -> {
                    var evidence = new Evidence(history);
                    evidence.forgeries()
                            .forEach(it -> {
                                forged.incrementAndGet();
                                lying.addAndGet(it.isLying() ? 1 : 0);
                            });
                });

        assertThat(forged.get()).isGreaterThan(100);
        assertThat(lying.get()).isBetween(forged.get() / 10, forged.get() * 9 / 10);
    }

    @Test
    void whatElseHappensInAScenarioIsTheSame() {
        Scenario honest = ScenarioDraw.of(Profile.FAULTS, 7);
        Scenario forged = honest.withForgeries();

        assertThat(forged.starts()).isEqualTo(honest.starts());
        assertThat(forged.chaos()).startsWith(honest.chaos().toArray(Chaos.OfWorld[]::new));
        assertThat(forged.chaos()).hasSizeGreaterThan(honest.chaos().size());
    }
}
