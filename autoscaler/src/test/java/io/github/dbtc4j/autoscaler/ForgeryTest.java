package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.close.PullRequestCloser;
import io.github.dbtc4j.autoscaler.close.PullRequestResources;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.RunView;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Issue 13: a user who may trigger a job wrote our claim into its `cause`, with other steps or
/// another branch, and the commit turned green without being built.
class ForgeryTest {

    private static final PullRequest PR_50 = new PullRequest(Provider.GITHUB, 50);
    private static final Sequence FIFTH = Sequence.parse("5.1").orElseThrow();
    private static final Options POLL = Options.defaults().shouldPoll(true).sequence(FIFTH);

    private final Stage stage = new Stage();

    @Test
    void attachesToDuplicateOfEqualBuild() throws Exception {
        long duplicate = forge(stage.world.ciJobId(), FIFTH, Map.of());
        stage.pass(Duration.ofMinutes(10));

        assertThat(stage.trigger(50, POLL).verdict().toString())
                .contains(String.valueOf(duplicate));
        assertThat(stage.sandbox.runs()).hasSize(1);
    }

    static List<Map<String, Object>> lies() {
        return List.of(
                Map.of("steps_override", List.of("dbt --version")),
                Map.of("git_branch", "elsewhere"),
                Map.of("schema_override", "elsewhere"),
                Map.of("git_sha", "f".repeat(40)),
                Map.of("dbt_version_override", "1.0.0"),
                Map.of("github_pull_request_id", 51));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aForgedSuccessIsNotMirrored(Map<String, Object> lie) throws Exception {
        forge(stage.world.ciJobId(), FIFTH, lie);

        assertOwnCommitIsBuilt();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void noLaterAttemptsSuccessIsMirroredThatIsForged(Map<String, Object> lie) throws Exception {
        long forged = forge(stage.world.ciJobId(), Sequence.parse("5.2").orElseThrow(), lie);
        stage.pass(Duration.ofMinutes(10));

        assertThat(stage.trigger(50, POLL).verdict())
                .isNotEqualTo(new Verdict.Succeeded(new RunId(forged)));
    }

    /// Both build the head of a branch, which has moved since.
    @Test
    void aLaterSequencesSuccessIsNotMirroredWhereNeitherNamesACommit() throws Exception {
        var claim =
                new Claim(
                        new JobId(stage.world.ciJobId()),
                        PR_50,
                        Sequence.parse("999.1").orElseThrow(),
                        null,
                        "0123456789abcdef");
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(stage.payload(50));
        payload.remove("git_sha");
        payload.put("git_branch", "feature");
        var body = new LinkedHashMap<String, @Nullable Object>(payload);
        body.put("cause", claim.appendTo("Forged"));
        long forged = stage.client.jobs().trigger(1, stage.world.ciJobId(), body).data().id();
        stage.pass(Duration.ofMinutes(10));

        Verdict verdict =
                stage.autoscaler()
                        .triggerAutoscalingCiJob(
                                1, stage.world.ciJobId(), Payload.of(payload), POLL)
                        .verdict();

        assertThat(verdict).isEqualTo(new Verdict.Superseded(null, new RunId(forged)));
    }

    /// What nothing tells from a newer commit's run: it supersedes, cancelled or not, until the
    /// pipeline counts within something else. The message of exit code 4 says so.
    @Test
    void anotherScopeGetsPastAForgedNewerCommit() throws Exception {
        var newest = Sequence.parse("9999999999999999.9999999999999999").orElseThrow();
        var claim =
                new Claim(
                        new JobId(stage.world.ciJobId()),
                        PR_50,
                        newest,
                        "ffffffffffff",
                        "0123456789abcdef");
        var body = new LinkedHashMap<String, @Nullable Object>(stage.payload(50));
        body.put("cause", claim.appendTo("Forged"));
        body.put("git_sha", "f".repeat(40));
        long forged = stage.client.jobs().trigger(1, stage.world.ciJobId(), body).data().id();
        var superseded = new Verdict.Superseded(null, new RunId(forged));

        assertThat(stage.trigger(50, POLL).verdict()).isEqualTo(superseded);
        stage.client.runs().cancel(1, forged);
        stage.pass(Duration.ofHours(1));
        assertThat(stage.trigger(50, POLL).verdict()).isEqualTo(superseded);

        assertThat(stage.trigger(50, POLL.sequence(FIFTH.within("again"))).verdict())
                .isInstanceOf(Verdict.Succeeded.class);
    }

    @Test
    void aForgedSuccessOfAnotherJobIsNotMirrored() throws Exception {
        forge(stage.world.productionJobIds().getFirst(), FIFTH, Map.of());

        assertOwnCommitIsBuilt();
    }

    @Test
    void aSequenceThatNoSystemCountsToIsNotNewer() throws Exception {
        String cause =
                "CI dbtc4j/1 b=%d r=- p=github:50 k=99999999999999999.1 s=1f3a6c0b9d2e n=%s"
                        .formatted(stage.world.ciJobId(), "0123456789abcdef");
        forge(stage.world.ciJobId(), FIFTH, Map.of("cause", cause));

        assertOwnCommitIsBuilt();
    }

    private void assertOwnCommitIsBuilt() throws InterruptedException {
        stage.pass(Duration.ofMinutes(10));

        Verdict verdict = stage.trigger(50, POLL).verdict();

        assertThat(stage.sandbox.runs()).hasSize(2);
        RunView last = stage.sandbox.runs().getLast();
        assertThat(last.cause()).startsWith("Autoscaling CI");
        assertThat(verdict).isEqualTo(new Verdict.Succeeded(new RunId(last.id())));
    }

    @Test
    void closingCancelsNoRunOfAnotherJobForItsClaim() throws Exception {
        long forged = forge(stage.world.productionJobIds().getFirst(), FIFTH, Map.of());
        var closer = new PullRequestCloser(stage.client, stage, stage.told::add);
        var pipeline =
                PullRequestCloser.ofPipeline(
                        stage.client,
                        stage,
                        stage.told::add,
                        new CiRequest(PR_50, FIFTH, "1f3a6c0b9d2e"),
                        Cleanup.AFTER_RUN);

        for (PullRequestCloser it : List.of(closer, pipeline)) {
            PullRequestResources seen = it.look(1, stage.world.ciJobId(), PR_50);
            assertThat(seen.runs()).isEmpty();
            it.close(seen, Duration.ofMinutes(1));
        }
        stage.pass(Duration.ofMinutes(10));

        assertThat(stage.run(forged).status()).isEqualTo(10);
    }

    /// Triggers a run of `job` under the claim of pull request 50's pipeline.
    private long forge(long job, Sequence sequence, Map<String, Object> lie) {
        var claim =
                new Claim(
                        new JobId(stage.world.ciJobId()),
                        PR_50,
                        sequence,
                        "1f3a6c0b9d2e",
                        "0123456789abcdef");
        var body = new LinkedHashMap<String, @Nullable Object>(stage.payload(50));
        body.put("cause", claim.appendTo("Forged"));
        body.putAll(lie);
        return stage.client.jobs().trigger(1, job, body).data().id();
    }
}
