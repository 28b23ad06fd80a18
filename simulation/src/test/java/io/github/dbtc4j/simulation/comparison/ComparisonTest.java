package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.simulation.report.ComparisonJson;
import io.github.dbtc4j.simulation.report.ComparisonPage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@Tag("gate")
class ComparisonTest {

    private static final List<Workload> TWO =
            List.of(
                    new Workload(Workload.Kind.MONOREPO_STORM, 5, 15),
                    new Workload(Workload.Kind.QUIET_DAY, 1, 10));

    private static final AtomicInteger played = new AtomicInteger();
    private static Comparison comparison;

    @BeforeAll
    static void play() throws InterruptedException {
        comparison = Comparison.of(TWO, 2, played::incrementAndGet);
    }

    @Test
    void sameDaysSameFiguresOnAnyNumberOfThreads() throws InterruptedException {
        assertThat(Comparison.of(TWO, 1, () -> {})).isEqualTo(comparison);
    }

    @Test
    void everyContenderPlaysAsManyDaysAsMakeThirtyPullRequests() {
        assertThat(played).hasValue(Comparison.plays(TWO)).hasValue(Contender.values().length * 5);
        assertThat(comparison.rows())
                .allSatisfy(row ->
                        assertThat(row.scores().values())
                                .hasSize(Contender.values().length)
                                .allMatch(score -> score.pullRequests() == 30));
    }

    @Test
    void theDayBeforeTellsHowLongRunsTakeAndCountsForNothingElse() throws InterruptedException {
        WorkloadTrace second = TWO.getLast().mornings().get(1);
        WorkloadTrace first =
                new WorkloadTrace(
                        second.seed(),
                        second.start(),
                        second.runSlots(),
                        second.pushes(),
                        second.production());

        Recording knowing = Contender.OURS.play(second);
        Recording learning = Contender.OURS.play(first);

        assertThat(second.before()).hasSize(20);
        assertThat(Score.of(knowing).apiCalls()).isLessThan(Score.of(learning).apiCalls());
        assertThat(knowing.runs()).hasSameSizeAs(learning.runs());
    }

    @Test
    void theWaitThatNinetyFivePercentDoNotExceed() {
        List<Duration> hundred =
                IntStream.rangeClosed(1, 100).mapToObj(Duration::ofSeconds).toList();

        assertThat(new Waits(hundred.reversed()).p95()).isEqualTo(Duration.ofSeconds(95));
        assertThat(new Waits(hundred.subList(0, 3)).p95()).isEqualTo(Duration.ofSeconds(3));
        assertThat(Waits.NONE.p95()).isZero();
        assertThat(Waits.NONE.mean()).isZero();
    }

    @Test
    void goalsAreMetUpToTheirLimit() {
        var row =
                new Comparison.Row(
                        TWO.getFirst(),
                        1,
                        seconds(100),
                        seconds(100),
                        Map.of(
                                Contender.ORIGINAL, score(1, seconds(105), 100),
                                Contender.FIXED, score(1, seconds(105), 50),
                                Contender.OURS, score(1, seconds(106), 51),
                                Contender.DEDICATED, score(2, seconds(90), 50)));

        assertThat(new Goals(row, Contender.FIXED))
                .matches(Goals::isNearTheBound)
                .matches(Goals::isNearTheIdeal)
                .matches(Goals::isTheBoundInReach)
                .matches(Goals::isNoWorseThanTheOriginal)
                .matches(Goals::takesHalfTheCalls);
        assertThat(new Goals(row, Contender.OURS))
                .matches(goals -> !goals.isNearTheBound())
                .matches(goals -> !goals.isNearTheIdeal())
                .matches(goals -> !goals.isNoWorseThanTheOriginal())
                .matches(goals -> !goals.takesHalfTheCalls());
        assertThat(new Goals(row, Contender.DEDICATED))
                .as("left a pull request without a verdict")
                .matches(goals -> !goals.isNearTheBound())
                .matches(goals -> !goals.isNoWorseThanTheOriginal());
    }

    @Test
    void theSectionIsReplacedAndTheRestOfThePageKept() {
        var page = new ComparisonPage(comparison);
        String old = "before\n<!-- comparison -->\nold\n<!-- end of comparison -->\nafter\n";

        assertThat(page.into("")).isEqualTo(page.markdown());
        assertThat(page.into(old)).isEqualTo("before\n" + page.markdown() + "after\n");
        assertThat(ComparisonPage.sectionOf(page.into(old))).isEqualTo(page.markdown());
        assertThat(ComparisonPage.sectionOf("before\nafter\n")).isEmpty();
        assertThatThrownBy(() -> page.into("before\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<!-- comparison -->");
    }

    @Test
    void thePageHasARowForEachWorkloadInEachTable() {
        String row = "| monorepo storm, 15 PRs, 5 slots |";

        assertThat(new ComparisonPage(comparison).markdown().split(row.replace("|", "\\|")))
                .hasSize(13);
        assertThat(new ComparisonPage(comparison).text()).contains("quiet day, 10 PRs, 1 slot ");
    }

    @Test
    void theDataHasACellForEachWorkloadAndContender() {
        var json = Json.readObject(ComparisonJson.write(comparison));

        assertThat((List<?>) json.get("cells")).hasSize(2 * Contender.values().length);
    }

    private static Score score(int pullRequests, Waits waits, int calls) {
        return new Score(
                pullRequests,
                waits,
                Waits.NONE,
                Waits.NONE,
                Duration.ZERO,
                calls,
                0,
                0,
                Waits.NONE);
    }

    private static Waits seconds(int... seconds) {
        return new Waits(Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList());
    }
}
