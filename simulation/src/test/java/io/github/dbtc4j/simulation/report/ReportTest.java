package io.github.dbtc4j.simulation.report;

import static io.github.dbtc4j.simulation.history.HandMade.BASE;
import static io.github.dbtc4j.simulation.history.HandMade.success;
import static io.github.dbtc4j.simulation.history.HandMade.superseded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.simulation.history.HandMade;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Cases;
import io.github.dbtc4j.simulation.tally.Impact;
import io.github.dbtc4j.simulation.tally.Tally;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class ReportTest {

    private final Tally good =
            Tally.of(
                    new HandMade()
                            .pipeline(1, 80, success(101))
                            .run(101, BASE, 1, 10, 60, 10)
                            .history());

    /// Two runs execute at once, and yet a success is reported.
    private final Tally bad =
            Tally.of(
                    new HandMade()
                            .pipeline(1, 70, superseded(102))
                            .pipeline(2, 70, success(102))
                            .run(101, BASE, 1, 1, 20, 30)
                            .run(102, 9, 2, 10, 60, 10)
                            .history());

    @Test
    void talliesAddUpInAnyOrder() {
        Tally sum = good.plus(bad).plus(good);

        assertThat(sum).isEqualTo(good.plus(bad.plus(good))).isEqualTo(bad.plus(good).plus(good));
        assertThat(sum.scenarios()).isEqualTo(3);
        assertThat(sum.invocations()).isEqualTo(4);
        assertThat(sum.count(Impact.TWO_AT_ONCE)).isEqualTo(1);
        assertThat(sum.count(Impact.FALSE_SUCCESS)).isEqualTo(1);
        assertThat(sum.count(Property.S8)).isEqualTo(1);
        assertThat(sum.violations().get(Property.S8))
                .containsExactly(Map.entry(Violation.CONFLICT, new Cases(1, List.of(7L))));
    }

    @Test
    void onlyTheFirstFewSeedsOfACaseAreKept() {
        Cases cases = Cases.of(9);
        for (long seed : List.of(3L, 8L, 1L, 7L, 2L)) {
            cases = cases.plus(Cases.of(seed));
        }

        assertThat(cases).isEqualTo(new Cases(6, List.of(1L, 2L, 3L, 7L, 8L)));
    }

    @Test
    void noTextEndsItsCell() {
        var table = new ReportTable(List.of("a|b", "c"), List.of(List.of("<img>\\|\r\nx", "1")));

        assertThat(table.markdown())
                .isEqualTo(
                        """
                        | a\\|b | c |
                        | --- | --: |
                        | &lt;img>\\\\\\| x | 1 |
                        """);
    }

    @Test
    void aReportHasEachCellOnce() {
        assertThatThrownBy(() -> new SimulationReport(1, List.of(good, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two cells");
    }

    @Test
    void whatMustNotHappenIsABreach() {
        assertThat(AcceptanceLimits.breaches(List.of(good))).isEmpty();
        assertThat(AcceptanceLimits.breaches(List.of(bad)))
                .anyMatch(text -> text.contains("S8") && text.contains("seed 7"));
        assertThat(AcceptanceLimits.breaches(List.of(of(Strategy.ORIGINAL)))).isEmpty();
    }

    @Test
    void aFewOverlapsAreToleratedOnTheBaseJobButEachMustBeUnderstood() {
        Tally many = good;
        for (int i = 0; i < 200; i++) {
            many = many.plus(good);
        }

        assertThat(many.plus(bad).percent(1))
                .isLessThan(AcceptanceLimits.limit(Property.S1, Strategy.BASE_FIRST));
        assertThat(AcceptanceLimits.breaches(List.of(many.plus(bad))))
                .anyMatch(text -> text.contains("S1") && text.contains("unexplained: 1"));
    }

    private static Tally of(Strategy strategy) {
        return Tally.of(
                new HandMade()
                        .strategy(strategy)
                        .pipeline(1, 70, new InvocationRecord.Said("success"))
                        .pipeline(2, 70, new InvocationRecord.Said("success"))
                        .run(101, BASE, 1, 1, 20, 10)
                        .run(102, 9, 2, 10, 60, 10)
                        .history());
    }

    @Test
    void theDataIsReadAsItWasWritten() {
        var report = new SimulationReport(1, List.of(good.plus(bad), of(Strategy.QUEUE)));

        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void thePageIsMadeOfItsData() {
        var page =
                new ReportPage(
                        new SimulationReport(1, List.of(good.plus(bad))),
                        "f8c7b0f",
                        new SimulationReport(3, List.of(good)),
                        "0123abc",
                        new SimulationReport(7, List.of(good)),
                        "<!-- comparison -->\nkept\n<!-- end of comparison -->\n");

        assertThat(ReportPage.read(page.markdown())).isEqualTo(page);
        assertThat(page.markdown())
                .contains("| S8 another run wrote | races | base-first | 1 | 50.0 | 7 |");
    }

    @Test
    void aNewSampleLeavesTheLargeRunAndItsCommit() {
        var large = new SimulationReport(1, List.of(good.plus(bad)));
        var page = page(large);

        ReportPage renewed = page.withSample(new SimulationReport(7, List.of(bad)));

        assertThat(ReportPage.read(renewed.markdown()).all()).isEqualTo(large);
        assertThat(renewed.markdown()).contains("commit `f8c7b0f`");
        assertThat(renewed.sample()).isNotEqualTo(page.sample());
    }

    private ReportPage page(SimulationReport large) {
        return new ReportPage(
                large,
                "f8c7b0f",
                SimulationReport.none(3),
                "0123abc",
                new SimulationReport(7, List.of(good)),
                "");
    }

    @Test
    void newForgedScenariosLeaveTheRestOfThePage() {
        var large = new SimulationReport(1, List.of(good.plus(bad)));
        ReportPage page = page(large);
        var forged = new SimulationReport(30, List.of(bad));

        ReportPage renewed = ReportPage.read(page.withForged(forged, "4567def").markdown());

        assertThat(renewed.forged()).isEqualTo(forged);
        assertThat(renewed.withForged(page.forged(), "0123abc")).isEqualTo(page);
        assertThat(renewed.markdown())
                .contains("1 more scenarios, seeds from 30 on")
                .contains("commit `f8c7b0f`", "commit `4567def`");
    }

    @Tag("gate")
    @Test
    void aRunThatWasBrokenOffGoesOnWhereItWas() throws Exception {
        Set<Profile> profiles = EnumSet.of(Profile.CLEAN, Profile.RACES);
        Set<Strategy> strategies = EnumSet.of(Strategy.BASE_FIRST, Strategy.QUEUE);
        SimulationReport whole =
                SimulationReport.of(500, 24, profiles, strategies, Variation.NONE, 2, _ -> {});
        var parts = new ArrayList<SimulationReport>();
        SimulationReport half =
                SimulationReport.of(
                        500,
                        10,
                        profiles,
                        EnumSet.of(Strategy.BASE_FIRST),
                        Variation.NONE,
                        2,
                        _ -> {});

        SimulationReport joined =
                half.continued(24, profiles, strategies, Variation.NONE, 2, _ -> {}, parts::add);

        assertThat(joined).isEqualTo(whole).isEqualTo(parts.getLast());
        assertThat(half.played()).isEqualTo(10);
        assertThat(parts).extracting(SimulationReport::played).containsExactly(22L, 29L, 41L, 48L);
    }

    @Test
    void ourStrategiesShareTheScenariosAndTheOthersAreComparedInAFew() throws Exception {
        Set<Profile> profiles = EnumSet.of(Profile.CLEAN, Profile.RACES);
        var progress = new AtomicInteger();
        SimulationReport report =
                SimulationReport.of(
                        1,
                        8,
                        profiles,
                        EnumSet.allOf(Strategy.class),
                        2,
                        _ -> progress.incrementAndGet());

        assertThat(report.tallies()).hasSize(8).allMatch(tally -> tally.scenarios() == 2);
        assertThat(progress).hasValue(16);
        assertThat(SimulationReport.total(8, profiles, EnumSet.allOf(Strategy.class)))
                .isEqualTo(16);
        assertThat(SimulationReport.total(1_000_000, profiles, EnumSet.allOf(Strategy.class)))
                .isEqualTo(1_020_000);
    }
}
