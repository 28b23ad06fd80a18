package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class FiguresTest {

    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Actor ROBOT = new Actor("2", "user", "CI Robot");

    private final Push one = push(Repository.OURS, 7, 1, 0);
    private final Push two = push(Repository.OURS, 7, 2, 5);
    private final Push other = push(Repository.OURS, 8, 1, 2);
    private final Push theirs = push(Repository.THEIRS, 7, 1, 1);
    private final List<Entry> entries = new ArrayList<>();

    @Test
    void theLastVerdictIsMeasuredFromTheFirstPush() {
        Figures figures = figures(run(1, two, 10, 6, 8, 20), run(2, other, 20, 3, 4, 30));

        assertThat(figures.lastVerdict()).isEqualTo(Duration.ofMinutes(30));
        assertThat(figures.unanswered()).isZero();
    }

    @Test
    void theMeanWaitIsFromTheNewestPushToTheStartOfItsRun() {
        Figures figures = figures(run(1, two, 10, 6, 8, 20), run(2, other, 20, 3, 7, 30));

        // from minute 5 to 8, and from 2 to 7
        assertThat(figures.meanWait()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void productionWaitsFromTheQueueToItsStart() {
        Push foreign = push(Repository.THEIRS, 99, 1, 0); // not part of the morning

        assertThat(
                        figures(run(1, foreign, 10, 3, 5, 9), run(2, two, 10, 6, 8, 20))
                                .productionWait())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aPullRequestWhoseNewestCommitWasCancelledIsUnanswered() {
        Figures figures = figures(run(1, one, 10, 1, 2, 9), run(2, two, 30, 6, 8, 20));

        assertThat(figures.unanswered()).isEqualTo(2);
        assertThat(figures.answered()).isEmpty();
    }

    @Test
    void aCancelledRunIsStaleNewerOrForeign() {
        RunView old = run(1, one, 30, 1, 2, 6);
        RunView young = run(2, two, 30, 6, 7, 9);
        RunView neighbour = run(3, other, 30, 3, 4, 9);
        RunView foreign = run(4, theirs, 30, 3, 4, 9);
        cancel(two, old);
        cancel(two, old);
        cancel(one, young);
        cancel(one, neighbour);
        cancel(two, foreign);
        cancel(theirs, old);

        Figures figures = figures(old, young, neighbour, foreign);

        assertThat(figures.staleCancelled()).isEqualTo(1);
        assertThat(figures.newestCancelled()).isEqualTo(1);
        assertThat(figures.foreignCancelled()).isEqualTo(2);
    }

    @Test
    void twoRunsOfOnePullRequestAreAtOnceOnlyWhileBothExecute() {
        RunView first = run(1, one, 30, 1, 2, 8);

        assertThat(figures(first, run(2, two, 10, 6, 7, 20)).twoAtOnce()).isEqualTo(1);
        assertThat(figures(first, run(2, two, 10, 6, 8, 20)).twoAtOnce()).isZero();
        assertThat(figures(first, run(2, other, 10, 3, 4, 20)).twoAtOnce()).isZero();
    }

    @Test
    void timeIsWastedOnlyAfterANewerCommitWasPushed() {
        // commit 2 comes at minute 5
        assertThat(figures(run(1, one, 10, 1, 2, 4)).wasted()).isZero();
        assertThat(figures(run(1, one, 10, 1, 2, 9)).wasted()).isEqualTo(Duration.ofMinutes(4));
        assertThat(figures(run(1, one, 10, 7, 8, 9)).wasted()).isEqualTo(Duration.ofMinutes(2));
        assertThat(figures(run(1, two, 10, 7, 8, 9)).wasted()).isZero();
    }

    @Test
    void callsOfOtherPeopleDoNotCount() {
        entries.add(
                new Entry.Happened(
                        NINE,
                        one,
                        new SandboxEvent.Requested(NINE, "GET", "/api/v2/accounts/1/", 200)));
        entries.add(
                new Entry.Happened(
                        NINE,
                        theirs,
                        new SandboxEvent.Requested(NINE, "GET", "/api/v2/accounts/1/", 200)));

        assertThat(figures().apiCalls()).isEqualTo(1);
    }

    @Test
    void aCloneIsLeftUntilItIsDeleted() {
        var kept = new JobView(5, "CI [CLONED]", "", "ci", 1, 1, false, Map.of(), 1);
        var deleted = new JobView(6, "CI [CLONED]", "", "ci", 1, 1, false, Map.of(), 2);
        var recording =
                new Recording(
                        morning(),
                        Strategy.BASE_FIRST,
                        1,
                        List.of(),
                        List.of(),
                        List.of(kept, deleted),
                        NINE.plusSeconds(3600));

        assertThat(Figures.of(recording).clonesMade()).isEqualTo(2);
        assertThat(Figures.of(recording).clonesLeft()).isEqualTo(1);
    }

    @Test
    void theBestPossibleStartsEachNewestCommitAtOnceWhileThereIsRoom() {
        // two runs, pushed at minutes 2 and 5, each prepared for 1 and executing for 4 minutes
        assertThat(ClairvoyantBound.of(morning()))
                .isEqualTo(new ClairvoyantBound(Duration.ofMinutes(10), Duration.ofMinutes(1)));
    }

    @Test
    void theBestPossibleKnowsThatOneSlotTakesOneRunAtATime() {
        WorkloadTrace narrow = new WorkloadTrace(0, NINE, 1, morning().pushes(), List.of());

        // minutes 2 to 7 and 7 to 12: executing from 3 and from 8
        assertThat(ClairvoyantBound.of(narrow))
                .isEqualTo(new ClairvoyantBound(Duration.ofMinutes(12), Duration.ofMinutes(2)));
    }

    private Figures figures(RunView... runs) {
        return Figures.of(
                new Recording(
                        morning(),
                        Strategy.BASE_FIRST,
                        1,
                        entries,
                        List.of(runs),
                        List.of(),
                        NINE.plusSeconds(3600)));
    }

    private WorkloadTrace morning() {
        return new WorkloadTrace(0, NINE, 5, List.of(one, theirs, other, two), List.of());
    }

    private void cancel(Push by, RunView run) {
        entries.add(
                new Entry.Happened(NINE, by, new SandboxEvent.CancelRequested(NINE, run, ROBOT)));
    }

    private static Push push(Repository repository, int number, int commit, int minute) {
        return new Push(
                repository,
                number,
                commit,
                "%s%d%d".formatted(repository, number, commit),
                minute(minute),
                Duration.ofMinutes(1),
                Duration.ofMinutes(4),
                Duration.ofSeconds(5),
                false);
    }

    private static RunView run(
            long id, Push push, int status, int dequeued, int started, int finished) {
        return new RunView(
                id,
                1,
                "CI",
                1,
                "Jaffle shop",
                1,
                "CI",
                "latest",
                "Autoscaling CI",
                "api",
                push.sha(),
                null,
                Map.of("github_pull_request_id", (long) push.pullRequest()),
                null,
                Map.of(),
                push.sha(),
                status,
                null,
                true,
                minute(dequeued),
                minute(dequeued),
                minute(started),
                minute(finished),
                cancelledBy(status));
    }

    private static @Nullable Actor cancelledBy(int status) {
        return status == 30 ? ROBOT : null;
    }

    private static Instant minute(int minute) {
        return NINE.plusSeconds(60L * minute);
    }
}
