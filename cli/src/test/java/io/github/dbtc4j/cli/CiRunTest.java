package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.Sequence;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `dbtc ci run` finds what to build by itself.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class CiRunTest {

    private static final String SHA = "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80";

    @Test
    void buildsAPullRequestOfGithubAndWaitsForItsVerdict(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var ended =
                    CommandProcess.dbtc(
                                    RecordedPipeline.environment(platform, "github", "", folder),
                                    "ci",
                                    "run",
                                    "--poll-interval=0.3",
                                    "--cause=quick")
                            .end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.data()).containsEntry("status", 10L).containsEntry("is_success", true);
            assertThat(platform.sandbox.runs())
                    .singleElement()
                    .satisfies(run -> {
                        assertThat(run.jobId()).isEqualTo(platform.job);
                        assertThat(run.gitSha()).isEqualTo(SHA);
                        assertThat(run.schemaOverride())
                                .isEqualTo("dbt_cloud_pr_" + platform.job + "_50");
                        assertThat(run.pullRequest()).containsValue(50L);
                        assertThat(Claim.parse(run.cause()).orElseThrow().sequence())
                                .isEqualTo(
                                        Sequence.parse("17.2")
                                                .orElseThrow()
                                                .within(
                                                        "github/jaffle/shop/jaffle/shop/.github/workflows/dbt.yml"));
                    });
            assertThat(ended.err())
                    .startsWith(
                            "GitHub Actions: pull request 50, commit 1f3a6c0b9d2e;"
                                    + " sequence 17.2.\n")
                    .doesNotContain("zzz", "##", "::");
        }
    }

    @Test
    void failsWhenTheRunDoes(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var ended =
                    CommandProcess.dbtc(
                                    RecordedPipeline.environment(platform, "github", "", folder),
                                    "ci",
                                    "run",
                                    "--poll-interval=0.3",
                                    "--cause=failing")
                            .end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        }
    }

    @Test
    void tellsThatTheSameBuildHasItsRunAlready(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var environment = RecordedPipeline.environment(platform, "github", "", folder);
            String[] args = {"ci", "run", "--poll-interval=0.3", "--cause=failing"};
            assertThat(new Prompt(environment).dbtc(args)).isEqualTo(1);
            long ended = platform.sandbox.runs().getLast().id();

            var again = new Prompt(environment);

            assertThat(again.dbtc(args)).as(again.err()).isEqualTo(1);
            assertThat(platform.sandbox.runs()).hasSize(1);
            assertThat(again.err())
                    .containsOnlyOnce(
                            "Run " + ended + " builds the same commit: triggering nothing.\n");
        }
    }

    /// A clone is deleted after its run, unless another clean-up is asked for.
    @Test
    void waitsForRunOnCloneDespiteNoPolling(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), 3);
            var prompt = new Prompt(RecordedPipeline.environment(platform, "github", "", folder));

            int exitCode =
                    prompt.dbtc(
                            "ci",
                            "run",
                            "--no-should-poll",
                            "--poll-interval=0.3",
                            "--cause=failing");

            assertThat(exitCode).as(prompt.err()).isEqualTo(1);
            long clone = platform.clones().getFirst().id();
            assertThat(prompt.err())
                    .containsOnlyOnce(
                            "Waiting for the run's end, after which clone %d is deleted;"
                                            .formatted(clone)
                                    + " --cleanup=idle would not wait.\n")
                    .contains("Deleted clone " + clone);
        }
    }

    @Test
    void doesNotWaitWhenToldNotTo(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            for (Map<String, String> environment :
                    List.of(
                            RecordedPipeline.environment(platform, "github", "", folder),
                            RecordedPipeline.environment(
                                    platform, "gitlab", "DBTC_SHOULD_POLL=false", folder))) {
                var args = new ArrayList<>(List.of("ci", "run", "--cause=slow"));
                if (environment.containsKey("GITHUB_ACTIONS")) {
                    args.add("--no-should-poll");
                } else {
                    args.add("--cleanup=idle");
                }
                var prompt = new Prompt(environment);

                assertThat(prompt.dbtc(args.toArray(String[]::new))).as(prompt.err()).isZero();
                assertThat(prompt.err()).doesNotContain("Waiting for the run's end");
            }
            assertThat(platform.sandbox.runs()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "github, github_pull_request_id",
        "gitlab, gitlab_merge_request_id",
        "azure, azure_pull_request_id",
        "bitbucket, non_native_pull_request_id",
        "buildkite, github_pull_request_id",
        "circleci, github_pull_request_id",
        "jenkins, non_native_pull_request_id",
        "codebuild, github_pull_request_id",
    })
    void printsThePayloadAndStops(String system, String field, @TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var environment = RecordedPipeline.environment(platform, system, "", folder);
            environment.remove("DBT_CLOUD_SERVICE_TOKEN");
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("ci", "run", "--print-payload")).as(prompt.err()).isZero();

            assertThat(Json.readObject(prompt.out()))
                    .containsOnlyKeys("cause", "git_sha", "schema_override", field)
                    .containsEntry("schema_override", "dbt_cloud_pr_" + platform.job + "_50")
                    .containsEntry(field, 50L);
            assertThat(prompt.out() + prompt.err()).doesNotContain("zzz", "::", "ffff");
            assertThat(platform.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --cause=mine                                    | "cause" : "mine"
                    --git-sha=abcdef0                               | "git_sha" : "abcdef0"
                    --git-sha=abcdef0                               | commit abcdef0"
                    --schema-prefix=ci                              | "schema_override" : "ci_1_50"
                    --schema-override=mine                          | "schema_override" : "mine"
                    --pull-request=other:7                          | "schema_override" : "dbt_cloud_pr_1_7"
                    --pull-request=other:7                          | "non_native_pull_request_id" : 7
                    -d {"azure_devops_pull_request_id":7}           | "azure_pull_request_id" : 7
                    -d {"azure_devops_pull_request_id":7} --pull-request=gitlab:8 | "gitlab_merge_request_id" : 8
                    -d {"git_sha":"abcdef0"} --git-sha=abcdef1      | "git_sha" : "abcdef1"
                    -d {"cause":"theirs"}                           | "cause" : "theirs"
                    -d {"cause":"theirs"} --cause=mine              | "cause" : "mine"
                    -d {"threads_override":8}                       | "threads_override" : 8
                    -d {"schema_override":null}                     | "schema_override" : null
                    """)
    void isOverriddenByThePayloadAndThatByOptions(
            String args, String expected, @TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(RecordedPipeline.environment(platform, "github", "", folder));

            int exitCode = prompt.dbtc(("ci run --print-payload " + args).split(" "));

            assertThat(exitCode).as(prompt.err()).isZero();
            assertThat(prompt.out()).contains(expected);
            assertThat(prompt.out().lines().filter(line -> line.contains("_request_id")))
                    .hasSize(1);
        }
    }

    @Test
    void takesDraftsWhenAsked(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var environment =
                    RecordedPipeline.environment(
                            platform, "gitlab", "CI_MERGE_REQUEST_DRAFT=true", folder);

            assertThat(new Prompt(environment).dbtc("ci", "run", "--print-payload")).isEqualTo(2);
            assertThat(new Prompt(environment).dbtc("ci", "run", "--print-payload", "--drafts"))
                    .isZero();
            environment.put("DBTC_DRAFTS", "true");
            assertThat(new Prompt(environment).dbtc("ci", "run", "--print-payload")).isZero();
        }
    }

    @Test
    void tellsThatTheTimeDecidesWhereNothingNumbersPipelines(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var environment = RecordedPipeline.environment(platform, "circleci", "", folder);
            var without = new Prompt(environment);
            var with = new Prompt(environment);
            without.dbtc("ci", "run", "--print-payload");
            with.dbtc("ci", "run", "--print-payload", "--sequence=9.62");

            assertThat(without.err())
                    .contains("; no sequence: ordering commits by run creation time.");
            assertThat(with.err()).contains("; sequence 9.62.");
        }
    }

    @Test
    void writesThePayloadIntoAFile(@TempDir Path folder) throws IOException {
        try (var platform = Platform.starter()) {
            Path file = folder.resolve("payload.json");
            var prompt = new Prompt(RecordedPipeline.environment(platform, "github", "", folder));

            assertThat(prompt.dbtc("ci", "run", "--print-payload", "-o", file.toString())).isZero();
            assertThat(prompt.out()).isEmpty();
            assertThat(Files.readString(file)).contains("\"github_pull_request_id\" : 50");
        }
    }
}
