package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// People at a terminal get text; programs, files and those who ask get JSON.
@Tag("gate")
class TerminalTest {

    private static Platform platform;
    private static long run;

    @BeforeAll
    static void start() {
        platform = Platform.starter();
        Platform.create(platform.client, "Nightly \u001b[31mred", "a nightly job");
        run =
                platform.client
                        .jobs()
                        .trigger(1, platform.job, Map.of("cause", "by hand", "git_sha", "abcdef0"))
                        .data()
                        .id();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void listsJobsAsATable() {
        String out = terminal("jobs", "list");

        assertThat(out).doesNotContain("{", "\u001b");
        assertThat(out.lines().toList())
                .first()
                .asString()
                .matches("JOB +TYPE +ENVIRONMENT +PROJECT +NAME");
        assertThat(out).containsPattern("(?m)^" + platform.job + " +ci +\\d+ +\\d+ +CI$");
    }

    @Test
    void listsRunsAsATable() {
        String out = terminal("runs", "list");

        assertThat(out).doesNotContain("{").startsWith("RUN ");
        assertThat(out)
                .containsPattern("(?m)^" + run + " +\\w+ +2026-\\d\\d-\\d\\d \\d\\d:\\d\\dZ ");
        assertThat(terminal("runs", "list", "--status=error"))
                .isEqualTo("There are no such runs.\n");
    }

    @Test
    void showsARunAndAJob() {
        assertThat(terminal("runs", "get", Long.toString(run)))
                .doesNotContain("{")
                .containsPattern("(?m)^run +" + run + "$")
                .containsPattern("(?m)^job +" + platform.job)
                .containsPattern("(?m)^page +https?://");
        assertThat(terminal("jobs", "get", Long.toString(platform.job)))
                .doesNotContain("{\"")
                .containsPattern("(?m)^name +CI$")
                .containsPattern("(?m)^step +dbt build ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs list", "runs list", "doctor", "ci status", "reap --dry-run"})
    void jsonIsForPipesAndForThoseWhoAsk(String command) throws IOException {
        String[] args = command.split(" ");
        assertThat(terminal(args)).doesNotContain("{\"", "[{");

        var pipe = new Prompt(platform.environment());
        pipe.dbtc(args);
        Object json = Json.read(pipe.out());
        assertThat(json).isNotNull();

        var asked = new Prompt(platform.environment(), "", true);
        asked.dbtc((command + " --json").split(" "));
        assertThat(Json.read(asked.out())).isNotNull();
    }

    @Test
    void theFileOfOutputGetsJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("jobs.json");

        assertThat(terminal("jobs", "list", "--output=" + file)).isEmpty();

        assertThat(Files.readString(file)).startsWith("{");
    }

    /// Any endpoint is asked for its JSON.
    @Test
    void anApiCallPrintsJson() {
        assertThat(terminal("api", "/api/v2/accounts/1/jobs/")).startsWith("{");
    }

    private static String terminal(String... args) {
        var prompt = new Prompt(platform.environment(), "", true);
        prompt.dbtc(args);
        return prompt.out();
    }
}
