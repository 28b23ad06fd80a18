package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/// Scripts written for the original keep working: dbtc 0.11.7, `dbtc/cli.py`.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class OriginalScriptsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"trigger\"] | [\"queued\"]",
                "[\"trigger\", \"job\"] | [\"queued\", \"starting\", \"running\"]",
                "['trigger'] | [1,2,3]",
                "trigger | queued"
            })
    void writeListsAsJson(String include, String status) {
        try (var platform = Platform.starter()) {
            platform.triggerElsewhere(platform.job, "slow", 49);
            long run = platform.triggerElsewhere(platform.job, "slow", 50);

            String out = ok(platform, "runs", "list", "-i", include, "--status", status);

            assertThat(out).contains("\"id\":" + run);
            assertThat(out).contains("\"cause\":\"slow\"");
        }
    }

    @Test
    void areToldWhichItemOfAListIsWrong() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("runs", "list", "-i", "[\"trigger\", \"jobs\"]")).isEqualTo(2);
            assertThat(prompt.err()).contains("jobs", "is not one of trigger, job, environment");
            assertThat(platform.requests()).isEmpty();
        }
    }

    @Test
    void listSomeJobs() {
        try (var platform = Platform.starter()) {
            String out = ok(platform, "jobs", "list", "--limit", "2", "--offset=1");

            assertThat(Json.readObject(out).get("data"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("id=2,");
            var prompt = new Prompt(platform.environment());
            assertThat(prompt.dbtc("jobs", "list", "--limit=0")).isEqualTo(2);
        }
    }

    @Test
    void useTheNamesBeforeThereWereGroups() {
        try (var platform = Platform.starter()) {
            long run = platform.triggerElsewhere(platform.job, "quick", 50);
            platform.await(run, 10);
            String id = "--run-id=" + run;

            assertThat(ok(platform, "list-jobs", "--order-by=-id")).contains("\"Month end\"");
            assertThat(ok(platform, "get-job", "-j", "4")).contains("\"Month end\"");
            assertThat(ok(platform, "list-runs", "--limit=1")).contains("\"id\":" + run);
            assertThat(ok(platform, "get-run", id, "-i", "[\"trigger\"]")).contains("\"quick\"");
            assertThat(ok(platform, "cancel-run", id)).contains("\"status\":10");
            for (String command : List.of("list-run-artifacts", "runs list-artifacts")) {
                assertThat(ok(platform, (command + " " + id + " --step=4").split(" ")))
                        .contains("\"run_results.json\"");
            }
            for (String command : List.of("get-run-artifact", "runs get-artifact")) {
                assertThat(ok(platform, (command + " " + id + " -f run_results.json").split(" ")))
                        .contains("\"results\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"github_pull_request_id", "gitlab_merge_request_id"})
    void sayNullWhereThereIsNoPullRequest(String field) {
        try (var platform = Platform.starter()) {
            ok(
                    platform,
                    "trigger-autoscaling-ci-job",
                    "--payload={\"cause\": \"quick\", \"" + field + "\": null}");

            assertThat(platform.sandbox.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.pullRequest()).isEmpty());
        }
    }

    @Test
    void mayPassNullToCiRunToo(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var environment = RecordedPipeline.environment(platform, "github", "", folder);
            var prompt = new Prompt(environment);
            int exitCode =
                    prompt.dbtc(
                            "ci",
                            "run",
                            "--print-payload",
                            "-d",
                            "{\"github_pull_request_id\": null}");

            assertThat(exitCode).as(prompt.err()).isZero();
            assertThat(prompt.out()).contains("\"github_pull_request_id\" : 50");
        }
    }

    @Test
    void readTheEnvelopeOfARefusal() {
        try (var platform = Platform.starter()) {
            for (String command : List.of("runs get --run-id=7", "get-job --job-id=99")) {
                var prompt = new Prompt(platform.environment());

                assertThat(prompt.dbtc(command.split(" "))).isEqualTo(6);
                assertThat(Json.readObject(prompt.out()))
                        .containsEntry("data", null)
                        .extractingByKey("status")
                        .asString()
                        .contains("code=404", "is_success=false");
                assertThat(prompt.err()).contains("found nothing (HTTP 404)");
            }
        }
    }

    private static String ok(Platform platform, String... args) {
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(args)).as(prompt.err()).isZero();
        return prompt.out();
    }
}
