package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `dbtc ci close` ends what is the pull request's, and nothing else.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class CiCloseTest {

    private static final String TAG = "CI [CLONED 2026-03-02 09:00:00] pr-";

    @Test
    void cancelsDeletesAndDropsWhatIsThePullRequests() {
        try (var platform = platform(ScriptedOutcome.success())) {
            long clone = platform.create(TAG + 50, marker(platform.job, 50));
            long other = platform.create(TAG + 51, marker(platform.job, 51));
            long run = platform.triggerElsewhere(clone, "slow", 50);
            long foreign = platform.triggerElsewhere(other, "slow", 51);

            var prompt = close(platform, 0);

            assertThat(json(prompt))
                    .containsEntry("pull_request", "github:50")
                    .containsEntry("job", platform.job)
                    .containsEntry("cancelled_run_ids", List.of(run))
                    .containsEntry("unfinished_run_ids", List.of())
                    .containsEntry("deleted_job_ids", List.of(clone))
                    .containsEntry("kept_jobs", List.of())
                    .containsEntry("schema", "dbt_cloud_pr_" + platform.job + "_50");
            assertThat(platform.run(run).status()).isEqualTo(30);
            assertThat(platform.run(foreign).isTerminal()).isFalse();
            assertThat(isThere(platform, clone)).isFalse();
            assertThat(isThere(platform, other)).isTrue();

            RunView drop = platform.sandbox.runs().getLast();
            assertThat(drop.jobId()).isEqualTo(platform.job);
            assertThat(drop.pullRequest()).containsEntry("github_pull_request_id", 50L);
            assertThat(drop.status()).isEqualTo(10);
            assertThat(platform.stepsOverride(drop.id()))
                    .containsExactly(
                            "dbt run-operation drop_pr_schemas --args"
                                    + " '{\"schema\":\"dbt_cloud_pr_1_50\"}'");
            assertThat(String.valueOf(json(prompt).get("drop")))
                    .contains("run_id=" + drop.id(), "status=Success");
            assertThat(prompt.err())
                    .contains("Requested cancellation of run " + run)
                    .contains("Deleted clone " + clone)
                    .contains("Dropping the schemas: dbt run-operation drop_pr_schemas --args")
                    .contains("Run " + drop.id() + " succeeded");
        }
    }

    @Test
    void dropsNoSchemaOfAPullRequestWithoutARun() {
        try (var platform = platform(ScriptedOutcome.success())) {
            platform.await(platform.triggerElsewhere(platform.job, "quick", 51), 10);

            var prompt = close(platform, 0);

            assertThat(platform.sandbox.runs()).hasSize(1);
            assertThat(json(prompt)).containsEntry("drop", null);
            assertThat(prompt.err()).contains("github:50 had no run, so there is no schema of it");
        }
    }

    @Test
    void dropsTheSchemaOfAPullRequestWhoseRunsHaveEnded() {
        try (var platform = platform(ScriptedOutcome.success())) {
            platform.await(platform.triggerElsewhere(platform.job, "quick", 50), 10);

            var prompt = close(platform, 0);

            assertThat(platform.sandbox.runs()).hasSize(2);
            assertThat(prompt.err())
                    .contains("No run of github:50 is in progress, and it has no clone.")
                    .doesNotContain("No run and no clone");
        }
    }

    @Test
    void writesSummaryOutputsAndReports(@TempDir Path folder) throws IOException {
        try (var platform = platform(ScriptedOutcome.success())) {
            long run = platform.triggerElsewhere(platform.job, "slow", 50);
            var files = List.of("summary", "output", "junit.xml", "own.md", "env");
            var environment = new HashMap<>(platform.environment());
            environment.put("GITHUB_ACTIONS", "true");
            environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
            environment.put("GITHUB_OUTPUT", folder.resolve("output").toString());
            var prompt = new Prompt(environment);

            int exitCode =
                    prompt.dbtc(
                            "ci",
                            "close",
                            "--pull-request=github:50",
                            "--no-drop-schemas",
                            "--junit=" + folder.resolve("junit.xml"),
                            "--summary=" + folder.resolve("own.md"),
                            "--dotenv=" + folder.resolve("env"));

            assertThat(exitCode).as(prompt.err()).isZero();
            assertThat(files).allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
            assertThat(folder.resolve("own.md"))
                    .hasContent(
                            "### Cleaned up after github:50.\n\n- Cancelled run " + run + ".\n\n");
            assertThat(Files.readString(folder.resolve("env")))
                    .contains("DBTC_CANCELLED_RUN_IDS=" + run + "\n", "DBTC_VERDICT=closed\n");
            assertThat(Files.readString(folder.resolve("junit.xml")))
                    .contains("<testcase classname=\"close\" name=\"close\"");
        }
    }

    @Test
    void annotatesTheRunThatDropsInVain() {
        try (var platform = platform(ScriptedOutcome.failureAt("model.jaffle_shop.orders"))) {
            var environment = new HashMap<>(platform.environment());
            environment.put("GITHUB_ACTIONS", "true");
            var prompt = new Prompt(environment);

            int exitCode =
                    prompt.dbtc(
                            "ci",
                            "close",
                            "--pull-request=github:50",
                            "--poll-interval=0.3",
                            "--drop-schemas");

            assertThat(exitCode).as(prompt.err()).isEqualTo(1);
            assertThat(prompt.err()).contains("\n::error ");
        }
    }

    @Test
    void keepsACloneUnderAForeignRun() {
        try (var platform = platform(ScriptedOutcome.success())) {
            long clone = platform.create(TAG + 50, marker(platform.job, 50));
            long foreign = platform.triggerElsewhere(clone, "slow", 51);

            var prompt = close(platform, 0, "--no-drop-schemas");

            assertThat(isThere(platform, clone)).isTrue();
            assertThat(platform.run(foreign).isTerminal()).isFalse();
            assertThat(json(prompt))
                    .containsEntry("deleted_job_ids", List.of())
                    .containsEntry(
                            "kept_jobs",
                            List.of(
                                    Map.of(
                                            "job",
                                            clone,
                                            "why",
                                            "run " + foreign + " is in progress on it")))
                    .containsEntry("schema", null)
                    .containsEntry("drop", null);
            assertThat(prompt.err())
                    .contains(
                            "Clone %d was not deleted: run %d is in progress on it"
                                    .formatted(clone, foreign));
        }
    }

    @Test
    void takesTheCleanUpJobForTheMacro() {
        try (var platform = platform(ScriptedOutcome.success())) {
            close(
                    platform,
                    0,
                    "--drop-schemas",
                    "--cleanup-job-id=4",
                    "--macro=ops.tidy",
                    "--schema-prefix=ci",
                    "--git-branch=main");

            RunView drop = platform.sandbox.runs().getLast();
            assertThat(drop.jobId()).isEqualTo(4);
            assertThat(drop.pullRequest()).isEmpty();
            assertThat(drop.gitBranch()).isEqualTo("main");
            assertThat(platform.stepsOverride(drop.id()))
                    .containsExactly(
                            "dbt run-operation ops.tidy --args '{\"schema\":\"ci_1_50\"}'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--schema-override=ci_pr_50", "--force --schema-override=analytics"})
    void dropsASchemaOfAnotherNameIfItIsThePullRequestsOrByForce(String args) {
        try (var platform = platform(ScriptedOutcome.success())) {
            close(platform, 0, ("--drop-schemas " + args).split(" "));

            assertThat(platform.stepsOverride(platform.sandbox.runs().getLast().id()))
                    .containsExactly(
                            "dbt run-operation drop_pr_schemas --args '{\"schema\":\"%s\"}'"
                                    .formatted(args.replaceFirst(".*=", "")));
        }
    }

    @Test
    void changesNothingWhenAskedNotTo() {
        try (var platform = platform(ScriptedOutcome.success())) {
            long clone = platform.create(TAG + 50, marker(platform.job, 50));
            long run = platform.triggerElsewhere(clone, "slow", 50);
            int before = writes(platform);

            var prompt = close(platform, 0, "--dry-run");

            assertThat(writes(platform)).isEqualTo(before);
            assertThat(json(prompt))
                    .containsEntry("dry_run", true)
                    .containsEntry("cancelled_run_ids", List.of(run))
                    .containsEntry("deleted_job_ids", List.of(clone));
            assertThat(prompt.err())
                    .contains(
                            "Would cancel run %d of github:50 and delete clone %d."
                                    .formatted(run, clone))
                    .contains("Would run on job 1: dbt run-operation drop_pr_schemas --args");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    github    | event "state": "open" -> "state": "closed" | github:50
                    gitlab    | ``                                                  | gitlab:50
                    azure     | ``                                                  | azure:50
                    bitbucket | ``                                                  | other:50
                    codebuild | CODEBUILD_WEBHOOK_EVENT=PULL_REQUEST_MERGED         | github:50
                    codebuild | CODEBUILD_WEBHOOK_EVENT=PULL_REQUEST_CLOSED         | github:50
                    """)
    void findsThePullRequestInThePipeline(
            String system, String changes, String label, @TempDir Path folder) {
        try (var platform = platform(ScriptedOutcome.success())) {
            var prompt =
                    new Prompt(RecordedPipeline.environment(platform, system, changes, folder));

            assertThat(prompt.dbtc("ci", "close", "--dry-run")).as(prompt.err()).isZero();
            assertThat(json(prompt))
                    .containsEntry("pull_request", label)
                    .containsEntry("schema", "dbt_cloud_pr_1_50");
        }
    }

    @Test
    void saysWhatIsMissingWhenTheMacroFails() {
        try (var platform =
                platform(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.FAILING_NODE))) {
            var prompt = close(platform, 1, "--drop-schemas");

            assertThat(prompt.err())
                    .contains("No run of github:50 is in progress, and it has no clone.")
                    .contains("failed after")
                    .contains("The schemas of github:50 may still exist.")
                    .contains("The project needs the macro drop_pr_schemas")
                    .contains("docs/drop-schemas.md");
            assertThat(String.valueOf(json(prompt).get("drop"))).contains("status=Error");
        }
    }

    @Test
    void doesNotBlameTheMacroWhenAnotherStepFails() {
        try (var platform =
                platform(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.UNKNOWN_COMMIT))) {
            var prompt = close(platform, 1, "--drop-schemas");

            assertThat(prompt.err())
                    .contains("The schemas of github:50 may still exist.")
                    .contains("The run failed outside the macro drop_pr_schemas: correct what")
                    .doesNotContain("The project needs the macro");
        }
    }

    @Test
    void endsWithSixWhenThePlatformWillNotDelete() {
        try (var platform = platform(ScriptedOutcome.success())) {
            long clone = platform.create(TAG + 50, marker(platform.job, 50));
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(403, Fault.Body.ENVELOPE, null))
                                    .on(Endpoint.DELETE_JOB));

            var prompt = close(platform, 6, "--no-drop-schemas");

            assertThat(isThere(platform, clone)).isTrue();
            assertThat(prompt.err()).contains("was not deleted", "403");
        }
    }

    @Test
    void dropsNoSchemaWhileARunGoesOnThatWillNotEnd() {
        try (var platform = platform(ScriptedOutcome.success())) {
            long run = platform.triggerElsewhere(platform.job, "slow", 50);
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(403, Fault.Body.ENVELOPE, null))
                                    .on(Endpoint.CANCEL)
                                    .times(100));

            var prompt = close(platform, 5, "--timeout=4s");

            assertThat(json(prompt))
                    .containsEntry("unfinished_run_ids", List.of(run))
                    .containsEntry("drop", null);
            assertThat(platform.sandbox.runs()).hasSize(1);
            assertThat(prompt.err())
                    .contains("Run " + run + " is still in status")
                    .contains("no clone was deleted and no schema dropped");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --pr=50                              | '50' is not a pull request such as github:50
                    --pr=github:0                        | '0' is not a pull request
                    --pr=github:                         | is not a pull request such as github:50
                    --pr=bitbucket:50                    | before the number stands github, gitlab, azure or other
                    --pr=github:50x                      | is not a pull request such as github:50
                    --pr=github:null                     | is not a pull request such as github:50
                    --pr=github:-1                       | is not a pull request such as github:50
                    --pr=                                | is not a pull request such as github:50
                    --pr=github:50 --macro=drop;ls       | 'drop;ls' is not the name of a macro
                    --pr=github:50 --macro=              | '' is not the name of a macro
                    --pr=github:50 --schema-prefix=ci'   | is not the beginning of a schema's name
                    --pr=github:50 --schema-prefix=a-b   | is not the beginning of a schema's name
                    --pr=github:50 --schema-override=analytics | 'analytics' does not look like the schema of github:50 alone
                    --pr=github:50 --schema-override=dbt_cloud_pr_1_51 | such a name ends with _1_50, pr_50 or mr_50
                    --pr=github:50 --schema-override=prod --dry-run | Nothing was changed
                    --pr=github:50 --force --schema-override=a.b | is not the plain name of a schema
                    --pr=github:50 --cleanup-job-id=x    | 'x' is not an id
                    --dry-run                            | No CI system was recognised: none of GITHUB_ACTIONS,
                    """)
    void refusesWhatItCannotUseBeforeAnythingIsSent(String args, String message) {
        try (var platform = platform(ScriptedOutcome.success())) {
            var all = new ArrayList<>(List.of("ci", "close"));
            all.addAll(List.of(args.strip().split(" ")));
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isEqualTo(2);
            assertThat(prompt.err()).contains(message.replace("'0' is", "'github:0' is"));
            assertThat(prompt.out()).isEmpty();
            assertThat(platform.requests()).isEmpty();
        }
    }

    /// Runs that drop schemas go as `drop` says, in no time.
    private static Platform platform(ScriptedOutcome drop) {
        var platform = Platform.starter();
        platform.sandbox.decide(
                RunRule.always(
                                drop.preparing(Duration.ofSeconds(1))
                                        .executing(Duration.ofSeconds(20)))
                        .containing("drop the schemas"));
        return platform;
    }

    private static Prompt close(Platform platform, int exitCode, String... args) {
        var all =
                new ArrayList<>(
                        List.of("ci", "close", "--pull-request=github:50", "--poll-interval=0.3"));
        all.addAll(List.of(args));
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isEqualTo(exitCode);
        return prompt;
    }

    private static Map<String, @Nullable Object> json(Prompt prompt) {
        return Json.readObject(prompt.out());
    }

    private static int writes(Platform platform) {
        return (int)
                platform.requests().stream()
                        .filter(requested -> !requested.method().equals("GET"))
                        .count();
    }

    private static boolean isThere(Platform platform, long job) {
        return platform.sandbox.job(job).orElseThrow().state() == 1;
    }

    /// What the description of a clone says.
    static String marker(long base, long pullRequest) {
        return """
        {"dbtc4j":1,"base":%d,"pr":"github:%d","definition":"0123456789ab",\
        "nonce":"0123456789abcdef"}\
        """
                .formatted(base, pullRequest);
    }
}
