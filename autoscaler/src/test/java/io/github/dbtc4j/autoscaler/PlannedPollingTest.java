package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.Pace.Range;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class PlannedPollingTest {

    private static final Options PLANNED = Options.defaults().shouldPoll(true);
    private static final Options FIXED = PLANNED.pollInterval(Duration.ofSeconds(10));

    /// Six runs of five minutes by others, and then one of our own.
    private static Stage practised() throws InterruptedException {
        var stage = new Stage();
        for (int i = 0; i < 6; i++) {
            stage.runOf(10 + i, stage.world.ciJobId());
            stage.pass(Duration.ofMinutes(12));
        }
        return stage;
    }

    private record Watched(long looks, Duration delay) {}

    private static Watched watch(Options options) throws InterruptedException {
        Stage stage = practised();
        long before = looks(stage);
        Outcome outcome = stage.trigger(50, options);
        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        RunView run = stage.run(Objects.requireNonNull(outcome.answer()).data().id());
        Instant end = Objects.requireNonNull(run.finishedAt());
        return new Watched(looks(stage) - before, Duration.between(end, stage.now()));
    }

    @Test
    void needsHalfTheLooksWhereRunsTakeAsLongAsTheyUsuallyDo() throws Exception {
        Watched planned = watch(PLANNED);
        Watched fixed = watch(FIXED);

        assertThat(planned.looks()).isLessThanOrEqualTo(fixed.looks() / 2);
        assertThat(planned.delay()).isLessThanOrEqualTo(fixed.delay().plusSeconds(5));
    }

    @Test
    void keepsTheFixedRhythmThatIsAskedFor() throws Exception {
        Stage stage = practised();
        int before = stage.happened(SandboxEvent.Requested.class).size();

        stage.trigger(50, FIXED);

        List<Duration> pauses = pauses(stage, before);
        assertThat(pauses).hasSizeGreaterThan(25);
        assertThat(pauses.subList(0, 25))
                .allSatisfy(duration ->
                        assertThat(duration)
                                .isBetween(Duration.ofMillis(7_999), Duration.ofMillis(12_001)));
    }

    @Test
    void asksOnceForTheJobsRunsWhereThoseOfTheProjectTellTooFew() throws Exception {
        var stage = new Stage(options -> options.earlierRuns(1_300));
        runNothingButProduction(stage, 110);
        stage.trigger(50, PLANNED);

        assertThat(listsOfTheJob(stage)).isEqualTo(1);
    }

    @Test
    void doesNotAskForTheJobsRunsWhereThereAreNoMore() throws Exception {
        var stage = new Stage();

        stage.trigger(50, PLANNED);
        stage.trigger(51, FIXED);

        assertThat(listsOfTheJob(stage)).isZero();
    }

    @Test
    void skipsPastRunsWithoutPolling() throws Exception {
        var stage = new Stage(options -> options.earlierRuns(1_300));
        runNothingButProduction(stage, 110);

        stage.trigger(50, Options.defaults());

        assertThat(listsOfTheJob(stage)).isZero();
    }

    @Test
    void looksSoonerWhenNextInTheQueueThanBehindOthers() throws Exception {
        long second = looksWithin(Duration.ofMinutes(4), true, 2);
        long fourth = looksWithin(Duration.ofMinutes(4), true, 4);

        assertThat(second).isGreaterThan(fourth + fourth / 2);
    }

    @Test
    void looksNoSoonerForARunThatIsNextAnywayWhenTheOnlyOneEnds() throws Exception {
        long first = looksWithin(Duration.ofMinutes(4), false, 1);
        long fourth = looksWithin(Duration.ofMinutes(4), false, 4);

        assertThat(first).isLessThan(fourth + fourth / 4);
    }

    @Test
    void plansForAnyRunThatIsWaitedFor() throws Exception {
        Stage stage = practised();
        var run =
                stage.client
                        .jobs()
                        .trigger(
                                stage.world.accountId(),
                                stage.world.ciJobId(),
                                Map.of("cause", "by hand"));
        long before = stage.requests();

        Outcome outcome =
                new RunWaiter(stage.client, stage, stage.told::add)
                        .await(run, PLANNED.polling(), Duration.ofHours(1));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.requests() - before).isLessThan(25);
        assertThat(listsOfTheJob(stage)).isEqualTo(1);
    }

    /// Returns how often an invocation polls that waits behind `others` on a job that cannot be
    /// cloned, while the first of them executes.
    ///
    /// @param production whether a run of production takes another run slot
    private static long looksWithin(Duration time, boolean production, int others)
            throws InterruptedException {
        var stage =
                new Stage(options ->
                        options.runSlots(production ? 2 : 1)
                                .pace(
                                        Pace.realistic()
                                                .failureRate(0)
                                                .production(Range.seconds(3_000, 3_000))
                                                .ci(Range.seconds(3_000, 3_000))));
        if (production) {
            stage.productionRun();
        }
        for (int i = 0; i < others; i++) {
            stage.runOf(10 + i, stage.world.ciJobId());
            stage.pass(Duration.ofSeconds(10));
        }
        long before = stage.requests();
        stage.trigger(50, PLANNED.timeout(time));
        return stage.requests() - before;
    }

    private static void runNothingButProduction(Stage stage, int runs) {
        for (int i = 0; i < runs; i++) {
            stage.productionRun();
            stage.pass(Duration.ofMinutes(6));
        }
    }

    private static long looks(Stage stage) {
        return stage.happened(SandboxEvent.Requested.class).stream()
                .filter(requested ->
                        requested.path().contains("project_id=1&include_related=trigger"))
                .count();
    }

    private static long listsOfTheJob(Stage stage) {
        return stage.happened(SandboxEvent.Requested.class).stream()
                .filter(requested -> requested.path().contains("job_definition_id"))
                .count();
    }

    private static List<Duration> pauses(Stage stage, int before) {
        List<Instant> moments =
                stage.happened(SandboxEvent.Requested.class).stream()
                        .skip(before)
                        .map(SandboxEvent::at)
                        .distinct()
                        .toList();
        var pauses = new ArrayList<Duration>();
        for (int i = 1; i < moments.size(); i++) {
            pauses.add(Duration.between(moments.get(i - 1), moments.get(i)));
        }
        return pauses;
    }
}
