package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.autoscaler.payload.InvalidPayloadException;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome.Ending;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class AutoscalerTest {

    private static final Options NO_POLL = Options.defaults();
    private static final Options POLL = Options.defaults().shouldPoll(true);

    private static final Response REFUSAL =
            Response.of(
                    400,
                    Map.of(),
                    """
                    {"status": {"code": 400, "is_success": false,
                                "user_message": "The request was invalid.",
                                "developer_message": ""}, "data": null}
                    """);

    private static Run run(Outcome outcome) {
        return Objects.requireNonNull(outcome.answer()).data();
    }

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
    void cancelsTheStaleRunOfThisPullRequestAndTriggersAgain() throws Exception {
        var stage = new Stage();
        long stale = stage.runOf(50, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(stage.run(stale).status()).isEqualTo(30);
        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(run(outcome).jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void cancelsStaleRunsOnly() throws Exception {
        var stage = new Stage();
        long running = stage.runOf(50, stage.world.ciJobId());
        long queued = stage.runOf(50, stage.world.ciJobId());
        long other = stage.runOf(51, stage.world.ciJobId());
        long elsewhere = stage.runOf(50, stage.world.productionJobIds().getFirst());
        stage.pass(Duration.ofSeconds(60));

        stage.trigger(50, POLL);
        stage.pass(Duration.ofMinutes(10));

        assertThat(stage.happened(SandboxEvent.CancelRequested.class))
                .extracting(event -> event.run().id())
                .containsExactlyInAnyOrder(running, queued);
        assertThat(stage.run(other).status()).isEqualTo(10);
        assertThat(stage.run(elsewhere).status()).isEqualTo(10);
    }

    @Test
    void clonesABusyJobRunsTheCloneAndDeletesIt() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, NO_POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(run(outcome).jobId()).isNotEqualTo(stage.world.ciJobId());
        assertThat(stage.clones()).isEmpty();
        assertThat(stage.clonesMade())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.job().name()).endsWith("[CLONED 2026-03-02 09:01:00] pr-50");
                    assertThat(event.job().jobType()).isEqualTo("ci");
                    assertThat(event.job().triggered()).isFalse();
                    assertThat(event.job().description())
                            .contains("\"base\":" + stage.world.ciJobId());
                });
        assertThat(stage.run(run(outcome).id()).schemaOverride())
                .isEqualTo("dbt_cloud_pr_" + stage.world.ciJobId() + "_50");
    }

    /// Issue 14, section 7: it waited five seconds, although the clean-up waits for the run anyway.
    @Test
    void triggersFreshCloneAtOnce() throws Exception {
        for (Options options : List.of(POLL, NO_POLL)) {
            var stage = new Stage();
            stage.runOf(51, stage.world.ciJobId());

            Outcome outcome = stage.trigger(50, options);

            assertThat(stage.run(run(outcome).id()).createdAt()).isEqualTo(Stage.START);
            assertThat(stage.clonesMade()).hasSize(1);
            assertThat(stage.clones()).isEmpty();
        }
    }

    /// The same section: no invocation has to wait for it.
    @Test
    void deletesAnIdleCloneOnTheWayOutAtOnce() throws Exception {
        var stage = new Stage();
        long before = stage.runOf(51, stage.world.ciJobId());
        stage.trigger(50, NO_POLL.cleanup(Cleanup.IDLE));
        stage.sandbox.cancelAsUser(before);
        stage.pass(Duration.ofHours(1));
        Instant began = stage.now();

        stage.trigger(52, NO_POLL);

        assertThat(stage.clones()).isEmpty();
        assertThat(stage.now()).isEqualTo(began);
    }

    @Test
    void datesTheCloneByThePlatformsClock() throws Exception {
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    Response response = platform.send(request);
                                    return new Response(
                                            response.status(),
                                            Map.of("date", "Mon, 02 Mar 2026 11:22:33 GMT"),
                                            response.body());
                                });
        stage.runOf(51, stage.world.ciJobId());

        stage.trigger(50, NO_POLL);

        assertThat(stage.clonesMade())
                .singleElement()
                .satisfies(made ->
                        assertThat(made.job().name())
                                .isEqualTo("CI [CLONED 2026-03-02 11:22:33] pr-50"));
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
    void keepsTheCloneWhenToldToAndReusesItForTheNextCommit() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        Options keep = NO_POLL.cleanup(Cleanup.NEVER);

        Outcome first = stage.trigger(50, keep);
        assertThat(first.verdict()).isInstanceOf(Verdict.Triggered.class);
        assertThat(stage.clones()).containsExactly(run(first).jobId());

        stage.pass(Duration.ofSeconds(30));
        Outcome second = stage.trigger(50, keep);

        assertThat(run(second).jobId()).isEqualTo(run(first).jobId());
        assertThat(stage.clones()).hasSize(1);
        stage.pass(Duration.ofSeconds(30));
        assertThat(stage.run(run(first).id()).status()).isEqualTo(30);
    }

    @Test
    void makesANewCloneWhenTheBaseJobWasEdited() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        Options keep = NO_POLL.cleanup(Cleanup.NEVER);
        stage.trigger(50, keep);

        stage.sandbox.editAsUser(
                stage.world.ciJobId(),
                Map.of("execute_steps", List.of("dbt build -s state:modified")));
        Outcome second = stage.trigger(50, keep);

        assertThat(stage.clones()).hasSize(2).contains(run(second).jobId());
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
    void aCapOfZeroNeverClones() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());

        stage.trigger(50, NO_POLL.maxRunSlots(0));

        assertThat(stage.clonesMade()).isEmpty();
    }

    @Test
    void clonesWhenTheTokenMayNotReadTheAccount() throws Exception {
        var stage = new Stage(options -> options.with(Assumption.AccountRead.NOT_FOUND));
        stage.runOf(51, stage.world.ciJobId());

        stage.trigger(50, NO_POLL);

        assertThat(stage.told(Event.AccountUnreadable.class)).hasSize(1);
        assertThat(stage.clonesMade()).hasSize(1);
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
    void copiesEnvironmentVariableOverridesToTheClone() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_THREADS_CI", "8");
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, NO_POLL.cleanup(Cleanup.NEVER));

        assertThat(
                        stage.client
                                .variables()
                                .list(
                                        stage.world.accountId(),
                                        stage.world.projectId(),
                                        run(outcome).jobId())
                                .data())
                .filteredOn(variable -> variable.name().equals("DBT_THREADS_CI"))
                .singleElement()
                .satisfies(variable ->
                        assertThat(Objects.requireNonNull(variable.job()).value()).isEqualTo("8"));
    }

    /// A pipeline was killed when it had made the clone and was about to copy the variables.
    @Test
    void givesAnotherPipelinesCloneTheVariablesItLacks() throws Exception {
        var killed = new AtomicBoolean();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (request.method().equals("POST")
                                            && request.uri()
                                                    .getPath()
                                                    .contains("environment-variables")
                                            && !killed.getAndSet(true)) {
                                        throw new IllegalStateException("killed");
                                    }
                                    return platform.send(request);
                                });
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        stage.runOf(51, stage.world.ciJobId());
        assertThatThrownBy(() -> stage.trigger(50, NO_POLL)).hasMessageContaining("killed");
        long clone = stage.clones().getFirst();
        stage.pass(Duration.ofSeconds(10));

        Run run = run(stage.trigger(50, NO_POLL.cleanup(Cleanup.IDLE)));

        assertThat(run.jobId()).isEqualTo(clone);
        assertThat(layerOf(stage, clone)).isEqualTo("ci");
    }

    /// Races, dedicated, with forged claims, seed 300007463: the base job was read again when its
    /// run had been disturbed, so its secrets were forgotten when the clone was decided on.
    @Test
    void knowsTheSecretsWhenItRunsAgain() throws Exception {
        var stage = new Stage(options -> options.runSlots(5));
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_ENV_SECRET_KEY", "hush");
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofMinutes(1), () -> stage.runOf(50, other));
        stage.after(
                Duration.ofMinutes(2),
                () -> {
                    stage.sandbox.editAsUser(
                            stage.world.ciJobId(), Map.of("execute_steps", List.of("dbt test")));
                    stage.sandbox.deleteAsUser(other);
                });

        Outcome outcome = stage.trigger(50, POLL.lanes(LanePolicy.DEDICATED));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.RunTriggered.class)).hasSize(2);
        assertThat(stage.clonesMade()).isEmpty();
    }

    /// The clone is gone when the run goes to the base job: nothing there is waited for, or
    /// deleted.
    @Test
    void saysOfNoRunOnTheBaseJobThatItsCloneIsAwaited() throws Exception {
        var stage = new Stage(options -> options.runSlots(5));
        stage.runOf(51, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(200));
        stage.after(
                Duration.ofSeconds(150),
                () -> stage.sandbox.deleteAsUser(stage.clones().getFirst()));

        Run run = run(stage.trigger(50, NO_POLL));

        assertThat(run.jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(stage.told(Event.CloneAwaited.class))
                .singleElement()
                .isEqualTo(
                        new Event.CloneAwaited(
                                new JobId(stage.clonesMade().getFirst().job().id())));
    }

    /// Lists cease to show the run with its job, and asking for it by its number is in vain.
    @Test
    void remembersARunThatDisturbedItThoughItIsGoneWithItsJob() throws Exception {
        var stage =
                new Stage(options ->
                        options.runSlots(5)
                                .with(Assumption.RunsOfDeletedJobInLists.HIDDEN)
                                .with(Assumption.ReadOfDeletedJobsRun.NOT_FOUND));
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofMinutes(1), () -> stage.runOf(50, other));
        stage.after(Duration.ofMinutes(2), () -> stage.sandbox.deleteAsUser(other));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.RunTriggered.class))
                .as("the first one was disturbed")
                .hasSize(2);
    }

    /// With forged claims, HTTP faults, base job first, seed 300019103: a run was seen while it
    /// queued and was gone with its job at the next look; it had executed in between.
    @Test
    void countsARunThatVanishedWithItsJobAsExecuted() throws Exception {
        var stage =
                new Stage(options ->
                        options.runSlots(5)
                                .with(Assumption.RunsOfDeletedJobInLists.HIDDEN)
                                .with(Assumption.ReadOfDeletedJobsRun.NOT_FOUND));
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofSeconds(60), () -> stage.runOf(50, other));
        stage.after(Duration.ofSeconds(71), () -> stage.sandbox.deleteAsUser(other));

        Outcome outcome = stage.trigger(50, POLL.pollInterval(Duration.ofSeconds(10)));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.RunTriggered.class))
                .as("nothing tells that the first one was alone")
                .hasSize(2);
    }

    /// HTTP faults, dedicated, seed 1475: the process stood still while it asked for the variables
    /// of a clone, and triggered on a look from before.
    @Test
    void looksAgainWhereAskingForTheClonesVariablesTookLong() throws Exception {
        var asked = new AtomicReference<Runnable>(() -> {});
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (request.uri().getPath().contains("environment-variables")) {
                                        asked.get().run();
                                    }
                                    return platform.send(request);
                                });
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        Options options = NO_POLL.lanes(LanePolicy.DEDICATED).cleanup(Cleanup.IDLE);
        long clone = run(stage.trigger(50, options)).jobId();
        stage.pass(Duration.ofMinutes(10));
        var times = new AtomicInteger();
        asked.set(() -> {
            if (times.incrementAndGet() == 2) {
                stage.runOf(50, stage.world.ciJobId());
                stage.pass(Duration.ofSeconds(16));
            }
        });

        Run run = run(stage.trigger(50, options));

        assertThat(run.jobId()).isEqualTo(clone);
        assertThat(stage.told(Event.CancelRequested.class)).hasSize(1);
    }

    /// Another repository's pull request of equal number keeps the base job busy: what a decision
    /// to clone rests on is read as it is for any other.
    @Test
    void readsWhatACloneNeedsWhereANamesakeKeepsTheBaseJobBusy() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_ENV_SECRET_KEY", "hush");
        Map<String, Object> theirs = stage.payload(50);
        theirs.put("schema_override", "docs_50");
        stage.autoscaler()
                .triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Payload.of(theirs),
                        NO_POLL.sequence(sequence("docs")));

        stage.trigger(50, NO_POLL.sequence(sequence("shop")));

        assertThat(stage.clonesMade()).isEmpty();
        assertThat(stage.told(Event.CancelRequested.class)).isEmpty();
        assertThat(stage.told(Event.Decided.class))
                .flatExtracting(decided -> decided.plan().reasons())
                .contains(new Reason.SecretsNotClonable(List.of("DBT_ENV_SECRET_KEY")));
    }

    private static Sequence sequence(String scope) {
        return new Sequence(Sequence.NO_SCOPE, 7, 1).within(scope);
    }

    /// HTTP faults, dedicated, seed 36: to read the base job again was to forget its variables, and
    /// the clone for a repeated run was made without them.
    @Test
    void makesTheSecondCloneWithTheVariablesToo() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        stage.after(
                Duration.ofSeconds(60),
                () -> {
                    stage.sandbox.editAsUser(
                            stage.world.ciJobId(), Map.of("execute_steps", List.of("dbt test")));
                    stage.sandbox.deleteAsUser(stage.clones().getFirst());
                });

        stage.trigger(50, POLL.lanes(LanePolicy.DEDICATED).cleanup(Cleanup.IDLE));

        assertThat(stage.clonesMade()).hasSize(2);
        assertThat(layerOf(stage, stage.clones().getFirst())).isEqualTo("ci");
    }

    private static @Nullable String layerOf(Stage stage, long job) {
        return stage.client.variables().list(stage.world.accountId(), 1, job).data().stream()
                .filter(variable -> variable.name().equals("DBT_LAYER"))
                .map(EnvironmentVariable::job)
                .filter(Objects::nonNull)
                .map(EnvironmentVariable.Value::value)
                .findFirst()
                .orElse(null);
    }

    @Test
    void queuesRatherThanCloneAJobWithSecretOverrides() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_ENV_SECRET_KEY", "hush");
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, NO_POLL);

        assertThat(run(outcome).jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(stage.told(Event.Decided.class).getFirst().plan().reasons())
                .contains(new Reason.SecretsNotClonable(List.of("DBT_ENV_SECRET_KEY")));
    }

    @Test
    void givesWayToANewerCommit() throws Exception {
        var stage = new Stage();
        stage.after(Duration.ofSeconds(100), () -> stage.runOf(50, stage.world.ciJobId()));

        Outcome outcome = stage.trigger(50, POLL);

        assertThat(outcome.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Superseded.class,
                        superseded -> assertThat(superseded.by()).isNotEqualTo(superseded.run()));
        stage.pass(Duration.ofSeconds(30));
        assertThat(stage.run(run(outcome).id()).status()).isEqualTo(30);
    }

    @Test
    void isSupersededAndNotCancelledWhenTheNewerCommitCancelsFirst() throws Exception {
        var stage = new Stage();
        stage.after(
                Duration.ofSeconds(100),
                () -> {
                    var mine = stage.sandbox.runs().getLast();
                    stage.client.runs().cancel(stage.world.accountId(), mine.id());
                });
        stage.after(Duration.ofSeconds(108), () -> stage.runOf(50, stage.world.ciJobId()));

        assertThat(stage.trigger(50, POLL).verdict()).isInstanceOf(Verdict.Superseded.class);
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
    void runsAgainWhenItsCloneIsDeletedUnderIt() throws Exception {
        for (var listing : Assumption.RunsOfDeletedJob.values()) {
            var stage = new Stage(options -> options.with(listing));
            stage.runOf(51, stage.world.ciJobId());
            stage.after(
                    Duration.ofSeconds(100),
                    () -> stage.sandbox.deleteAsUser(stage.clones().getFirst()));

            Outcome outcome = stage.trigger(50, POLL);

            assertThat(outcome.verdict()).as("%s", listing).isInstanceOf(Verdict.Succeeded.class);
            assertThat(stage.clones()).as("%s", listing).isEmpty();
        }
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
    void leavesNoCloneBehindWhenTheTriggerIsRefused() {
        var refusing = new AtomicBoolean();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request ->
                                        refusing.get() && request.uri().getPath().endsWith("/run/")
                                                ? REFUSAL
                                                : platform.send(request));
        stage.runOf(51, stage.world.ciJobId());
        refusing.set(true);

        assertThatThrownBy(() -> stage.trigger(50, NO_POLL))
                .isInstanceOf(DbtCloudException.Rejected.class);

        assertThat(stage.clonesMade()).hasSize(1);
        assertThat(stage.clones()).isEmpty();
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
    void deletesTheCloneAlthoughTheFirstAttemptFails() throws Exception {
        var failures = new AtomicInteger(1);
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request ->
                                        request.method().equals("DELETE")
                                                        && failures.getAndDecrement() > 0
                                                ? Response.of(503, Map.of(), "")
                                                : platform.send(request));
        stage.runOf(51, stage.world.ciJobId());

        stage.trigger(50, NO_POLL);

        assertThat(stage.clones()).isEmpty();
        assertThat(stage.told(Event.CloneKept.class)).isEmpty();
    }

    @Test
    void keepsACloneOnWhichAnotherRunIsInProgress() throws Exception {
        var stage = new Stage();
        stage.runOf(51, stage.world.ciJobId());
        stage.after(Duration.ofSeconds(60), () -> stage.runOf(52, stage.clones().getFirst()));

        Outcome outcome = stage.trigger(50, NO_POLL);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.clones()).containsExactly(run(outcome).jobId());
        assertThat(stage.told(Event.CloneKept.class)).hasSize(1);
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
    void saysThatACloneStaysWhenThePlatformIsLostWhileItsRunGoesOn() {
        var lost = new AtomicBoolean();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (lost.get()) {
                                        throw new java.io.IOException("connection reset");
                                    }
                                    return platform.send(request);
                                });
        stage.runOf(51, stage.world.ciJobId());
        stage.after(Duration.ofSeconds(60), () -> lost.set(true));

        assertThatThrownBy(() -> stage.trigger(50, POLL))
                .isInstanceOf(DbtCloudException.Unavailable.class);

        assertThat(stage.told(Event.CloneKept.class))
                .singleElement()
                .satisfies(kept -> assertThat(stage.clones()).containsExactly(kept.job().value()));
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
