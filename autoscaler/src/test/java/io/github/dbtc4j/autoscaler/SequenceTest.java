package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Pipelines that know their place in the order, beside others of the same pull request. Each of
/// these went wrong in the simulation once.
class SequenceTest {

    private static final String SHA = "1f3a6c0b9d2e";
    private static final Sequence FIFTH = Sequence.parse("5.1").orElseThrow();
    private static final Options POLL = Options.defaults().shouldPoll(true).sequence(FIFTH);
    private static final Options DEDICATED = POLL.lanes(LanePolicy.DEDICATED).cleanup(Cleanup.IDLE);

    private final Stage stage =
            new Stage(
                    options -> options.runSlots(2).with(Assumption.RunsOfDeletedJobInLists.HIDDEN));

    /// Another pipeline of pull request 50 triggers `job`.
    private long claimed(long job, String sequence, String sha) {
        var payload = stage.payload(50);
        payload.put("git_sha", sha.equals(SHA) ? payload.get("git_sha") : sha + "0".repeat(28));
        payload.put(
                "cause",
                "Autoscaling CI dbtc4j/1 b=%d r=- p=github:50 k=%s s=%s n=00000000000000ee"
                        .formatted(stage.world.ciJobId(), sequence, sha));
        return stage.client
                .jobs()
                .trigger(stage.world.accountId(), job, Map.copyOf(payload))
                .data()
                .id();
    }

    private long cloneOf(int pullRequest) throws InterruptedException {
        long before = stage.runOf(51, stage.world.ciJobId());
        stage.trigger(pullRequest, Options.defaults().cleanup(Cleanup.IDLE));
        stage.sandbox.cancelAsUser(before);
        stage.pass(Duration.ofMinutes(6));
        return stage.clones().getFirst();
    }

    /// Races, base-first, seed 20,000,158.
    @Test
    void aFollowedRunThatVanishesWithItsLaneIsAskedForByItself() throws Exception {
        long clone = cloneOf(50);
        long followed = claimed(clone, "5.1", SHA);
        stage.after(Duration.ofSeconds(60), () -> stage.sandbox.deleteAsUser(clone));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(Objects.requireNonNull(outcome.answer()).data().id()).isNotEqualTo(followed);
        assertThat(stage.happened(SandboxEvent.Requested.class))
                .filteredOn(requested -> requested.path().contains("/runs/" + followed + "/"))
                .hasSize(1);
    }

    /// HTTP faults, base-first, seed 77,001,373: one delivery had the other's run cancelled for its
    /// own one, which was gone with its clone by then, and went on to run where the other tidied
    /// up.
    @Test
    void doesNotYieldToRememberedRun() throws Exception {
        long clone = cloneOf(50);
        stage.runOf(51, stage.world.ciJobId());
        var duplicates = new long[1];
        stage.after(Duration.ofSeconds(2), () -> stage.sandbox.deleteAsUser(clone));
        stage.after(
                Duration.ofSeconds(3),
                () -> duplicates[0] = claimed(stage.world.ciJobId(), "5.1", SHA));

        Outcome outcome = stage.trigger(50, POLL.pollInterval(Duration.ofSeconds(4)));

        assertThat(outcome.verdict()).isEqualTo(new Verdict.Succeeded(new RunId(duplicates[0])));
        assertThat(stage.happened(SandboxEvent.CancelRequested.class))
                .extracting(requested -> requested.run().id())
                .doesNotContain(duplicates[0]);
    }

    /// Races, dedicated, seed 22,004,484: pipelines deleted each other's clones.
    @Test
    void aCloneOfANewerBaseJobThanOneHasReadIsNotOutdated() throws Exception {
        edit(stage, "dbt build -s tag:new");
        stage.trigger(50, DEDICATED.sequence(Sequence.parse("4.1").orElseThrow()));
        edit(stage, "dbt build -s tag:old");
        var autoscaler =
                new Autoscaler(
                        stage.client,
                        stage,
                        event -> {
                            if (event instanceof Event.UnusualJob) {
                                edit(stage, "dbt build -s tag:new");
                            }
                        });

        Outcome outcome =
                autoscaler.triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Payload.of(stage.payload(50)),
                        DEDICATED);

