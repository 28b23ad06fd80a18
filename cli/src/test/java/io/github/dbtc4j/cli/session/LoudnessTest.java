package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.terminal.Terminal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;

/// How much is said on standard error: with `--quiet` the end, with `--verbose` each request.
@Tag("gate")
class LoudnessTest {

    private static Platform platform;
    private static long run;

    @BeforeAll
    static void start() {
        platform = Platform.starter();
        run = platform.triggerElsewhere(4, "quick", 51);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource({"-q, ''", "--quiet, ''", "--no-json, DBTC_QUIET"})
    void quietSaysHowItEndedAlone(String option, String variable) {
        var environment = new HashMap<>(platform.environment());
        environment.put(variable.isEmpty() ? "UNUSED" : variable, "true");
        var prompt = new Prompt(environment);

        int exitCode =
                prompt.dbtc(
                        "jobs",
                        "trigger",
                        option,
                        "--poll-interval=0.2",
                        "--payload={\"cause\": \"quick\"}");

        assertThat(exitCode).isZero();
        assertThat(prompt.out()).startsWith("{");
        assertThat(prompt.err()).matches("Run \\d+ succeeded after .*\\n");
    }

    @Test
    void theEndHasAColourOnATerminal() {
        var terminal = new Terminal(true, true, true, () -> 200);
        var prompt = new Prompt(platform.environment(), "", terminal);

        prompt.dbtc(
                "jobs", "trigger", "-q", "--poll-interval=0.2", "--payload={\"cause\": \"quick\"}");

        assertThat(prompt.err()).startsWith("\u001b[32mRun ").contains(" succeeded after ");
        assertThat(prompt.out()).isEmpty();
    }

    @Test
    void quietSaysWhyItFailed() {
        var prompt = new Prompt(platform.environment());

        int exitCode =
                prompt.dbtc(
                        "jobs",
                        "trigger",
                        "-q",
                        "--poll-interval=0.2",
                        "--payload={\"cause\": \"failing\"}");

        assertThat(exitCode).isOne();
        assertThat(prompt.err())
                .startsWith("Run ")
                .contains(" failed after ", "model orders (models/orders.sql): Database Error")
                .doesNotContain("Triggered run");
    }

    @Test
    void quietSaysWhatWentWrong() {
        var prompt = new Prompt(platform.environment());

        assertThat(prompt.dbtc("runs", "get", "987654321", "-q")).isEqualTo(6);
        assertThat(prompt.err()).startsWith("dbtc: ");
    }

    @Test
    void quietLeavesTheTableToStandardOutput() {
        var pipe = new Prompt(platform.environment());
        pipe.dbtc("doctor", "-q");
        assertThat(pipe.err()).matches("No problem, \\d notes?\\.\\n");

        var terminal = new Prompt(platform.environment(), "", true);
        terminal.dbtc("doctor", "-q");
        assertThat(terminal.out()).contains("ok       token", "No problem, ");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void verboseSaysEachRequestWithoutTheTokenAndTheBody() {
        var prompt = new Prompt(platform.environment());

        prompt.dbtc(
                "-v",
                "jobs",
                "trigger",
                "--no-should-poll",
                "--payload={\"cause\": \"quick secret\"}");

        assertThat(prompt.err())
                .containsPattern(
                        "(?m)^POST /api/v2/accounts/1/jobs/" + platform.job + "/run/ 200 \\d+ ms$")
                .doesNotContain(CommandProcess.CANARY, "secret");
    }

    @Test
    void theShortOptionOfTheVersionIsThatOfVerboseWhereACommandIsNamed() {
        var prompt = new Prompt(platform.environment());

        assertThat(prompt.dbtc("jobs", "list", "-v")).isZero();
        assertThat(prompt.out()).startsWith("{");
        assertThat(prompt.err()).contains("GET /api/v2/accounts/1/jobs/").contains(" 200 ");
    }

    /// There is no display in an environment that names none.
    @Test
    void webPrintsTheAddressWhereThereIsNoDisplay() {
        var get = new Prompt(platform.environment());
        assertThat(get.dbtc("runs", "get", "" + run, "--web")).isZero();
        assertThat(get.out()).matches("https://\\S+/runs/" + run + "/\\n");

        for (String command : List.of("jobs get --web", "ci status --web")) {
            var job = new Prompt(platform.environment());
            assertThat(job.dbtc(command.split(" "))).isZero();
            assertThat(job.out())
                    .isEqualTo(
                            "%s/deploy/1/projects/1/jobs/%d\n"
                                    .formatted(
                                            platform.environment().get("DBT_CLOUD_HOST"),
                                            platform.job));
        }
    }

    @Test
    void webNeedsAJobWhoseStatusIsAsked() {
        var environment = new HashMap<>(platform.environment());
        environment.remove("DBT_CLOUD_JOB_ID");
        var prompt = new Prompt(environment);

        assertThat(prompt.dbtc("ci", "status", "--web")).isEqualTo(2);
        assertThat(prompt.err()).contains("--web opens the page of one job: name it with --job-id");
    }
}
