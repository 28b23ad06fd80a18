package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.report.ComparisonPage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Workloads of few pull requests, and their lines of the committed tables. Virtual time is exact:
/// a figure that gets better or worse is seen here.
@Tag("gate")
@TestInstance(Lifecycle.PER_CLASS)
class ComparisonGateTest {

    private static final Path REPORT = Path.of("../docs/simulation-report.md");

    /// What ours looks at before it triggers, and the original does not.
    private static final Duration TWO_CALLS = Duration.ofMillis(500);

    private static final int FEW = 5;

    private Comparison comparison;

    boolean isPlayed(Workload workload) {
        return workload.pullRequests() <= FEW;
    }

    @BeforeAll
    void play() throws InterruptedException {
        List<Workload> played = Workload.ALL.stream().filter(this::isPlayed).toList();
        comparison = Comparison.of(played, Runtime.getRuntime().availableProcessors(), () -> {});
    }

    @Test
    void theCommittedTablesAreWhatIsPlayed() throws IOException {
        String committed =
                ComparisonPage.sectionOf(Files.readString(REPORT))
                        .lines()
                        .filter(line ->
                                Workload.ALL.stream()
                                        .filter(workload -> !isPlayed(workload))
                                        .noneMatch(workload ->
                                                line.startsWith("| " + workload.title() + " ")))
                        .collect(Collectors.joining("\n", "", "\n"));

        assertThat(new ComparisonPage(comparison).markdown())
                .as("if it is meant to change: `make compare`, and look at it")
                .isEqualTo(committed);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED", "OURS", "DEDICATED"})
    void oursAnswersEverybodyAndRunsNoPullRequestTwiceAtOnce(Contender ours) {
        assertThat(comparison.rows())
                .allSatisfy(row -> {
                    assertThat(row.score(ours).unanswered()).isZero();
                    assertThat(row.score(ours).twoAtOnce()).isZero();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED", "OURS"})
    void oursWaitsNoLongerThanTheOriginalButForTwoCalls(Contender ours) {
        assertThat(comparison.rows())
                .allSatisfy(row -> {
                    Score original = row.score(Contender.ORIGINAL);
                    if (original.unanswered() == 0) {
                        assertThat(row.score(ours).waits().mean())
                                .as(row.workload().title())
                                .isLessThan(original.waits().mean().plus(TWO_CALLS));
                    }
                });
    }

    /// A strategy that keeps the order of arrival never does; with another order a few days may be
    /// luckier.
    @Test
    void noStrategyWaitsMuchLessThanTheBound() {
        assertThat(comparison.rows())
                .allSatisfy(row ->
                        assertThat(row.scores())
                                .allSatisfy((contender, score) -> {
                                    if (score.unanswered() == 0) {
                                        assertThat(score.waits().mean())
                                                .as(row.workload().title())
                                                .isGreaterThan(row.bound().mean().minus(luck(row)));
                                    }
                                }));
    }

    private static Duration luck(Comparison.Row row) {
        return row.bound().mean().dividedBy(20);
    }
}
