package io.github.dbtc4j.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `dbtc probe` finds what each sandbox is like, and leaves each as it was.
@Tag("gate")
class ProbeTest {

    private static final Duration TTL = Duration.ofMinutes(30);

    /// Every constant of every switch.
    static Stream<Assumption> constants() {
        return ProbeReport.questions().stream()
                .flatMap(question -> Stream.of(question.getEnumConstants()));
    }

    static Stream<Assumption> askedConstants() {
        return constants()
                .filter(assumption -> !ProbeReport.UNSAFE.containsKey(assumption.getClass()));
    }

    /// A platform where most of what is tried is accepted, and one where it is not.
    static Stream<SandboxOptions> platforms() {
        return Stream.of(
                ProbeStage.options(),
                ProbeStage.options()
                        .with(Assumption.LongCause.ACCEPTED)
                        .with(Assumption.LongJobName.ACCEPTED)
                        .with(Assumption.TriggerOfDeletedJob.ACCEPTED_THEN_CANCELLED)
                        .with(Assumption.CancelWithoutSlash.REFUSED)
                        .with(Assumption.RunsOfDeletedJob.RUNNING_ONE_FINISHES)
                        .with(Assumption.IdAndScheduleOnCreate.REQUIRED));
    }

    @Test
    void leavesOutOnlyWhatWouldHarm() {
        assertThat(ProbeReport.UNSAFE.keySet())
                .containsExactlyInAnyOrder(
                        Assumption.TriggerOfDeactivatedJob.class,
                        Assumption.TriggerBeyondQueueLimit.class,
                        Assumption.TrafficInCooldown.class,
                        Assumption.RetryAfter.class,
                        Assumption.RateLimitBody.class);
    }

