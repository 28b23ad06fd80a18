package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.strategy.Strategy;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

@Tag("gate")
class SimulationTest {

    private static final int MORNINGS = 60;

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void sameSeedSameHistory(Strategy strategy) throws Exception {
        Recording first = Simulation.play(WorkloadTrace.of(3), strategy);
        Recording second = Simulation.play(WorkloadTrace.of(3), strategy);

        assertThat(lines(first)).hasSizeGreaterThan(100);
        assertThat(lines(second)).isEqualTo(lines(first));
        assertThat(second.runs()).isEqualTo(first.runs());
        assertThat(second.end()).isEqualTo(first.end());
    }

    @Test
    void morningsThatPassAtOnceDoNotDisturbEachOther() throws Exception {
        var atOnce = new ConcurrentHashMap<Integer, List<String>>();
        var threads = new ArrayList<Thread>();
        for (int seed = 1; seed <= 4; seed++) {
            int own = seed;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    atOnce.put(
                                            own,
                                            lines(
                                                    Simulation.play(
                                                            small(own), Strategy.BASE_FIRST)));
                                } catch (InterruptedException e) {
                                    // its history is missing then
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(atOnce).hasSize(4);
        for (int seed = 1; seed <= 4; seed++) {
            assertThat(atOnce.get(seed))
                    .isEqualTo(lines(Simulation.play(small(seed), Strategy.BASE_FIRST)));
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void inManyMornings(Strategy strategy) throws Exception {
        for (int seed = 1; seed <= MORNINGS; seed++) {
            Recording recording = Simulation.play(small(seed), strategy);
            Figures figures = Figures.of(recording);
            var soft = new SoftAssertions();
            everyPipelineEndsByItselfAndNoneFails(soft, recording);
            noStrategyIsBetterThanTheBestPossible(soft, recording.morning(), figures);
            if (strategy.isOurs()) {
                oursAnswersAllCancelsNoOthersRunAndLeavesNothing(soft, figures);
            }
            assertThat(soft.assertionErrorsCollected()).as("seed %d", seed).isEmpty();
        }
    }

    private static void everyPipelineEndsByItselfAndNoneFails(
            SoftAssertions soft, Recording recording) {
        List<String> ends = ends(recording);
        soft.assertThat(ends).hasSize(recording.morning().pushes().size());
        soft.assertThat(ends).isSubsetOf("success", "error", "cancelled", "superseded");
    }

    private static void noStrategyIsBetterThanTheBestPossible(
            SoftAssertions soft, WorkloadTrace morning, Figures figures) {
        ClairvoyantBound best = ClairvoyantBound.of(morning, figures.answered());
        soft.assertThat(figures.lastVerdict())
                .as("last verdict")
                .isGreaterThanOrEqualTo(best.lastVerdict());
        soft.assertThat(figures.meanWait()).as("mean wait").isGreaterThanOrEqualTo(best.meanWait());
    }

    private static void oursAnswersAllCancelsNoOthersRunAndLeavesNothing(
            SoftAssertions soft, Figures ours) {
        soft.assertThat(ours.unanswered()).as("unanswered").isZero();
        soft.assertThat(ours.foreignCancelled()).as("foreign runs cancelled").isZero();
        soft.assertThat(ours.newestCancelled()).as("newer runs cancelled").isZero();
        soft.assertThat(ours.clonesLeft()).as("clones left").isZero();
        soft.assertThat(ours.twoAtOnce()).as("two runs at once").isZero();
    }

    @Test
    void oursWaitsLessThanTheOriginalsRuleAndThatLessThanPlainQueueing() throws Exception {
        long queue = 0;
        long original = 0;
        long ours = 0;
        for (int seed = 1; seed <= 4; seed++) {
            queue += meanWait(seed, Strategy.QUEUE);
            original += meanWait(seed, Strategy.ORIGINAL);
            ours += meanWait(seed, Strategy.BASE_FIRST);
        }

        assertThat(ours).isLessThan(original / 3);
        assertThat(original).isLessThan(queue);
    }

    private static long meanWait(int seed, Strategy strategy) throws InterruptedException {
        return Figures.of(Simulation.play(WorkloadTrace.of(seed), strategy)).meanWait().toSeconds();
    }

    /// One to five run slots, two to five pull requests: small enough for many of them.
    private static WorkloadTrace small(int seed) {
        return WorkloadTrace.of(seed, 1 + seed % 5, 2 + seed % 4);
    }

    private static List<String> lines(Recording recording) {
        return recording.entries().stream().map(Entry::toString).toList();
    }

    private static List<String> ends(Recording recording) {
        var ends = new ArrayList<String>();
        for (Entry entry : recording.entries()) {
            if (entry instanceof Entry.Ended(var at, var by, String how)) {
                ends.add(how);
            }
        }
        return ends;
    }
}
