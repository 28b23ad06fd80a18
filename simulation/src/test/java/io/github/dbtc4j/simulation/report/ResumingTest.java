package io.github.dbtc4j.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.atomic.AtomicLong;

/// Scenarios in which processes die at any of their calls, and others go on from the state that was
/// saved last. `dbtc simulate --resuming` plays more of them.
@Tag("gate")
class ResumingTest {

    @ParameterizedTest
    @ValueSource(longs = 200)
    void noRuleIsBrokenWhereProcessesDieAndAreResumed(long scenarios) throws InterruptedException {
        ForgingTest.assertNoRuleIsBroken(Variation.DEATHS, scenarios);
    }

    @Tag("heavy")
    @Test
    void norInManyMore() throws InterruptedException {
        noRuleIsBrokenWhereProcessesDieAndAreResumed(Long.getLong("scenarios", 800));
    }

    @Test
    void processesDo() throws InterruptedException {
        var deaths = new AtomicLong();
        ScenarioRunner.explore(
                Profile.RACES,
                Strategy.BASE_FIRST,
                1,
                20,
                Variation.DEATHS,
                1,
                history ->
                        history.acts().stream()
                                .filter(HistoryEvent.Done.class::isInstance)
                                .filter(event -> event.toString().contains("died"))
                                .forEach(_ -> deaths.incrementAndGet()));

        assertThat(deaths).hasValueGreaterThan(20);
    }
}
