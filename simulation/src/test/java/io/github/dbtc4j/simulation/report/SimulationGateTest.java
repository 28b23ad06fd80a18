package io.github.dbtc4j.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.ReachabilityGoal;
import io.github.dbtc4j.simulation.tally.Tally;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/// The sample of scenarios that every build plays, and the committed report of many more.
@Tag("gate")
class SimulationGateTest {

    private static final Path REPORT = Path.of("../docs/simulation-report.md");

    private static SimulationReport sample;

    @BeforeAll
    static void play() throws InterruptedException {
        sample =
                SimulationReport.of(
                        SimulationReport.SAMPLE_SEED,
                        SimulationReport.SAMPLE,
                        EnumSet.allOf(Profile.class),
                        EnumSet.of(Strategy.BASE_FIRST, Strategy.DEDICATED),
                        Runtime.getRuntime().availableProcessors(),
                        _ -> {});
    }

    @Test
    void noRuleIsBroken() {
        assertThat(sample.breaches()).isEmpty();
        assertThat(sample.tallies())
                .hasSize(8)
                .allMatch(tally -> tally.scenarios() == SimulationReport.SAMPLE / 8);
    }

    /// That a run is disturbed each time it is repeated takes more scenarios than these.
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DISTURBED")
    void everyRuleOfTheProtocolComesIntoPlay(ReachabilityGoal rule) {
        assertThat(sample.tallies()).anyMatch(tally -> tally.count(rule) > 0);
    }

    @Test
    void theCommittedReportIsOfThisProtocol() throws IOException {
        String markdown = Files.readString(REPORT);
        ReportPage page = ReportPage.read(markdown);

        assertThat(page.sample())
                .as(
                        "the protocol plays the sample in another way than in %s: `make sample`",
                        REPORT)
                .isEqualTo(sample);
        assertThat(markdown).as("edited by hand: `make sample`").contains(page.sampleTables());
    }

    @Test
    void theCommittedReportIsOfAMillionFreshScenariosAndBreaksNoRule() throws IOException {
        ReportPage page = ReportPage.read(Files.readString(REPORT));

        assertThat(List.of(page.commit(), page.forgedCommit()))
                .doesNotContain(ReportPage.UNKNOWN_COMMIT);
        assertThat(page.all().ofOurs()).isGreaterThanOrEqualTo(1_000_000);
        assertThat(page.all().firstSeed()).isGreaterThan(SimulationReport.SAMPLE);
        assertThat(page.all().breaches()).isEmpty();
        assertThat(page.forged().breaches()).isEmpty();
        assertThat(page.all().tallies())
                .extracting(Tally::profile, Tally::strategy)
                .doesNotHaveDuplicates()
                .hasSize(Profile.values().length * Strategy.values().length);
    }
}