    @ParameterizedTest
    @MethodSource("askedConstants")
    void findsEachConstantOfEachSwitch(Assumption constant) {
        var stage = new ProbeStage(ProbeStage.options(constant));
        List<JobView> before = stage.sandbox.jobs();

        List<ProbeReport.Row> rows = stage.rows();

        assertThat(rows)
                .extracting(ProbeReport.Row::answer)
                .contains(new ProbeAnswer.Found(constant));
        assertThat(rows)
                .as("answers that are wrong")
                .extracting(ProbeReport.Row::agrees)
                .doesNotContain(false);
        assertThat(stage.sandbox.jobs()).startsWith(before.toArray(JobView[]::new));
        stage.assertThatNothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void answersEverythingThatIsNotListedAsUnsafe(SandboxOptions options) {
        var stage = new ProbeStage(options);

        assertThat(stage.rows())
                .filteredOn(row -> row.answer() instanceof ProbeAnswer.NotAsked)
                .extracting(ProbeReport.Row::question)
                .containsExactlyInAnyOrder(
                        "TriggerOfDeactivatedJob",
                        "CiTriggerOnTrial",
                        "TriggerBeyondQueueLimit",
                        "TrafficInCooldown",
                        "RetryAfter",
                        "RateLimitBody",
                        "CommitStatus");
    }

    @ParameterizedTest
    @MethodSource("askedConstants")
    void sendsOnlyWhatTheDryRunListsAndWritesOnlyToItsOwn(Assumption constant) {
        var stage = new ProbeStage(ProbeStage.options(constant));
        stage.probe();
        List<String> listed =
                Stream.of(ProbeCall.values())
                        .map(call -> call.line().replaceFirst("(\\S+) +(\\S+).*", "$1 $2"))
                        .toList();

        assertThat(stage.requests())
                .isNotEmpty()
                .allSatisfy(request -> {
                    String path = request.path().replaceFirst("\\?.*", "");
                    assertThat(listed)
                            .anyMatch(
                                    line -> (request.method() + " " + path).matches(pattern(line)));
                    if (!request.method().equals("GET")) {
                        assertThat(path).doesNotContain("/jobs/" + stage.job() + "/");
                    }
                });
    }

    private static String pattern(String line) {
        return line.replaceAll("\\{[a-z_]+}", "\\\\d+");
    }

    @Test
    void keepsOneThrowAwayJobAtATime() {
        var stage = new ProbeStage(platforms().toList().getLast());
        var most = new ArrayList<Long>();
        int seeded = stage.sandbox.jobs().size();
        stage.sandbox.listen(event ->
                most.add(
                        stage.sandbox.jobs().stream()
                                .skip(seeded)
                                .filter(job -> job.state() == 1)
                                .count()));

        stage.probe();

        assertThat(most).contains(1L).allMatch(count -> count <= 1);
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void theNextProbeRemovesWhatAKilledOneLeft(SandboxOptions options) {
        int writes = writes(options);
        for (int write = 1; write <= writes; write++) {
            var stage = killed(options, write);

            assertThat(stage.restart(Duration.ofMinutes(2)).probe().clean()).isTrue();

            stage.assertThatNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void reapRemovesWhatAKilledOneLeft(SandboxOptions options) throws InterruptedException {
        int writes = writes(options);
        for (int write = 1; write <= writes; write++) {
            var stage = killed(options, write).restart(TTL.plusMinutes(5));
            var reaper = new Reaper(stage.client(), stage, event -> {});

            reaper.reap(1, reaper.inspect(1, stage.job()), TTL);

            stage.assertThatNothingIsLeft();
        }
    }

    /// A run that would go on for long is not waited for, but cancelled.
    @Test
    void cancelsTheRunThatAKilledOneLeft() {
        SandboxOptions quick = ProbeStage.options();
        SandboxOptions slow = quick.pace(quick.pace().production(Pace.Range.seconds(1_200, 1_200)));
        var stage = killed(slow, 1);
        for (int write = 2; stage.ownRuns().stream().allMatch(RunView::isTerminal); write++) {
            stage = killed(slow, write);
        }
        long left = stage.ownRuns().getLast().id();

        int before = stage.writes();
        stage.restart(Duration.ofMinutes(2)).probe();

        assertThat(stage.requests())
                .filteredOn(request -> !request.method().equals("GET"))
                .element(before)
                .satisfies(
                        first -> assertThat(first.path()).endsWith("/runs/" + left + "/cancel/"));
        stage.assertThatNothingIsLeft();
    }

    private static int writes(SandboxOptions options) {
        var whole = new ProbeStage(options);
        whole.probe();
        assertThat(whole.writes()).isGreaterThan(15);
        return whole.writes();
    }

    private static ProbeStage killed(SandboxOptions options, int write) {
        var stage = new ProbeStage(options).strike(ProbeStage.Trouble.KILL, write);
        assertThatThrownBy(stage::probe).isInstanceOf(ProbeStage.Killed.class);
        return stage;
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void leavesNothingWhenAnAnswerIsLost(SandboxOptions options) {
        int writes = writes(options);
        SandboxOptions lagging = options.pace(options.pace().visibilityLag(Duration.ofSeconds(10)));
        for (int write = 1; write <= writes; write++) {
            var stage = new ProbeStage(lagging).strike(ProbeStage.Trouble.LOSE, write);
            try {
                stage.probe();
            } catch (DbtCloudException.Unavailable e) {
                assertThat(e.ambiguous()).isTrue();
            }
            stage.assertThatNothingIsLeft();
        }
    }

    @Test
    void measuresHowLongListsLagAndCancellingTakes() {
        SandboxOptions options = ProbeStage.options();
        var stage =
                new ProbeStage(options.pace(options.pace().visibilityLag(Duration.ofSeconds(9))));

        assertThat(stage.rows())
                .filteredOn(row -> row.question().matches("VisibilityLag|CancelTime"))
                .allSatisfy(row ->
                        assertThat(row.answer().toString()).matches("Seen\\[text=[1-9]\\d? s]"));
        stage.assertThatNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"enterprise_2025, documentation says", "team, documentation says"})
    void leavesThePlansAloneThatAreDocumented(String plan, String why) {
        var stage = new ProbeStage(ProbeStage.options().plan(plan));

        assertThat(stage.rows())
                .filteredOn(row -> row.question().startsWith("CiTriggerOn"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.answer().toString()).contains("NotAsked", why));
    }

    @Test
    void tellsRefusalOnATrialAsThatOfStarter() {
        var stage =
                new ProbeStage(
                        ProbeStage.options(Assumption.CiTriggerOnTrial.AS_ON_STARTER)
                                .with(Assumption.CiTriggerOnStarter.REJECTED));

        assertThat(stage.rows())
                .extracting(ProbeReport.Row::answer)
                .contains(
                        new ProbeAnswer.Found(Assumption.CiTriggerOnTrial.AS_ON_STARTER),
                        new ProbeAnswer.Found(Assumption.CiTriggerOnStarter.REJECTED));
    }

    /// Other jobs defer to the last run that succeeds in production: it must not be the probe's.
    @Test
    void refusesAJobInProductionBeforeAnythingIsWritten() {
        var stage = new ProbeStage(ProbeStage.options());

        assertThatThrownBy(() -> stage.probe(2))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("environment of type production");
        assertThat(stage.writes()).isZero();
    }

    @Test
    void refusesAJobWhoseEnvironmentIsDeferredTo() {
        var stage = new ProbeStage(ProbeStage.options());
        stage.sandbox.editAsUser(
                stage.job(),
                java.util.Map.of(
                        "deferring_environment_id", stage.sandbox.world().ciEnvironmentId()));

        assertThatThrownBy(stage::probe)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("jobs defer to the environment");
        assertThat(stage.writes()).isZero();
    }

    @Test
    void reliesOnNothingWhenOthersDeleteTheThrowAwayJob() {
        var stage = new ProbeStage(ProbeStage.options());
        var struck = new ArrayList<Long>();
        stage.sandbox.at(
                stage.now().plusSeconds(30),
                now ->
                        stage.sandbox.jobs().stream()
                                .filter(job -> job.state() == 1)
                                .filter(job -> job.name().startsWith("dbtc probe"))
                                .forEach(job -> {
                                    struck.add(job.id());
                                    stage.sandbox.deleteAsUser(job.id());
                                }));

        Probe.Outcome outcome = stage.probe();

        assertThat(struck).hasSize(1);
        assertThat(outcome.disturbed()).isTrue();
        stage.assertThatNothingIsLeft();
    }

    /// What belongs to others is never ours, however it is called.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "made by hand",
                "{\"dbtc4j\":1,\"base\":999,\"pr\":null,"
                        + "\"definition\":\"000000000000\",\"nonce\":\"0000000000000001\"}",
                "{\"dbtc4j\":1,\"base\":1,\"pr\":null,"
                        + "\"definition\":\"00000000000a\",\"nonce\":\"0000000000000001\"}"
            })
    void touchesNoJobWithoutItsMarker(String description) {
        var stage = new ProbeStage(ProbeStage.options());
        long job =
                Platform.create(
                        stage.client(), "dbtc probe [CLONED 2026-03-02 09:00:00]", description);

        stage.probe();

        assertThat(stage.sandbox.job(job).orElseThrow().state()).isEqualTo(1);
        assertThat(stage.requests())
                .filteredOn(requested -> requested.path().contains("/jobs/" + job + "/"))
                .isEmpty();
    }

    private static final String NAME = "dbtc probe [CLONED 2026-03-02 09:00:00]";

    private static String marker(String pullRequest) {
        return "{\"dbtc4j\":1,\"base\":%d,\"pr\":%s,\"definition\":\"000000000000\",\"nonce\":\"0123456789abcdef\"}"
                .formatted(new ProbeStage(ProbeStage.options()).job(), pullRequest);
    }

    /// Names and descriptions that begin as those of throw-away jobs.
    static Stream<Arguments> likenesses() {
        return Stream.of(
                Arguments.of("dbtc probe [CLONED by the nightly team] real", marker("null")),
                Arguments.of(NAME + " real", marker("null")),
                Arguments.of(NAME, marker("null") + " production nightly, do not delete"),
                Arguments.of(NAME, marker("null") + "x"),
                Arguments.of(NAME, marker("\"github:7\"")),
                Arguments.of(NAME, marker("null").replace("}", ",\"keep\":true}")));
    }

    /// The marker was once read up to its first brace, without regard to what stood behind it.
    @ParameterizedTest
    @MethodSource("likenesses")
    void touchesNoJobThatIsAlmostLikeItsOwn(String name, String description) {
        var stage = new ProbeStage(ProbeStage.options());
        long job = Platform.create(stage.client(), name, description);
        long run = stage.sandbox.runAsUser(job, "dbtc probe");

        stage.probe();

        assertThat(stage.sandbox.job(job).orElseThrow().state()).isEqualTo(1);
        assertThat(stage.cancelled()).isNotEmpty().doesNotContain(run);
    }

    /// What is its own to the letter is cleared, unless others use it.
    @ParameterizedTest
    @CsvSource({"dbtc probe, 2", "dbtc probe xxx, 2", "nightly, 1", "dbtc probe nightly, 1"})
    void keepsAJobWithARunThatItDidNotTrigger(String cause, int state) {
        var stage = new ProbeStage(ProbeStage.options());
        long job = Platform.create(stage.client(), NAME, marker("null"));
        long run = stage.sandbox.runAsUser(job, cause);
        stage.restart(Duration.ofSeconds(20));

        Probe.Outcome outcome = stage.probe();

        boolean kept = state == 1;
        assertThat(stage.sandbox.job(job).orElseThrow().state()).isEqualTo(state);
        assertThat(stage.cancelled().contains(run)).isNotEqualTo(kept);
        assertThat(outcome.clean()).isNotEqualTo(kept);
        assertThat(stage.said.stream().filter(text -> text.contains("no dbtc probe triggered")))
                .hasSize(kept ? 1 : 0)
                .allMatch(text -> text.startsWith("Job " + job + " has a run"));
    }

    /// A job becomes that of others while it is tried: they triggered it by hand.
    @Test
    void leavesItsJobToOthersWhoTriggerIt() {
        var stage = new ProbeStage(ProbeStage.options());
        var theirs = new ArrayList<Long>();
        stage.sandbox.at(
                stage.now().plusSeconds(30),
                now ->
                        stage.sandbox.jobs().stream()
                                .filter(job -> job.state() == 1)
                                .filter(job -> job.name().startsWith("dbtc probe"))
                                .forEach(job ->
                                        theirs.add(stage.sandbox.runAsUser(job.id(), "a trial"))));

        Probe.Outcome outcome = stage.probe();

        assertThat(theirs).hasSize(1);
        assertThat(outcome.disturbed()).isTrue();
        assertThat(outcome.clean()).isFalse();
        assertThat(stage.cancelled()).doesNotContainAnyElementsOf(theirs);
        assertThat(stage.said).anyMatch(text -> text.contains("no dbtc probe triggered"));
    }

    /// The job is created while nothing lists it yet: what cannot be removed is at least told.
    @Test
    void saysThatAJobMayBeLeftWhenItIsStoppedBeforeTheAnswer() {
        SandboxOptions options = ProbeStage.options();
        var stage =
                new ProbeStage(options.pace(options.pace().visibilityLag(Duration.ofSeconds(10))))
                        .strike(ProbeStage.Trouble.STOP, 1);

        assertThatThrownBy(stage::probe).isInstanceOf(DbtCloudException.Interrupted.class);

        assertThat(stage.said.getLast())
                .startsWith("A throw-away job may be left")
                .contains("the next dbtc probe or dbtc reap deletes it");
        assertThat(stage.restart(Duration.ofMinutes(2)).probe().clean()).isTrue();
        stage.assertThatNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(ProbeMeasure.class)
    void everyMeasureHasARow(ProbeMeasure measure) {
        var rows = new ProbeReport().rows(AssumptionSet.defaults());

        assertThat(rows).extracting(ProbeReport.Row::question).contains(measure.title());
    }

    @Test
    void neverCancelsARunOfTheJobItProbesBeside() {
        var stage = new ProbeStage(ProbeStage.options());
        var runs = new ArrayList<Long>();
        long foreign = stage.sandbox.runAsUser(stage.job(), "dbtc probe");
        stage.sandbox.listen(event -> {
            if (event instanceof SandboxEvent.CancelRequested cancel) {
                runs.add(cancel.run().id());
            }
        });

        stage.probe();

        assertThat(runs).isNotEmpty().doesNotContain(foreign);
    }
}
