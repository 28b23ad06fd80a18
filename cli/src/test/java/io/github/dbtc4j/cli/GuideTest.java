package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the original's guide shows (dbtc, "Autoscaling CI") works as it stands there.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
public class GuideTest {

    private static final String SHA = "0d8f7e6c5b4a39281706f5e4d3c2b1a098765432";

    /// What newer platforms send beyond the guide's response of 2022.
    private static final List<String> NEWER_FIELDS =
            List.of(
                    "data.trigger.non_native_pull_request_id",
                    "data.trigger.cause_category",
                    "data.job.run_compare_changes",
                    "data.job.compare_changes_flags",
                    "data.job.run_lint",
                    "data.job.errors_on_lint_failure",
                    "data.job.description",
                    "data.job.deferring_environment_id",
                    "data.job.triggers.on_merge",
                    "data.job.job_type",
                    "data.job.triggers_on_draft_pr",
                    "data.job.job_completion_trigger_condition",
                    "data.job.generate_sources",
                    "data.job.force_node_selection",
                    "data.job.cost_optimization_features",
                    "data.retrying_run_id",
                    "data.can_retry",
                    "data.retry_not_supported_reason",
                    "data.used_repo_cache");

    /// What newer platforms send at another place (recorded responses: OpenMetadata, 2024).
    private static final List<String> MOVED_FIELDS =
            List.of("data.href", "data.job.triggers.custom_branch_only");

    @Test
    void theGithubActionsStepRunsVerbatim(@TempDir Path folder) throws IOException {
        try (var platform = Platform.starter()) {
            assertThat(resource("guide-step.sh").lines().findFirst())
                    .contains("pip install dbtc==0.3.3");
            CommandProcess.install(folder.resolve("dbtc"));

            var ended = step(platform, folder, folder + ":/usr/bin:/bin");

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).as("captured by the step").isEmpty();
            assertTriggered(platform);
        }
    }

    @Test
    void theGithubActionsStepFailsWhenTheCommandDoes(@TempDir Path folder) throws IOException {
        try (var platform = Platform.starter()) {
            platform.sandbox.rotateToken("dbtu_another");

            var ended =
                    bash(
                            platform,
                            folder,
                            resource("guide-step.sh").replace("pip install dbtc==0.3.3", ":"));

            assertThat(ended.exitCode()).isEqualTo(6);
        }
    }

    /// Its closing parenthesis has no opening one: as printed it is no shell command at all.
    @Test
    void theCommandLineExampleRunsButForItsStrayParenthesis(@TempDir Path folder)
            throws IOException {
        try (var platform = Platform.starter()) {
            String example = resource("guide-example.sh");
            String so = "SO=dbt_cloud_pr_${JOB_ID}_${PULL_REQUEST_ID}\n";

            var asPrinted = bash(platform, folder, so + example);
            var ended = bash(platform, folder, so + example.replaceFirst("\\)\\s*$", ""));

            assertThat(asPrinted.exitCode()).isEqualTo(2);
            assertThat(asPrinted.err()).contains("syntax error near unexpected token `)'");
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).startsWith("{").endsWith("}\n");
            assertTriggered(platform);
        }
    }

    @Test
    void theResponseHasTheGuidesFieldsInTheGuidesOrder() throws IOException {
        try (var platform = Platform.starter()) {
            var ended = platform.dbtc("trigger-autoscaling-ci-job", "-d", Platform.payload("slow"));
            var ours = new ArrayList<String>();
            collect("", Json.readObject(ended.end().out()), ours);
            var guides = new ArrayList<String>();
            collect("", Json.readObject(resource("guide-response.json")), guides);

            assertThat(minus(guides, ours)).as("left out").isEmpty();
            assertThat(minus(ours, guides)).as("added").hasSameElementsAs(NEWER_FIELDS);
            assertThat(minus(minus(ours, NEWER_FIELDS), MOVED_FIELDS))
                    .as("order")
                    .isEqualTo(minus(guides, MOVED_FIELDS));
        }
    }

    public static void assertTriggered(Platform platform) {
        assertThat(platform.sandbox.runs())
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.jobId()).isEqualTo(platform.job);
                    assertThat(run.cause()).startsWith("Autoscaling Slim CI! dbtc4j/1 ");
                    assertThat(run.gitSha()).isEqualTo(SHA);
                    assertThat(run.schemaOverride())
                            .isEqualTo("dbt_cloud_pr_" + platform.job + "_50");
                    assertThat(run.pullRequest()).isEqualTo(Map.of("github_pull_request_id", 50L));
                });
    }

    /// Runs the guide's step as GitHub Actions does, with nothing but this on the `PATH`.
    public static CommandProcess.Ended step(Platform platform, Path folder, String path)
            throws IOException {
        String step = resource("guide-step.sh").replace("pip install dbtc==0.3.3", ": install");
        return bash(platform, folder, path, step);
    }

    private static CommandProcess.Ended bash(Platform platform, Path folder, String script)
            throws IOException {
        CommandProcess.install(folder.resolve("dbtc"));
        return bash(platform, folder, folder + ":/usr/bin:/bin", script);
    }

    private static CommandProcess.Ended bash(
            Platform platform, Path folder, String path, String script) throws IOException {
        Path step = folder.resolve("step.sh");
        Files.writeString(step, script);
        Map<String, String> environment = new HashMap<>(platform.environment());
        environment.put("PATH", path);
        environment.remove("DBT_CLOUD_JOB_ID");
        environment.put("JOB_ID", Long.toString(platform.job));
        environment.put("PULL_REQUEST_ID", "50");
        environment.put("GIT_SHA", SHA);
        return CommandProcess.start(environment, List.of("/bin/bash", "-e", step.toString())).end();
    }

    /// The paths of all fields, in their order; a list counts as one value.
    private static void collect(String path, Map<?, ?> object, List<String> into) {
        object.forEach((name, value) -> {
            into.add(path + name);
            if (value instanceof Map<?, ?> inner) {
                collect(path + name + ".", inner, into);
            }
        });
    }

    private static List<String> minus(List<String> all, List<String> without) {
        return all.stream().filter(text -> !without.contains(text)).toList();
    }

    private static String resource(String name) throws IOException {
        try (var text = GuideTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(text).readAllBytes(), UTF_8);
        }
    }
}
