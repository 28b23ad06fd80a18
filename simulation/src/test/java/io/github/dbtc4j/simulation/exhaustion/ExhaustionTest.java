package io.github.dbtc4j.simulation.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.simulation.exhaustion.ExhaustiveExplorer.Figures;
import io.github.dbtc4j.simulation.exhaustion.ExhaustiveExplorer.Order;
import io.github.dbtc4j.simulation.exhaustion.ExhaustiveExplorer.Setting;
import io.github.dbtc4j.simulation.exhaustion.ExhaustiveExplorer.Trouble;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.strategy.Strategy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("gate")
class ExhaustionTest {

    private static final Setting TWINS =
            new Setting(Strategy.BASE_FIRST, Order.TWINS, 5, Trouble.NONE, 0);

    /// So many states are never reached: an exploration that ends before it was not cut short.
    private static final long BUDGET = 30_000;

    @ParameterizedTest
    @CsvSource({
        "BASE_FIRST, OLDER_AND_NEWER, 5, NONE, 0",
        "BASE_FIRST, OLDER_AND_NEWER, 5, FAULT, 0",
        "BASE_FIRST, OLDER_AND_NEWER, 5, KILL, 0",
        "BASE_FIRST, TWINS, 5, NONE, 0",
        "BASE_FIRST, TWO_PULL_REQUESTS, 5, NONE, 0",
        "BASE_FIRST, TWO_PULL_REQUESTS, 1, NONE, 0",
        "DEDICATED, OLDER_AND_NEWER, 5, NONE, 0",
    })
    void nothingThatCanHappenBreaksARule(
            Strategy strategy, Order order, int runSlots, Trouble trouble, int pauses)
            throws Exception {
        var setting = new Setting(strategy, order, runSlots, trouble, pauses);

        Figures figures = ExhaustiveExplorer.explore(setting, BUDGET, 2);

        print(figures);
        assertThat(figures.findings()).isEmpty();
        assertThat(figures.complete()).isTrue();
        assertThat(figures.ends()).isGreaterThan(1);
    }

    @Tag("heavy")
    @ParameterizedTest
    @CsvSource({
        "BASE_FIRST, TWINS, 5, FAULT, 0",
        "BASE_FIRST, TWINS, 5, KILL, 0",
        "DEDICATED, OLDER_AND_NEWER, 5, KILL, 0",
    })
    void norDoesItWhereThereIsMoreOfIt(
            Strategy strategy, Order order, int runSlots, Trouble trouble, int pauses)
            throws Exception {
        nothingThatCanHappenBreaksARule(strategy, order, runSlots, trouble, pauses);
    }

    @Tag("heavy")
    @Test
    void findsWhatNoProtocolCanPreventWhenAProcessStandsStill() throws Exception {
        var setting = new Setting(Strategy.BASE_FIRST, Order.OLDER_AND_NEWER, 5, Trouble.NONE, 1);

        Figures figures = ExhaustiveExplorer.explore(setting, BUDGET, 2);

        print(figures);
        assertThat(figures.findings()).isEmpty();
        assertThat(figures.complete()).isTrue();
        assertThat(figures.excused())
                .as("triggers behind a newer run by a process that stood still")
                .isPositive();
    }

    private static void print(Figures figures) {
        System.out.printf(
                "%s: %,d states, %,d histories, %,d calls%n",
                figures.setting(), figures.states(), figures.ends(), figures.calls());
    }

    @Test
    void reachesTheSameStatesWithOneThreadAsWithTwo() throws Exception {
        Figures alone = ExhaustiveExplorer.explore(TWINS, BUDGET, 1);
        Figures together = ExhaustiveExplorer.explore(TWINS, BUDGET, 2);

        assertThat(together.states()).isEqualTo(alone.states());
        assertThat(together.ends()).isEqualTo(alone.ends());
    }

    @Test
    void saysWhenItsBudgetWasTooSmall() throws Exception {
        assertThat(ExhaustiveExplorer.explore(TWINS, 50, 2).complete()).isFalse();
    }

    @Test
    void playsAScheduleAgain() throws Exception {
        History first = ExhaustiveExplorer.play(TWINS, "2 1 2 1");

        assertThat(ExhaustiveExplorer.play(TWINS, "2 1 2 1").runs()).isEqualTo(first.runs());
        assertThat(first.invocations()).hasSize(3);
        assertThatThrownBy(() -> ExhaustiveExplorer.play(TWINS, "2 3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'3' cannot happen there");
    }
}
