package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.ProductionRun;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What is the least that a strategy waits, and the least for one that does not know the future.
/// Each run here is prepared for one minute and executes for four.
@Tag("gate")
class LowerBoundTest {

    private static final Instant NINE = WorkloadTrace.NINE;
    private static final int MORNINGS = 75;

    private final Push one = push(1, 1, 0);
    private final Push newer = push(1, 2, 3);
    private final Push other = push(2, 1, 1);

    @Test
    void whileThereIsRoomOnlyThePreparationIsWaitedFor() {
        assertThat(LowerBound.waits(morning(2, one, other))).isEqualTo(minutes(1, 1));
        assertThat(Ideal.waits(morning(2, one, other))).isEqualTo(minutes(1, 1));
    }

    @Test
    void oneRunSlotServesOneAfterTheOther() {
        // minutes 0 to 5, and 5 to 10 for what was pushed at minute 1
        assertThat(LowerBound.waits(morning(1, one, other))).isEqualTo(minutes(1, 5));
        assertThat(Ideal.waits(morning(1, one, other))).isEqualTo(minutes(1, 5));
    }

    @Test
    void whoKnowsTheFutureDoesNotStartWhatWillBeSuperseded() {
        // of pull request 2 at minute 1, and of pull request 1 from minute 6 instead of minute 3
        assertThat(LowerBound.waits(morning(1, one, other, newer))).isEqualTo(minutes(1, 4));
    }

    @Test
    void whoDoesNotKnowItCancelsAndWaitsForTheEnd() {
        // pushed at minute 3, but its predecessor takes the slot until minute 5
        assertThat(Ideal.waits(morning(2, one, newer))).isEqualTo(minutes(3));
        assertThat(LowerBound.waits(morning(2, one, newer))).isEqualTo(minutes(1));
    }

    @Test
    void whatIsSupersededInTheQueueNeverStarts() {
        Push first = push(3, 1, -1);

        // until minute 4, then pull request 2, from minute 9 on the newer commit of 1
        assertThat(Ideal.waits(morning(1, first, one, other, newer)))
                .containsExactlyInAnyOrderElementsOf(minutes(1, 4, 7));
    }

    @Test
    void productionTakesItsTurn() {
        var morning = new WorkloadTrace(0, NINE, 1, List.of(one), List.of(production(-1)));

        assertThat(LowerBound.waits(morning)).isEqualTo(minutes(10));
        assertThat(Ideal.waits(morning)).isEqualTo(minutes(10));
    }

    @Test
    void theIdealLetsProductionPass() {
        var morning = new WorkloadTrace(0, NINE, 1, List.of(one, other), List.of(production(2)));

        // from minute 5 to 15, and then what was pushed at minute 1
        assertThat(Ideal.waits(morning)).isEqualTo(minutes(1, 15));
        assertThat(LowerBound.waits(morning)).isEqualTo(minutes(1, 5));
    }

    /// Takes a run slot for ten minutes.
    private static ProductionRun production(int minute) {
        return new ProductionRun(
                0, NINE.plusSeconds(60L * minute), Duration.ofMinutes(1), Duration.ofMinutes(9));
    }

    /// The proof holds for any order: of the runs that came to their end, each starts no sooner
    /// than the earliest it could, given the order in which they did start. Another order than that
    /// of arrival may be luckier in one morning, but is not in many.
    @ParameterizedTest
    @EnumSource(Strategy.class)
    void noStrategyIsBelowTheBound(Strategy strategy) throws Exception {
        Waits waits = Waits.NONE;
        Waits bound = Waits.NONE;
        for (int seed = 1; seed <= MORNINGS; seed++) {
            WorkloadTrace morning = small(seed);
            Recording recording = Simulation.play(morning, strategy);
            noRunStartsSoonerThanItsOrderAllows(recording);
            Score score = Score.of(recording);
            if (score.unanswered() == 0) {
                waits = waits.plus(score.waits());
                bound = bound.plus(new Waits(LowerBound.waits(morning)));
            }
        }

        assertThat(bound.all()).hasSizeGreaterThan(MORNINGS);
        assertThat(waits.mean()).isGreaterThanOrEqualTo(bound.mean());
    }

    private static void noRunStartsSoonerThanItsOrderAllows(Recording recording) {
        WorkloadTrace morning = recording.morning();
        List<RunView> runs =
                recording.runs().stream()
                        .filter(run -> run.status() == 10 || run.status() == 20)
                        .filter(run -> run.dequeuedAt() != null)
                        .sorted(Comparator.comparing(LowerBoundTest::dequeued))
                        .toList();
        List<Instant> bounds =
                LowerBound.starts(
                        runs.stream().map(LowerBoundTest::job).toList(), morning.runSlots());

        assertThat(runs).as("seed %d", morning.seed()).isNotEmpty();
        for (int i = 0; i < runs.size(); i++) {
            assertThat(dequeued(runs.get(i)))
                    .as("seed %d, run %s", morning.seed(), runs.get(i).id())
                    .isAfterOrEqualTo(bounds.get(i));
        }
    }

    private static LowerBound.Job job(RunView run) {
        return new LowerBound.Job(
                run.createdAt(),
                Duration.between(dequeued(run), Objects.requireNonNull(run.finishedAt())));
    }

    private static Instant dequeued(RunView run) {
        return Objects.requireNonNull(run.dequeuedAt());
    }

    /// One to five run slots, two to five pull requests.
    private static WorkloadTrace small(int seed) {
        return WorkloadTrace.of(seed, 1 + seed % 5, 2 + seed % 4);
    }

    private static WorkloadTrace morning(int runSlots, Push... pushes) {
        return new WorkloadTrace(0, NINE, runSlots, List.of(pushes), List.of());
    }

    private static Push push(int number, int commit, int minute) {
        return new Push(
                Repository.OURS,
                number,
                commit,
                "%d-%d".formatted(number, commit),
                NINE.plusSeconds(60L * minute),
                Duration.ofMinutes(1),
                Duration.ofMinutes(4),
                Duration.ofMinutes(2),
                false);
    }

    private static List<Duration> minutes(int... minutes) {
        return Arrays.stream(minutes).mapToObj(Duration::ofMinutes).toList();
    }
}
