package io.github.dbtc4j.autoscaler;

import static io.github.dbtc4j.autoscaler.Stage.NO_POLL;
import static io.github.dbtc4j.autoscaler.Stage.POLL;
import static io.github.dbtc4j.autoscaler.Stage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// When an invocation makes a clone, which one it takes, and when it deletes it.
class CloneLifeTest {

    private static final Response REFUSAL =
            Response.of(
                    400,
                    Map.of(),
                    """
                    {"status": {"code": 400, "is_success": false,
                                "user_message": "The request was invalid.",
                                "developer_message": ""}, "data": null}
                    """);

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
}
