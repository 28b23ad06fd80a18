package io.github.dbtc4j.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `dbtc probe` as it is called.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ProbeCommandTest {

    @Test
    void dryRunListsEveryCallAndSendsNone() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("probe", "--dry-run", "--yes")).isZero();

            assertThat(prompt.err().lines()).hasSize(ProbeCall.values().length + 1);
            assertThat(prompt.err())
                    .contains("POST   /api/v2/accounts/{account}/jobs/ ")
                    .contains("DELETE /api/v2/accounts/{account}/jobs/{own_job}/ ")
                    .contains("Nothing was sent.");
            assertThat(prompt.out()).isEmpty();
            assertThat(platform.requests()).isEmpty();
        }
    }

    @Test
    void sendsNothingWithoutYes() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("probe")).isEqualTo(2);

            assertThat(prompt.err()).contains("nothing was sent", "--yes lets it");
            assertThat(platform.requests()).isEmpty();
        }
    }

    @Tag("heavy")
    @Test
    void printsTableAndReport(@TempDir Path folder) throws Exception {
        try (var platform = Platform.starter()) {
            Path file = folder.resolve("report.json");
            var prompt = new Prompt(platform.environment());

            int exitCode = prompt.dbtc("probe", "--yes", "--output=" + file);

            assertThat(exitCode).as(prompt.err()).isZero();
            assertThat(prompt.err())
                    .containsPattern("QUESTION +ANSWER +SANDBOX ASSUMES +AGREES\\?")
                    .containsPattern("read of deleted job +not found +not found +yes")
                    .containsPattern("retry after +not asked +absent +-")
                    .contains("→ it takes 5,000 requests a minute");
            assertThat((List<?>) Json.read(Files.readString(file))).hasSizeGreaterThan(30);
            assertThat(prompt.out()).isEmpty();
            assertNothingIsLeft(platform);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void removesTheThrowAwayJobWhenToldToStop(String signal, int exitCode) {
        try (var platform = Platform.starter()) {
            var process = platform.dbtc("probe", "--yes", "--step=dbt parse # slow");
            process.awaitErr("Running one three times");
            Await.until(
                    "a run",
                    () -> platform.sandbox.runs().stream().anyMatch(run -> !run.isTerminal()),
                    process::err);
            process.signal(signal);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
            assertThat(ended.err()).contains("Stopping: removing the throw-away job.");
            assertThat(ended.err()).doesNotContain("please report it");
            assertThat(platform.clones()).isNotEmpty().allMatch(job -> job.state() == 2);
        }
    }

    @Test
    void makesASandboxOfAReport(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("report.json"),
                        """
                        [{"question": "Plan", "seen": "trial_2025"},
                         {"question": "RunSlots", "seen": "not told"}]
                        """);

        var sandbox = CommandProcess.dbtc(java.util.Map.of(), "sandbox", "--switches=" + file);
        sandbox.awaitErr("A sandbox on plan trial_2025 with unknown run slots is at ");
        sandbox.signal("TERM");

        assertThat(sandbox.end().exitCode()).isEqualTo(143);
    }

    @Test
    void refusesAReportThatIsNone(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("report.json"), "[{\"question\": \"Weather\"}]");
        var prompt = new Prompt(java.util.Map.of());

        assertThat(prompt.dbtc("sandbox", "--switches=" + file)).isEqualTo(2);

        assertThat(prompt.err()).contains("--switches: ", "there is no question Weather");
    }

    private static void assertNothingIsLeft(Platform platform) {
        assertThat(platform.clones()).isNotEmpty().allMatch(job -> job.state() == 2);
        assertThat(platform.sandbox.runs()).allMatch(run -> run.isTerminal());
    }
}