        assertThat(Objects.requireNonNull(outcome.answer()).data().jobId())
                .isEqualTo(stage.clones().getFirst());
        assertThat(stage.clonesMade()).hasSize(1);
    }

    /// Races with forged claims, dedicated, seed 1,000,927: it asked again and again, without a
    /// pause, whether the clone could go.
    @Test
    void theEndOfAnotherPersonsRunOnAnOutdatedCloneIsAwaited() throws Exception {
        long outdated = outdatedClone(stage);
        long theirs = stage.runOf(51, outdated);

        Outcome outcome = stage.trigger(50, DEDICATED);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.clones()).doesNotContain(outdated);
        assertThat(stage.happened(SandboxEvent.CancelRequested.class))
                .noneMatch(requested -> requested.run().id() == theirs);
        assertThat(stage.happened(SandboxEvent.Requested.class))
                .filteredOn(requested -> requested.path().endsWith("/jobs/" + outdated + "/"))
                .hasSizeLessThan(5);
    }

    @Test
    void anOutdatedCloneThatThePlatformKeepsIsDoneWithout() throws Exception {
        var refusing =
                new Stage(
                        options -> options,
                        platform ->
                                request ->
                                        request.method().equals("DELETE")
                                                ? Response.of(403, Map.of(), "{}")
                                                : platform.send(request));
        long outdated = outdatedClone(refusing);

        Outcome outcome = refusing.trigger(50, DEDICATED);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(refusing.clones()).contains(outdated).hasSize(2);
    }

    private static long outdatedClone(Stage stage) throws InterruptedException {
        edit(stage, "dbt build -s tag:new");
        stage.trigger(50, DEDICATED.sequence(Sequence.parse("4.1").orElseThrow()));
        edit(stage, "dbt build -s tag:newer");
        return stage.clones().getFirst();
    }

    private static void edit(Stage stage, String command) {
        stage.sandbox.editAsUser(stage.world.ciJobId(), Map.of("execute_steps", List.of(command)));
    }

    /// Faults, base-first, seed 20,000,844: slow responses kept every look from being fresh enough.
    @Test
    void anOlderCommitsRunIsCancelledHoweverOldTheLookIs() throws Exception {
        long older = claimed(stage.world.ciJobId(), "4.1", "ffffffffffff");

        stage.autoscalerPausedFor(Duration.ofMinutes(2))
                .triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Payload.of(stage.payload(50)),
                        Options.defaults().sequence(FIFTH));

        List<SandboxEvent.Requested> requests = stage.happened(SandboxEvent.Requested.class);
        assertThat(requests)
                .anyMatch(requested -> requested.path().contains("/runs/" + older + "/cancel/"));
        SandboxEvent.Requested first =
                requests.stream()
                        .filter(requested -> requested.at().isAfter(Stage.START.plusSeconds(100)))
                        .findFirst()
                        .orElseThrow();
        assertThat(first.path()).contains("/cancel/");
    }

    /// Races, dedicated, seed 23,003,221.
    @Test
    void aQueuedRunGivesWayToANewerOneThatCameAndWentBetweenTwoLooks() throws Exception {
        stage.productionRun();
        stage.runOf(51, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(30));
        var newer = new long[1];
        stage.after(
                Duration.ofSeconds(12),
                () -> {
                    newer[0] = claimed(stage.world.ciJobId(), "6.1", "ffffffffffff");
                    stage.sandbox.cancelAsUser(newer[0]);
                });
        Instant began = stage.now();

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Superseded.class,
                        superseded -> assertThat(superseded.by()).isEqualTo(new RunId(newer[0])));
        assertThat(Duration.between(began, stage.now())).isLessThan(Duration.ofMinutes(1));
    }

    /// Clones that a reaping has no time for are reported.
    @Test
    void reportsCloneNotReaped() throws Exception {
        long clone = cloneOf(50);
        stage.pass(Duration.ofHours(1));
        var reaper = new Reaper(stage.client, new Slow(stage), stage.told::add);

        List<JobId> gone =
                reaper.reap(
                        stage.world.accountId(),
                        reaper.inspect(stage.world.accountId(), stage.world.ciJobId()),
                        Options.LEAST_CLONE_TTL);

        assertThat(gone).isEmpty();
        assertThat(stage.clones()).containsExactly(clone);
        assertThat(stage.told(Event.CloneKept.class))
                .containsExactly(
                        new Event.CloneKept(new JobId(clone), "the platform answers too slowly"));
    }

    /// A machine on which every look at a clock comes six seconds after the last.
    private record Slow(Stage stage) implements io.github.dbtc4j.http.SystemContext {

        @Override
        public Instant now() {
            return stage.now();
        }

        @Override
        public long nanoTime() {
            stage.pass(Duration.ofSeconds(6));
            return stage.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
            stage.sleep(duration);
        }

        @Override
        public long random() {
            return stage.random();
        }
    }
}
