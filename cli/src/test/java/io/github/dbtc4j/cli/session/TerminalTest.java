package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.terminal.Terminal;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// People at a terminal get text; programs, files and those who ask get JSON.
@Tag("gate")
class TerminalTest {

    private static final Terminal OUT_ALONE = new Terminal(true, false, true, () -> 80);
    private static final Terminal COLOURED = new Terminal(true, true, true, () -> 80);

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

    /// Standard error may be in a file.
    @ParameterizedTest
    @CsvSource({
        "doctor, No problem",
        "ci status, run slots",
        "reap --dry-run, No clone to delete.",
        "plan --payload=@-, Job"
    })
    void showsOnStandardOutputWhatWasAskedFor(String command, String text) {
        var prompt = new Prompt(platform.environment(), "{\"cause\": \"CI\"}", OUT_ALONE);

        assertThat(prompt.dbtc(command.split(" "))).isZero();

        assertThat(prompt.out()).contains(text).doesNotContain("{");
        assertThat(prompt.err()).doesNotContain(text, "\u001b");
    }

    @Test
    void printsTheAnswerWhereNoPersonReadsHowARunEnded() {
        var prompt = new Prompt(platform.environment(), "", OUT_ALONE);

        prompt.dbtc("jobs", "trigger", "--no-should-poll", "--payload={\"cause\":\"quick\"}");

        assertThat(prompt.out()).startsWith("{");
    }

    @Test
    void listsTheNewestRunFirstWhereAPersonReads() throws IOException {
        long newer = platform.triggerElsewhere(4, "by hand", 51);

        assertThat(terminal("runs", "list").lines().skip(1))
                .first()
                .asString()
                .startsWith(newer + " ");
        assertThat(terminal("runs", "list", "--order-by=id").lines().skip(1))
                .first()
                .asString()
                .startsWith(run + " ");
        var pipe = new Prompt(platform.environment());
        pipe.dbtc("runs", "list");
        assertThat(pipe.out()).containsSubsequence("\"id\":" + run, "\"id\":" + newer);
    }

    @Test
    void coloursOnlyWhereTheyAreWanted() {
        var coloured = new Prompt(platform.environment(), "", COLOURED);
        coloured.dbtc("doctor");
        assertThat(coloured.out())
                .contains("\u001b[32mok       \u001b[0mtoken")
                .contains("\u001b[2m                      →");

        var wrong = new Prompt(platform.environment(), "", COLOURED);
        wrong.dbtc("doctr");
        assertThat(wrong.err())
                .startsWith("\u001b[31mdbtc: there is no command or argument 'doctr' here; did you")
                .endsWith("\u001b[2mTry 'dbtc --help'.\u001b[0m\n");

        var json = new Prompt(platform.environment(), "", COLOURED);
        json.dbtc("doctor", "--json");
        assertThat(json.out() + json.err()).doesNotContain("\u001b");

        var colouredList = new Prompt(platform.environment(), "", COLOURED);
        colouredList.dbtc("jobs", "list");
        assertThat(colouredList.out())
                .startsWith("\u001b[2mJOB\u001b[0m ")
                .as("what the platform sends steers no terminal")
                .doesNotContain("\u001b[31mred");
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
