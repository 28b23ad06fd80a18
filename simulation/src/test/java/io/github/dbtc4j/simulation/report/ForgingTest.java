package io.github.dbtc4j.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.scenario.ChaosEvent;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.scenario.ScenarioDraw;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;

/// Scenarios in which a person forges claims. `dbtc simulate --forging` plays more of them.
@Tag("gate")
class ForgingTest {

    @ParameterizedTest
    @ValueSource(longs = 160)
    void noRuleIsBrokenWhereClaimsAreForged(long scenarios) throws InterruptedException {
        assertNoRuleIsBroken(Variation.CLAIMS, scenarios);
    }

    /// Plays `scenarios` in a variation, of every profile and with both our strategies.
    static void assertNoRuleIsBroken(Variation variation, long scenarios)
            throws InterruptedException {
        SimulationReport report =
                SimulationReport.of(
                        SimulationReport.SAMPLE_SEED,
                        scenarios,
                        EnumSet.allOf(Profile.class),
                        EnumSet.of(Strategy.BASE_FIRST, Strategy.DEDICATED),
                        variation,
                        Runtime.getRuntime().availableProcessors(),
                        _ -> {});

        assertThat(report.breaches()).isEmpty();
        assertThat(report.ofOurs()).isEqualTo(scenarios);
    }

    @Tag("heavy")
    @Test
    void norInManyMore() throws InterruptedException {
        noRuleIsBrokenWhereClaimsAreForged(800);
    }

    /// Seeds that broke a rule once: a forged run that is just what a pipeline would build was
    /// taken for another's (S3, L2), a clone that had to go and could not was asked for without end
    /// (S11), a newer run came and went while the older one queued (L2), and of a twin's two runs
    /// the one with the higher number was followed, not the one that executed last (S5). A base job
    /// that was read again had no secrets, and a clone was triggered without its variables (S7).
    /// The own run counted as never executed once it was gone with its job (S8).
    @ParameterizedTest
    @CsvSource({
        "RACES, BASE_FIRST, 1000286",
        "RACES, BASE_FIRST, 1000966",
        "FAULTS, BASE_FIRST, 1001367",
        "RACES, DEDICATED, 1000927",
        "RACES, DEDICATED, 1002148",
        "CI, DEDICATED, 1000255",
        "FAULTS, DEDICATED, 2000171",
        "CI, DEDICATED, 3002075",
        "RACES, DEDICATED, 300007463",
        "FAULTS, DEDICATED, 300005698",
        "FAULTS, BASE_FIRST, 300006110",
        "RACES, DEDICATED, 300023230"
    })
    void whatBrokeOnceHolds(Profile profile, Strategy strategy, long seed) throws Exception {
        var violations = new ArrayList<Violation>();
        ScenarioRunner.explore(
                profile,
                strategy,
                seed,
                1,
                Variation.CLAIMS,
                1,
                history -> violations.addAll(Property.all(history)));

        assertThat(violations).isEmpty();
    }

    @Test
    void manyAForgedRunIsOneThatItsClaimsPipelineCouldTakeForItsOwn() throws InterruptedException {
        var forged = new AtomicLong();
        var lying = new AtomicLong();
        ScenarioRunner.explore(
                Profile.RACES,
                Strategy.BASE_FIRST,
                1,
                100,
                Variation.CLAIMS,
                Runtime.getRuntime().availableProcessors(),
                history -> {
                    var evidence = new IndexedHistory(history);
                    evidence.forgeries()
                            .forEach(run -> {
                                forged.incrementAndGet();
                                lying.addAndGet(run.isLying() ? 1 : 0);
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
        assertThat(forged.chaos()).startsWith(honest.chaos().toArray(ChaosEvent.OfWorld[]::new));
        assertThat(forged.chaos()).hasSizeGreaterThan(honest.chaos().size());
    }
}
