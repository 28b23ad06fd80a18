package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunView;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

/// The real command against the real platform's stand-in: a test a row of the decision table.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class DecisionTableTest {

    private static final int QUEUED = 1;
    private static final int RUNNING = 3;
    private static final int SUCCESS = 10;
    private static final int CANCELLED = 30;

    @Test
    void triggersTheJobWhenItIsIdle() {
        try (var platform = Platform.starter()) {
            var ended = platform.trigger("quick", "--should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            Run run = run(ended);
            assertThat(run.jobId()).isEqualTo(platform.job);
            assertThat(run.status().code()).isEqualTo(SUCCESS);
            assertThat(ended.err())
                    .contains("Job 1 is idle: triggering job 1.")
                    .contains("Run " + run.id() + " succeeded after");
            assertThat(platform.clones()).isEmpty();
        }
    }

    @Test
    void returnsAfterTriggerWithoutPolling() {
        try (var platform = Platform.starter()) {
            var ended = platform.trigger("slow", "--no-should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            Run run = run(ended);
            assertThat(run.status().code()).as("as it was triggered").isEqualTo(QUEUED);
            assertThat(platform.run(run.id()).isTerminal()).isFalse();
            assertThat(ended.err()).contains("Not waiting for run " + run.id());
        }
    }

    @Test
    void cancelsTheRunOfAnOlderCommitAndTriggersAgain() {
        try (var platform = Platform.starter()) {
            long stale = platform.triggerElsewhere(platform.job, "slow", 50);
            platform.await(stale, RUNNING);

            var ended = platform.trigger("quick", "--should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.run(stale).status()).isEqualTo(CANCELLED);
            assertThat(run(ended).jobId()).isEqualTo(platform.job);
            assertThat(ended.err())
                    .contains("Run %d of this pull request is for an older commit".formatted(stale))
                    .contains("Requested cancellation of run %d.".formatted(stale));
            assertThat(platform.clones()).isEmpty();
        }
    }

    @Test
    void clonesTheJobWhenItIsBusyAndDeletesTheCloneAfterItsRun() {
        try (var platform = Platform.starter()) {
            long other = platform.triggerElsewhere(platform.job, "slow", 51);
            platform.await(other, RUNNING);

            var ended = platform.trigger("quick", "--no-should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.clones())
                    .singleElement()
                    .satisfies(clone -> {
                        assertThat(run(ended).jobId()).isEqualTo(clone.id());
                        assertThat(clone.state()).as("deleted").isEqualTo(2);
                    });
            assertThat(run(ended).status().code()).as("it was waited for").isEqualTo(SUCCESS);
            assertThat(platform.run(other).status()).isEqualTo(RUNNING);
            assertThat(ended.err())
                    .contains(
                            ("Job 1 is busy with run %d (pull request 51); 1 of 5 run slots in use:"
                                            + " cloning the job, then triggering the clone.")
                                    .formatted(other))
                    .contains("Deleted clone " + platform.clones().getFirst().id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-delete-cloned-job", "--cleanup=never", "--cleanup=idle"})
    void keepsTheCloneAndDoesNotWaitForItWhenAskedTo(String option) {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), RUNNING);

            var ended = platform.trigger("slow", option, "--no-should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.clones())
                    .singleElement()
                    .satisfies(clone -> {
                        assertThat(run(ended).jobId()).isEqualTo(clone.id());
                        assertThat(clone.state()).as("there").isEqualTo(1);
                        assertThat(clone.triggered()).as("starts by itself").isFalse();
                    });
            assertThat(platform.run(run(ended).id()).isTerminal()).isFalse();
        }
    }

    @Test
    void usesTheCloneThatThePullRequestHasAlready() {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), RUNNING);
            var first = platform.trigger("slow", "--no-delete-cloned-job").end();
            long stale = run(first).id();

            var ended = platform.trigger("quick").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.run(stale).status()).isEqualTo(CANCELLED);
            assertThat(run(ended).jobId()).isEqualTo(run(first).jobId());
            assertThat(platform.clones())
                    .singleElement()
                    .satisfies(clone -> {
                        assertThat(clone.state()).as("deleted after the second run").isEqualTo(2);
                    });
            assertThat(ended.err()).contains("of this pull request exists");
        }
    }

    @Test
    void queuesWhenAllRunSlotsAreTakenAndMovesToACloneWhenOneIsFree() {
        try (var platform = Platform.of(Platform.options().runSlots(2))) {
            long other = platform.triggerElsewhere(platform.job, "slow", 51);
            platform.await(other, RUNNING);
            long production =
                    platform.sandbox.runAsUser(
                            platform.sandbox.world().productionJobIds().getFirst(), "slow");
            platform.await(production, RUNNING);

            CommandProcess process = platform.trigger("quick", "--should-poll");
            RunView queued = platform.awaitRunOfPullRequest50(1, process);
            assertThat(queued.jobId()).isEqualTo(platform.job);
            process.awaitErr("Run %d: Queued behind run %d".formatted(queued.id(), other));
            platform.sandbox.cancelAsUser(production);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.run(queued.id()).status()).isEqualTo(CANCELLED);
            assertThat(platform.clones())
                    .singleElement()
                    .satisfies(clone -> assertThat(run(ended).jobId()).isEqualTo(clone.id()));
            assertThat(platform.run(other).status()).isEqualTo(RUNNING);
            assertThat(ended.err())
                    .contains("2 of 2 run slots in use: triggering job 1, where the run queues.")
                    .contains(
                            "run %d is queued behind run %d while a slot is free"
                                    .formatted(queued.id(), other));
        }
    }

    @Test
    void queuesWhenItsOwnLimitIsReached() {
        try (var platform = Platform.starter()) {
            long other = platform.triggerElsewhere(platform.job, "slow", 51);
            platform.await(other, RUNNING);

            CommandProcess process =
                    platform.trigger("quick", "--max-run-slots=1", "--should-poll");
            process.awaitErr("Queued behind run " + other);
            platform.sandbox.cancelAsUser(other);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(run(ended).jobId()).isEqualTo(platform.job);
            assertThat(platform.clones()).isEmpty();
            assertThat(ended.err()).contains("--max-run-slots is 1");
        }
    }

    @Test
    void queuesWhereThePlatformCreatesNoClone() {
        AssumptionSet runner = AssumptionSet.defaults().with(Assumption.OneMoreJob.FORBIDDEN);
        try (var platform = Platform.of(Platform.options().switches(runner))) {
            long other = platform.triggerElsewhere(platform.job, "slow", 51);
            platform.await(other, RUNNING);

            CommandProcess process = platform.trigger("quick", "--should-poll");
            process.awaitErr("Queued behind run " + other);
            platform.sandbox.cancelAsUser(other);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(run(ended).jobId()).isEqualTo(platform.job);
            assertThat(platform.clones()).isEmpty();
            assertThat(ended.err())
                    .containsOnlyOnce("The platform rejects a clone of the job")
                    .contains(
                            "The platform rejects clones of the job: triggering job 1, where the"
                                    + " run");
        }
    }

    @Test
    void leavesItToAPlatformThatRunsPullRequestsSideBySideItself() {
        try (var platform = Platform.of(Platform.options().plan("enterprise_2025"))) {
            long other = platform.triggerElsewhere(platform.job, "slow", 51);
            platform.await(other, RUNNING);

            var ended = platform.trigger("quick", "--should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(run(ended).jobId()).isEqualTo(platform.job);
            assertThat(platform.run(other).status()).isEqualTo(RUNNING);
            assertThat(platform.clones()).isEmpty();
            assertThat(ended.err())
                    .contains("The platform itself runs the pull requests of job 1 concurrently");
        }
    }

    @Test
    void clonesOnAnyPlanWhenThatIsForced() {
        try (var platform = Platform.of(Platform.options().plan("enterprise_2025"))) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), RUNNING);

            var ended = platform.trigger("quick", "--concurrency=clone").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.clones()).hasSize(1);
        }
    }

    @Test
    void neverClonesWhenThatIsForced() {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), RUNNING);

            var ended = platform.trigger("quick", "--concurrency=NATIVE").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(run(ended).jobId()).isEqualTo(platform.job);
            assertThat(platform.clones()).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void showsThePlanAndChangesNothing() {
        try (var platform = Platform.starter()) {
            long other = platform.triggerElsewhere(platform.job, "slow", 51);
            platform.await(other, RUNNING);
            long stale = platform.triggerElsewhere(platform.job, "slow", 50);
            int before = platform.requests().size();

            var ended = platform.dbtc("plan", "-d", Platform.payload("quick")).end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            Map<String, ?> plan = Json.readObject(ended.out());
            assertThat((Iterable<Object>) plan.get("steps"))
                    .containsExactly(
                            Map.of("step", "cancel", "run", stale),
                            Map.of("step", "await_completion", "runs", java.util.List.of(stale)),
                            Map.of("step", "create_clone"),
                            Map.of("step", "trigger", "lane", "new_clone"));
            assertThat((Iterable<Object>) plan.get("reasons"))
                    .contains(
                            Map.of("reason", "stale_run", "run", stale, "job", platform.job),
                            Map.of("reason", "slots_free", "used", 1L, "run_slots", 5L));
            assertThat(ended.err()).contains("cancelling run " + stale + ", then waiting");
            assertThat(platform.requests().stream().skip(before))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        }
    }

    /// Without a payload it is that of `ci run`, its sequence's scope included.
    @Test
    void plansForThePullRequestOfThePipeline(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var environment = RecordedPipeline.environment(platform, "github", "", folder);
            environment.put("DBTC_CAUSE", "slow");
            var run = new Prompt(environment);
            assertThat(run.dbtc("ci", "run", "--no-should-poll")).as(run.err()).isZero();
            long triggered = platform.sandbox.runs().getFirst().id();

            var same = new Prompt(environment);
            assertThat(same.dbtc("plan")).as(same.err()).isZero();
            var other = new Prompt(environment);
            assertThat(other.dbtc("plan", "-d", Platform.payload("slow"))).isZero();

            assertThat(same.err())
                    .contains(
                            "Planning for this pipeline's pull request; --payload is for another.")
                    .contains("pull request 50", "Run " + triggered + " builds the same commit");
            assertThat(other.err())
                    .contains("Planning for the payload given; without it, for this pipeline's.");
            assertThat(new Prompt(platform.environment()).dbtc("plan")).isEqualTo(2);
        }
    }

    private static Run run(CommandProcess.Ended ended) {
        assertThat(ended.out()).endsWith("}\n");
        assertThat(ended.out().strip()).as("one line").doesNotContain("\n");
        return Run.of(ended.data());
    }
}
