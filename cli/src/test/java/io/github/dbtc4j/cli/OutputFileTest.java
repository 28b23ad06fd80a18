package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the file of `--output` holds, for the steps of a pipeline that come after.
@Tag("gate")
class OutputFileTest {

    private static final String SHA = "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80";

    @TempDir private Path folder;

    /// A later step may print it.
    @Test
    void isNoCommandToACiSystem() throws IOException {
        String name = "##vso[task.setvariable variable=x]y \u2028 ##[group]z";
        try (var platform = Platform.starter()) {
            long job = platform.create(name, "");
            var environment = new HashMap<>(platform.environment());
            environment.put("TF_BUILD", "True");
            environment.put("DBTC_OUTPUT", folder.resolve("x.json").toString());
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("jobs", "get", "--job-id=" + job)).as(prompt.err()).isZero();

            String saved = Files.readString(folder.resolve("x.json"));
            assertThat(saved).doesNotContain("##").contains("vso[task");
            assertThat(Json.readObject(saved).get("data"))
                    .asInstanceOf(
                            org.assertj.core.api.InstanceOfAssertFactories.map(
                                    Object.class, Object.class))
                    .containsEntry("name", name);
        }
    }

    /// A clean-up step starts `dbtc ci cancel` where there is no such file.
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9, github:50, 6",
        "127.0.0.1:9, github:0, 2",
        "ab 123, github:50, 2",
    })
    void saysThatThereIsNoRunWhereNoneWasTriggered(String host, String pullRequest, int exitCode)
            throws IOException {
        var prompt =
                new Prompt(
                        Map.of(
                                "DBT_CLOUD_HOST",
                                "http://" + host,
                                "DBT_CLOUD_SERVICE_TOKEN",
                                CommandProcess.CANARY,
                                "DBT_CLOUD_ACCOUNT_ID",
                                "1",
                                "DBT_CLOUD_JOB_ID",
                                "1",
                                "DBTC_PAYLOAD",
                                "{\"github_pull_request_id\": %s, \"git_sha\": \"%s\"}"
                                        .formatted(pullRequest.replace("github:", ""), SHA),
                                "DBTC_TIMEOUT",
                                "1",
                                "DBTC_OUTPUT",
                                folder.resolve("x.json").toString()));

        assertThat(prompt.dbtc("ci", "run")).as(prompt.err()).isEqualTo(exitCode);

        assertThat(folder.resolve("x.json")).hasContent("null");
    }

    @Test
    void saysThatThereIsNoRunWhereAnotherTookOver() throws IOException {
        try (var platform = Platform.starter()) {
            Map<String, String> environment = pipeline(platform);
            var newer = new Prompt(environment);
            newer.dbtc("ci", "run", "--cause=quick", "--sequence=8", "--git-sha=" + "2".repeat(40));
            var older = new Prompt(environment);

            assertThat(older.dbtc("ci", "run", "--sequence=7")).as(older.err()).isEqualTo(4);

            assertThat(folder.resolve("x.json")).hasContent("null");
            assertThat(older.err())
                    .contains("Nothing was triggered: run ")
                    .contains(" is for a newer commit or attempt of this pull request.")
                    .contains("Its verdict counts; nothing is left to do here.")
                    .contains("start again with --sequence and another --sequence-scope.");

            var past = new Prompt(environment);
            assertThat(past.dbtc("ci", "run", "--sequence=7", "--sequence-scope=again"))
                    .as(past.err())
                    .isZero();
        }
    }

    /// There may be a run, and a clean-up step has to look for it.
    @Test
    void isNotThereWhereARunMayBeLeft() {
        try (var platform = Platform.starter()) {
            platform.sandbox.addRoute((request, now) ->
                    platform.sandbox.runs().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Response.of(401, Map.of(), "{}")));
            var prompt = new Prompt(pipeline(platform));

            assertThat(prompt.dbtc("ci", "run")).as(prompt.err()).isEqualTo(6);

            assertThat(folder.resolve("x.json")).doesNotExist();
        }
    }

    private Map<String, String> pipeline(Platform platform) {
        var environment = new HashMap<>(platform.environment());
        environment.put("DBTC_PULL_REQUEST", "github:50");
        environment.put("DBTC_GIT_SHA", SHA);
        environment.put("DBTC_CAUSE", "quick");
        environment.put("DBTC_POLL_INTERVAL", "0.2");
        environment.put("DBTC_OUTPUT", folder.resolve("x.json").toString());
        return environment;
    }
}
