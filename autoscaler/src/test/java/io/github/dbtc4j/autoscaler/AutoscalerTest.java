package io.github.dbtc4j.autoscaler;

import static io.github.dbtc4j.autoscaler.Stage.NO_POLL;
import static io.github.dbtc4j.autoscaler.Stage.POLL;
import static io.github.dbtc4j.autoscaler.Stage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.autoscaler.payload.InvalidPayloadException;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome.Ending;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// One invocation from its first look to its verdict.
class AutoscalerTest {

    @Test
    void triggersTheJobWhenNothingRuns() throws Exception {
        var stage = new Stage();

        Outcome outcome = stage.trigger(50, NO_POLL);

        Run run = run(outcome);
        assertThat(outcome.verdict()).isEqualTo(new Verdict.Triggered(new RunId(run.id())));
        assertThat(run.jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(run.status()).isEqualTo(Known.QUEUED);
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void needsFiveCallsWhenNothingRuns() throws Exception {
        var stage = new Stage();

        stage.trigger(50, NO_POLL);

        assertThat(stage.happened(SandboxEvent.Requested.class))
                .extracting(SandboxEvent.Requested::method)
                .containsExactly("GET", "GET", "GET", "POST", "GET");
    }

    @Test
    void returnsResponseJsonUnchanged() throws Exception {
        var stage = new Stage();

        ApiResponse<Run> answer = Objects.requireNonNull(stage.trigger(50, NO_POLL).answer());

        Map<String, ?> envelope = Json.readObject(answer.json());
        assertThat(envelope).containsOnlyKeys("status", "data").isNotEmpty();
        assertThat(envelope.get("data")).isEqualTo(answer.data().fields());
    }

    @Test
    void claimsItsRunBehindTheUsersCause() throws Exception {
        var stage = new Stage();

        RunView run = stage.run(run(stage.trigger(50, NO_POLL)).id());

        assertThat(run.cause()).startsWith("Autoscaling CI dbtc4j/1 b=" + stage.world.ciJobId());
        assertThat(Claim.parse(run.cause()))
                .hasValueSatisfying(claim -> {
                    assertThat(claim.base()).isEqualTo(new JobId(stage.world.ciJobId()));
                    assertThat(claim.sha()).isEqualTo("1f3a6c0b9d2e");
                });
        assertThat(run.pullRequest()).containsEntry("github_pull_request_id", 50L);
        assertThat(run.schemaOverride()).isEqualTo("dbt_cloud_pr_" + stage.world.ciJobId() + "_50");
    }

    @Test
    void waitsForTheResultWhenAsked() throws Exception {
        var stage = new Stage();

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(run(outcome).status()).isEqualTo(Known.SUCCESS);
        assertThat(run(outcome).steps()).isNotEmpty();
        assertThat(stage.told(Event.Progress.class)).hasSizeGreaterThan(20);
    }

    @Test
    void reportsAFailure() throws Exception {
        var stage = new Stage();
        stage.nextRunEnds(Ending.FAILING_NODE);

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isEqualTo(new Verdict.Failed(new RunId(run(outcome).id())));
        assertThat(run(outcome).status()).isEqualTo(Known.ERROR);
    }

    @Test
    void namesTheSchemaAfterTheBaseJobWhenThePayloadDoesNot() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        Map<String, Object> payload = stage.payload(50);
        payload.remove("schema_override");

        Outcome outcome =
                stage.autoscaler()
                        .triggerAutoscalingCiJob(
                                stage.world.accountId(), stage.world.ciJobId(), payload);

        assertThat(stage.run(run(outcome).id()).schemaOverride())
                .isEqualTo("dbt_cloud_pr_" + stage.world.ciJobId() + "_50");
    }

    @Test
    void queuesWhenAllRunSlotsAreTaken() throws Exception {
        var stage = new Stage(options -> options.runSlots(2));
        stage.runOf(51, stage.world.ciJobId());
        stage.productionRun();
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, NO_POLL);

        assertThat(run(outcome).jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(outcome.verdict()).isInstanceOf(Verdict.Triggered.class);
        assertThat(stage.told(Event.Decided.class).getFirst().plan().reasons())
                .contains(new Reason.SlotsExhausted(2, 2));
    }

    @Test
    void movesToACloneAsSoonAsASlotFrees() throws Exception {
        var stage = new Stage(options -> options.runSlots(2));
        long production = stage.productionRun();
        stage.pass(Duration.ofSeconds(200));
        stage.runOf(51, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(run(outcome).jobId()).isNotEqualTo(stage.world.ciJobId());
        RunView mine = stage.run(run(outcome).id());
        assertThat(Duration.between(finished(stage, production), mine.createdAt()))
                .isLessThan(Duration.ofSeconds(20));
        assertThat(stage.clones()).isEmpty();
    }

    private static java.time.Instant finished(Stage stage, long run) {
        return Objects.requireNonNull(stage.run(run).finishedAt());
    }

    @Test
    void leavesItToThePlatformOnAPlanThatRunsCiConcurrently() throws Exception {
        var stage = new Stage(options -> options.plan("enterprise_2025"));
        long other = stage.runOf(51, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(stage.clonesMade()).isEmpty();
        assertThat(stage.run(run(outcome).id()).startedAt()).isBefore(finished(stage, other));
    }

    @Test
    void reportsRunCancelledByUser() throws Exception {
        var stage = new Stage();
        stage.after(
                Duration.ofSeconds(100),
                () -> stage.sandbox.cancelAsUser(stage.sandbox.runs().getLast().id()));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Cancelled.class);
        assertThat(run(outcome).cancellation()).isNotNull();
    }

    @Test
    void cancelsItsRunAndLeavesNoCloneAtTheDeadline() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, POLL.timeout(Duration.ofMinutes(2)));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.DeadlinePassed.class);
        assertThat(run(outcome).status()).isEqualTo(Known.CANCELLED);
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void tellsOnceWhatIsUnusualAboutTheBaseJob() throws Exception {
        var stage = new Stage();
        stage.sandbox.editAsUser(
                stage.world.ciJobId(), Map.of("execute_steps", List.of("dbt build")));

        stage.trigger(50, POLL);

        assertThat(stage.told(Event.UnusualJob.class))
                .extracting(Event.UnusualJob::consideration)
                .containsExactly(JobWarning.NO_STATE_SELECTION);
    }

