package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@NullUnmarked
class SchedulingTest {

    @Test
    void aRunIsQueuedThenStartsThenRunsThenSucceeds() {
        Platform platform = Platform.with().nextTakes(10, 60);
        long run = platform.trigger(platform.ciJob);

        assertThat(platform.status(run)).isEqualTo(1);
        assertThat(platform.afterSeconds(1).status(run)).isEqualTo(2);
        assertThat(platform.afterSeconds(10).status(run)).isEqualTo(3);
        assertThat(platform.afterSeconds(60).status(run)).isEqualTo(10);
    }

    @Test
    void runsOfOneJobAreSerialInTheOrderTheyWereQueued() {
        Platform platform = Platform.with();
        var runs = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) {
            platform.nextTakes(10, 60);
            runs.add(platform.trigger(platform.ciJob));
        }
        var started = new ArrayList<Long>();
        var underWay = new ArrayList<Long>();
        platform.sandbox.listen(event -> {
            if (event instanceof SandboxEvent.RunStarting(var at, var run)) {
                assertThat(underWay).isEmpty();
                underWay.add(run.id());
                started.add(run.id());
            }
            if (event instanceof SandboxEvent.RunFinished(var at, var run)) {
                underWay.remove(run.id());
            }
        });
        platform.settle();

        assertThat(started).isEqualTo(runs);
        assertThat(platform.sandbox.runs()).allMatch(run -> run.status() == 10);
    }

    @Test
    void noMoreRunsAreUnderWayThanThereAreSlots() {
        Platform platform = new Platform(Platform.quiet().runSlots(2));
        for (int i = 0; i < 5; i++) {
            platform.trigger(platform.createJob());
        }
        var underWay = new ArrayList<Long>();
        var most = new ArrayList<Integer>(List.of(0));
        platform.sandbox.listen(event -> {
            if (event instanceof SandboxEvent.RunStarting(var at, var run)) {
                underWay.add(run.id());
                most.set(0, Math.max(most.getFirst(), underWay.size()));
            }
            if (event instanceof SandboxEvent.RunFinished(var at, var run)) {
                underWay.remove(run.id());
            }
        });
        platform.settle();

        assertThat(most).containsExactly(2);
        assertThat(platform.sandbox.runs()).hasSize(5).allMatch(run -> run.status() == 10);
    }

    @Test
    void noRunStartsWithoutAnySlot() {
        Platform platform = new Platform(Platform.quiet().runSlots(0));
        long run = platform.trigger(platform.ciJob);

        assertThat(platform.afterSeconds(3600).status(run)).isEqualTo(1);
    }

    @Test
    void unknownSlotsHoldNothingUp() {
        Platform platform = new Platform(Platform.quiet().runSlots(null));
        for (int i = 0; i < 20; i++) {
            platform.trigger(platform.createJob());
        }
        platform.afterSeconds(1);

        assertThat(platform.sandbox.runs()).allMatch(run -> run.status() == 2);
        assertThat(data(platform.get(V2 + "/"))).containsEntry("run_slots", null);
    }

    @Test
    void runsOfOtherJobsOvertakeOneThatWaitsForItsOwnJob() {
        Platform platform = Platform.with().nextTakes(10, 600);
        platform.trigger(platform.ciJob);
        long waits = platform.trigger(platform.ciJob);
        long overtakes = platform.trigger(platform.createJob());
        platform.afterSeconds(1);

        assertThat(platform.status(waits)).isEqualTo(1);
        assertThat(platform.status(overtakes)).isEqualTo(2);
    }

    @Test
    void aQueuedRunNamesTheRunOfItsJobThatBlocksIt() {
        Platform platform = Platform.with().nextTakes(10, 60);
        long first = platform.trigger(platform.ciJob);
        long second = platform.trigger(platform.ciJob);
        platform.afterSeconds(30);

        assertThat(platform.run(first)).containsEntry("blocked_by", List.of());
        assertThat(platform.run(second)).containsEntry("blocked_by", List.of(first));
        assertThat(platform.afterSeconds(60).run(second)).containsEntry("blocked_by", List.of());
    }

    @Test
    void aRunTimesOutAsCancelledWithTheRecordedMessage() {
        Platform platform = Platform.with().nextTakes(10, 600);
        long job = platform.createJob("execution", Map.of("timeout_seconds", 120));
        long run = platform.trigger(job);

        assertThat(platform.afterSeconds(129).status(run)).isEqualTo(3);
        assertThat(platform.afterSeconds(2).run(run))
                .containsEntry("status", 30L)
                .containsEntry("is_cancelled", true)
                .containsEntry("run_duration", "00:02:00")
                .containsEntry("can_retry", false)
                .containsEntry("artifacts_saved", true)
                .containsEntry(
                        "status_message",
                        "This run timed out after running for 2 minutes, which exceeded the"
                                + " configured timeout of 120 seconds.");
    }

    @Test
    void theTriggerOverridesTheTimeout() {
        Platform platform = Platform.with().nextTakes(10, 600);
        long run = platform.trigger(platform.ciJob, "timeout_seconds_override", 60);

        assertThat(platform.afterSeconds(72).status(run)).isEqualTo(30);
    }

    @Test
    void noRunLastsLongerThanTheAccountAllows() {
        Platform platform = Platform.with().nextTakes(10, 90_000);
        long run = platform.trigger(platform.ciJob);

        assertThat(platform.after(Duration.ofHours(25)).run(run))
                .containsEntry("run_duration", "24:00:00")
                .containsEntry("run_duration_humanized", "1 day")
                .containsEntry(
                        "status_message",
                        "This run timed out after running for 1 day, which exceeded the configured"
                                + " timeout of 86400 seconds.");
    }

    @Test
    void theQueueLimitRefusesATrigger() {
        Platform platform = new Platform(Platform.quiet().runSlots(0));
        for (int i = 0; i < 50; i++) {
            platform.trigger(platform.ciJob);
        }

        assertThat(platform.post(V2 + "/jobs/1/run/", Platform.body()).status()).isEqualTo(400);
        platform.sandbox.switches(
                platform.sandbox.switches().with(Assumption.TriggerBeyondQueueLimit.ACCEPTED));
        assertThat(platform.post(V2 + "/jobs/1/run/", Platform.body()).status()).isEqualTo(200);
    }

    @Test
    void aNewerScheduledRunCancelsTheQueuedScheduledOneButNoApiRun() {
        Platform platform = new Platform(Platform.quiet().schedules(true).runSlots(0));
        long job = platform.sandbox.world().productionJobIds().get(1);
        long api = platform.trigger(job);
        platform.after(Duration.ofHours(3));

        List<RunView> runs =
                platform.sandbox.runs().stream().filter(run -> run.jobId() == job).toList();
        assertThat(runs).hasSize(4);
        assertThat(runs).extracting(RunView::status).containsExactly(1, 30, 30, 1);
        assertThat(platform.status(api)).isEqualTo(1);
        assertThat(runs.get(1).statusMessage()).isNotBlank();
    }

    @Test
    void aHundredFailuresInARowDeactivateAJob() {
        Platform platform = Platform.with();
        platform.sandbox.decide(
                RunRule.always(ScriptedOutcome.failureAt("model.jaffle_shop.orders")));
        for (int i = 0; i < 100; i++) {
            platform.trigger(platform.ciJob);
            platform.settle();
        }
        assertThat(data(platform.get(V2 + "/jobs/1/")))
                .containsEntry("deactivated", true)
                .containsEntry("run_failure_count", 100L);
        assertThat(platform.post(V2 + "/jobs/1/run/", Platform.body()).status()).isEqualTo(400);

        platform.sandbox.editAsUser(1, Map.of("name", "CI again"));
        assertThat(platform.post(V2 + "/jobs/1/run/", Platform.body()).status()).isEqualTo(200);
    }

    @Test
    void aDeactivatedJobMayStillBeTriggered() {
        Platform platform = Platform.with(Assumption.TriggerOfDeactivatedJob.ACCEPTED);
        platform.sandbox.decide(
                RunRule.always(
                        ScriptedOutcome.any().ending(ScriptedOutcome.Ending.INTERNAL_ERROR)));
        for (int i = 0; i < 101; i++) {
            platform.trigger(platform.ciJob);
            platform.settle();
        }

        assertThat(platform.sandbox.runs()).hasSize(101);
    }

    @Test
    void aMergeJobKeepsOnlyTheNewestOfItsQueuedRuns() {
        Platform platform = Platform.with().nextTakes(1, 60);
        long job = platform.createJob("job_type", "merge");
        long running = platform.trigger(job);
        platform.afterSeconds(5);
        long stale = platform.trigger(job);
        long newest = platform.trigger(job);

        assertThat(platform.status(stale)).isEqualTo(30);
        platform.settle();
        assertThat(platform.status(running)).isEqualTo(10);
        assertThat(platform.status(newest)).isEqualTo(10);
    }

    @Test
    void aJobFollowsTheCompletionOfAnother() {
        Platform platform = Platform.with();
        long child =
                platform.createJob(
                        "job_completion_trigger_condition",
                        Map.of(
                                "condition",
                                Map.of("job_id", 1, "project_id", 1, "statuses", List.of(10))));
        platform.trigger(platform.ciJob);
        platform.settle();

        assertThat(platform.sandbox.runs())
                .extracting(RunView::jobId)
                .containsExactly(platform.ciJob, child);
        assertThat(platform.sandbox.runs().getLast().causeCategory()).isEqualTo("job completion");
    }

    @Test
    void timeNeverGoesBack() {
        Platform platform = Platform.with().nextTakes(10, 60);
        long run = platform.trigger(platform.ciJob);
        platform.afterSeconds(30);
        platform.now = Platform.START;

        assertThat(platform.status(run)).isEqualTo(3);
        assertThat(platform.sandbox.now()).isEqualTo(Platform.START.plusSeconds(30));
    }
}
