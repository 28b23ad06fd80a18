package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.close.CloseResult;
import io.github.dbtc4j.autoscaler.close.PullRequestCloser;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class CloserTest {

    private static final PullRequest PR_50 = new PullRequest(Provider.GITHUB, 50);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Stage stage = new Stage();

    @Test
    void cancelsThePullRequestsRunsAndDeletesItsClones() throws Exception {
        long busy = stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long run = stage.runOf(50, clone);
        stage.pass(Duration.ofSeconds(30));

        CloseResult closed = close();

        assertThat(closed.cancelled()).containsExactly(new RunId(run));
        assertThat(closed.deleted()).containsExactly(new JobId(clone));
        assertThat(closed.kept()).isEmpty();
        assertThat(stage.run(run).status()).isEqualTo(30);
        assertThat(stage.run(busy).status()).isNotEqualTo(30);
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void leavesUnrelatedRunsAlone() throws Exception {
        long sameNumberElsewhere = stage.runOf(50, stage.world.productionJobIds().getFirst());
        long otherProvider =
                stage.client
                        .jobs()
                        .trigger(
                                1,
                                stage.world.ciJobId(),
                                Map.of("cause", "x", "gitlab_merge_request_id", 50))
                        .data()
                        .id();
        long none =
                stage.client
                        .jobs()
                        .trigger(1, stage.world.ciJobId(), Map.of("cause", "50"))
                        .data()
                        .id();

        CloseResult closed = close();

        assertThat(closed.cancelled()).isEmpty();
        assertThat(stage.run(sameNumberElsewhere).isTerminal()).isFalse();
        assertThat(stage.run(otherProvider).isTerminal()).isFalse();
        assertThat(stage.run(none).isTerminal()).isFalse();
    }

    @Test
    void leavesTheCloneOfAnEqualNumberOfAnotherProvider() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        Map<String, Object> payload = stage.payload(50);
        payload.put("gitlab_merge_request_id", payload.remove("github_pull_request_id"));
        payload.put("schema_override", "dbt_cloud_mr_50");
        stage.autoscaler()
                .triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Payload.of(payload),
                        Options.defaults().cleanup(Cleanup.IDLE));
        stage.pass(Duration.ofMinutes(10));
        List<Long> clones = stage.clones();

        CloseResult closed = close();

        assertThat(clones).hasSize(1);
        assertThat(closed.deleted()).isEmpty();
        assertThat(stage.clones()).isEqualTo(clones);
    }

    @Test
    void keepsCloneWithActiveUnrelatedRun() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long foreign = stage.runOf(51, clone);

        CloseResult closed = close();

        assertThat(closed.deleted()).isEmpty();
        assertThat(closed.kept())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.job()).isEqualTo(new JobId(clone));
                    assertThat(kept.why()).isEqualTo("run " + foreign + " is in progress on it");
                    assertThat(kept.byPlatform()).isFalse();
                });
        assertThat(stage.run(foreign).isTerminal()).isFalse();
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void keepsACloneWhoseForeignRunCameWhileTheOwnOneWasBeingCancelled() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long run = stage.runOf(50, clone);
        stage.pass(Duration.ofSeconds(30));
        stage.after(Duration.ofSeconds(2), () -> stage.runOf(52, clone));

        CloseResult closed = close();

        assertThat(closed.cancelled()).containsExactly(new RunId(run));
        assertThat(closed.deleted()).isEmpty();
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void cancelsARunThatComesAfterTheFirstQuietLook() throws Exception {
        stage.after(Duration.ofSeconds(3), () -> stage.runOf(50, stage.world.ciJobId()));

        CloseResult closed = close();

        assertThat(closed.cancelled()).hasSize(1);
        assertThat(stage.run(closed.cancelled().getFirst().value()).isTerminal()).isTrue();
    }

    @Test
    void keepsCloneChangedByUser() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        stage.sandbox.editAsUser(
                clone,
                Map.of(
                        "triggers",
                        Map.of(
                                "github_webhook", false,
                                "git_provider_webhook", false,
                                "schedule", true,
                                "on_merge", false)));

        assertThat(close().kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.why()).contains("it was changed"));
        assertThat(stage.clones()).containsExactly(clone);
    }

    @Test
    void touchesNoCloneWhileARunWillNotEnd() throws Exception {
        var deaf =
                new Stage(
                        options -> options,
                        transport ->
                                request ->
                                        request.uri().getPath().endsWith("/cancel/")
                                                ? Response.of(400, Map.of(), "{}")
                                                : transport.send(request));
        long run = deaf.runOf(50, deaf.world.ciJobId());
        var closer = new PullRequestCloser(deaf.client, deaf, deaf.told::add);

        CloseResult closed =
                closer.close(closer.look(1, deaf.world.ciJobId(), PR_50), Duration.ofMinutes(2));

        assertThat(closed.going())
                .singleElement()
                .satisfies(each -> assertThat(each.id()).isEqualTo(run));
        assertThat(deaf.told(Event.CancelFailed.class)).hasSizeBetween(4, 6);
    }

    @Test
    void isHarmlessWhenDoneTwice() throws Exception {
        stage.runOf(50, stage.world.ciJobId());
        close();
        long requests = stage.requests();

        CloseResult again = close();

        assertThat(again).isEqualTo(new CloseResult(List.of(), List.of(), List.of(), List.of()));
        assertThat(stage.requests() - requests).isLessThan(8);
    }

    @Test
    void ofAPipelineMeansItsOwnRunsOnly() throws Exception {
        long mine = claimed(sequence("17.1"), "1f3a6c0b9d2e");
        long newer = claimed(sequence("18.1"), "2f3a6c0b9d2e");
        long elsewhere = claimed(sequence("17.1").within("other"), "1f3a6c0b9d2e");
        long unsequenced = claimed(null, "1f3a6c0b9d2e");
        long otherPullRequest = stage.runOf(51, stage.world.ciJobId());

        assertThat(closeOf(sequence("17.1"), "1f3a6c0b9d2e").cancelled())
                .containsExactly(new RunId(mine));
        assertThat(closeOf(null, "1f3a6c0b9d2e").cancelled())
                .containsExactly(new RunId(unsequenced));
        assertThat(closeOf(null, null).cancelled()).isEmpty();
        for (long run : List.of(newer, elsewhere, otherPullRequest)) {
            assertThat(stage.run(run).isTerminal()).as("run " + run).isFalse();
        }
    }

    @Test
    void ofAPipelineLeavesTheCloneToANewerCommit() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();
        long newer = claimed(sequence("18.1"), "2f3a6c0b9d2e");

        assertThat(closeOf(sequence("17.1"), "1f3a6c0b9d2e").deleted()).isEmpty();
        assertThat(stage.clones()).containsExactly(clone);

        stage.client.runs().cancel(1, newer);
        stage.pass(Duration.ofMinutes(1));
        assertThat(closeOf(sequence("17.1"), "1f3a6c0b9d2e", Cleanup.IDLE).deleted()).isEmpty();
        assertThat(closeOf(sequence("17.1"), "1f3a6c0b9d2e").deleted())
                .containsExactly(new JobId(clone));
    }

    @Test
    void refusesAClone() throws Exception {
        stage.runOf(51, stage.world.ciJobId());
        long clone = cloneOf50();

        assertThatThrownBy(() -> closer().look(1, clone, PR_50))
                .isInstanceOf(UnsuitableJobException.class)
                .hasMessageContaining("is itself a clone of job 1");
    }

    /// Pull request 50 had a run on a clone, which was left.
    private long cloneOf50() throws InterruptedException {
        stage.trigger(50, Options.defaults().shouldPoll(true).cleanup(Cleanup.IDLE));
        return stage.clones().getFirst();
    }

    private CloseResult close() throws InterruptedException {
        return closer().close(closer().look(1, stage.world.ciJobId(), PR_50), PATIENCE);
    }

    private CloseResult closeOf(@Nullable Sequence sequence, @Nullable String sha)
            throws InterruptedException {
        return closeOf(sequence, sha, Cleanup.AFTER_RUN);
    }

    private CloseResult closeOf(@Nullable Sequence sequence, @Nullable String sha, Cleanup cleanup)
            throws InterruptedException {
        var closer =
                PullRequestCloser.ofPipeline(
                        stage.client,
                        stage,
                        stage.told::add,
                        new CiRequest(PR_50, sequence, sha),
                        cleanup);
        return closer.close(closer.look(1, stage.world.ciJobId(), PR_50), PATIENCE);
    }

    /// A pipeline of pull request 50 triggers a run.
    private long claimed(@Nullable Sequence sequence, String sha) {
        var base = new JobId(stage.world.ciJobId());
        var claim = new Claim(base, PR_50, sequence, sha, "0123456789abcdef");
        return stage.client
                .jobs()
                .trigger(
                        1,
                        base.value(),
                        Map.of(
                                "cause",
                                claim.appendTo("CI"),
                                "git_sha",
                                sha,
                                "github_pull_request_id",
                                50))
                .data()
                .id();
    }

    private static Sequence sequence(String text) {
        return Sequence.parse(text).orElseThrow().within("github/jaffle/shop");
    }

    private PullRequestCloser closer() {
        return new PullRequestCloser(stage.client, stage, stage.told::add);
    }
}