    @Test
    void planningWritesNothing() {
        var stage = new Stage();
        stage.runOf(50, stage.world.ciJobId());
        long before = stage.requests();

        var plan =
                stage.autoscaler()
                        .plan(
                                stage.world.accountId(),
                                stage.world.ciJobId(),
                                Payload.of(stage.payload(50)),
                                POLL);

        assertThat(plan.next()).isInstanceOf(Step.Cancel.class);
        assertThat(
                        stage.happened(SandboxEvent.Requested.class)
                                .subList((int) before, (int) stage.requests()))
                .extracting(SandboxEvent.Requested::method)
                .containsOnly("GET");
    }

    @Test
    void refusesACloneAsBaseJob() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        stage.trigger(50, NO_POLL.cleanup(Cleanup.NEVER));
        long clone = stage.clones().getFirst();

        assertThatThrownBy(() ->
                        stage.autoscaler()
                                .triggerAutoscalingCiJob(
                                        stage.world.accountId(), clone, stage.payload(52)))
                .isInstanceOf(UnsuitableJobException.class)
                .hasMessage(
                        "job %d is itself a clone of job %d; name that one"
                                .formatted(clone, stage.world.ciJobId()));
    }

    @Test
    void looksAgainAfterTheCooldownWhenAWriteIsRateLimited() throws Exception {
        var refusals = new AtomicInteger(1);
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request ->
                                        request.method().equals("POST")
                                                        && refusals.getAndDecrement() > 0
                                                ? Response.of(429, Map.of(), "")
                                                : platform.send(request));

        Run run = run(stage.trigger(50, NO_POLL));

        assertThat(Duration.between(Stage.START, stage.run(run.id()).createdAt()))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        assertThat(stage.sandbox.runs()).hasSize(1);
    }

    @Test
    void writesNothingOnTheStrengthOfAnOldLook() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        // the process is paused after its look, right before it creates the clone
        Outcome outcome =
                stage.autoscalerPausedFor(Duration.ofMinutes(10))
                        .triggerAutoscalingCiJob(
                                stage.world.accountId(), stage.world.ciJobId(), stage.payload(50));

        assertThat(stage.clonesMade()).isEmpty();
        assertThat(run(outcome).jobId()).isEqualTo(stage.world.ciJobId());
    }

    @Test
    void actsOnStaleSnapshotAfterThreeRetries() throws Exception {
        var clock = new AtomicReference<Stage>();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (clock.get() != null) {
                                        clock.get().pass(Duration.ofSeconds(20));
                                    }
                                    return platform.send(request);
                                });
        clock.set(stage);

        assertThat(stage.trigger(50, NO_POLL).verdict()).isInstanceOf(Verdict.Triggered.class);
    }

    @Test
    void anInvalidPayloadSendsNothing() {
        var stage = new Stage();

        assertThatThrownBy(() ->
                        stage.autoscaler()
                                .triggerAutoscalingCiJob(1, 1, Map.of("github_pull_request_id", 5)))
                .isInstanceOf(InvalidPayloadException.class);
        assertThat(stage.requests()).isZero();
    }
}
