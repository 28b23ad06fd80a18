package io.github.dbtc4j.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@Tag("gate")
class SandboxCommandTest {

    @Test
    void saysThatRunsFailByChance() {
        CommandProcess process = CommandProcess.dbtc(Map.of(), "sandbox");
        process.awaitErr("8 % of its runs fail by chance; --failure-rate=0 lets none fail.");
        process.signal("TERM");
        process.end();

        var prompt = new Prompt(Map.of());
        assertThat(prompt.dbtc("sandbox", "--failure-rate=1.1")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143, unknown, enterprise_2025", "INT, 130, 2, starter_2025"})
    void servesAPlatformThatItsExportsLeadTo(
            String signal, int exitCode, String runSlots, String plan, @TempDir Path folder)
            throws IOException {
        CommandProcess process =
                CommandProcess.dbtc(
                        Map.of(),
                        "sandbox",
                        "--run-slots=" + runSlots,
                        "--plan=" + plan,
                        "--speed=600",
                        "--failure-rate=0",
                        "--seed=5");
        process.awaitErr("until this is stopped");

        Path exports = folder.resolve("sandbox.env");
        Files.writeString(exports, process.out());
        List<String> printer = List.of("sh", "-c", ". " + exports + "; env");
        var environment = new HashMap<String, String>();
        CommandProcess.start(Map.of("PATH", "/usr/bin:/bin"), printer)
                .end()
                .out()
                .lines()
                .filter(line -> line.startsWith("DBT_CLOUD_"))
                .forEach(line ->
                        environment.put(
                                line.substring(0, line.indexOf('=')),
                                line.substring(line.indexOf('=') + 1)));
        var prompt = new Prompt(environment);
        int triggered =
                prompt.dbtc(
                        "trigger-autoscaling-ci-job",
                        "--should-poll",
                        "--poll-interval=0.2",
                        "-d",
                        Platform.payload("try it"));
        var doctor = new Prompt(environment);
        doctor.dbtc("doctor");
        process.signal(signal);
        var ended = process.end();

        assertThat(environment)
                .containsOnlyKeys(
                        "DBT_CLOUD_HOST",
                        "DBT_CLOUD_SERVICE_TOKEN",
                        "DBT_CLOUD_ACCOUNT_ID",
                        "DBT_CLOUD_PROJECT_ID",
                        "DBT_CLOUD_JOB_ID");
        assertThat(triggered).as(prompt.err()).isZero();
        assertThat(doctor.out()).contains("\"subject\":\"clock\",\"level\":\"ok\"");
        assertThat(ended.err()).doesNotContain("by chance");
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(ended.out().lines()).hasSize(5).allMatch(line -> line.startsWith("export "));
    }
}
