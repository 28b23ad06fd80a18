package io.github.dbtc4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Standard output carries what the platform sent and nothing else.
@Tag("gate")
class StandardOutputTest {

    /// Spaces, order, escapes, letters and fields that no program of ours would write so.
    private static final String ODD =
            """
            { "data":{"trigger": null ,"status":1, "zebra":[1e2, 1.50],"id" : 7, "account_id":1,\
            "job_definition_id":1, "project_id":1, "created_at":"2026-03-02 09:00:00+00:00",\
            "status_message":"\\u00e9\\/é 日本 😀"},
              "status":{"code":200,"is_success":true}  }\
            """;

    @Test
    void isByteForByteWhatThePlatformSent() {
        try (var platform = oddPlatform()) {
            var triggered =
                    platform.dbtc("trigger-job", "--no-should-poll", "-d", "{\"cause\": \"x\"}");
            var autoscaled = platform.trigger("x");
            var got = platform.dbtc("runs", "get", "--run-id=7");

            for (CommandProcess process : List.of(triggered, autoscaled, got)) {
                var ended = process.end();
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(ended.out()).isEqualTo(ODD + "\n");
            }
        }
    }

    @Test
    void staysEmptyWhenTheJsonGoesToAFile(@TempDir Path folder) throws IOException {
        try (var platform = oddPlatform()) {
            Path file = folder.resolve("run.json");
            Files.writeString(file, "something older and longer".repeat(100));
            var prompt = new Prompt(platform.environment());

            int exitCode = prompt.dbtc("--output", file.toString(), "runs", "get", "-r", "7");

            assertThat(exitCode).isZero();
            assertThat(prompt.out()).isEmpty();
            assertThat(Files.readString(file)).isEqualTo(ODD + "\n");
        }
    }

    @Test
    void leavesNoFileBehindWhenThePlatformRefuses(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            Path file = folder.resolve("run.json");
            var prompt = new Prompt(platform.environment());

            int exitCode = prompt.dbtc("runs", "get", "-r", "7", "-o", file.toString());

            assertThat(exitCode).isEqualTo(6);
            assertThat(prompt.out()).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void toleratesClosedPipe() {
        try (var platform = Platform.starter()) {
            String line =
                    String.join(" ", CommandProcess.command(List.of(), "jobs", "list"))
                            + " | true; exit ${PIPESTATUS[0]}";
            var ended =
                    CommandProcess.start(platform.environment(), List.of("bash", "-c", line)).end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs list > /dev/full",
                "--version > /dev/full",
                "jobs list -o /dev/full > /dev/null",
                "trigger-job --no-should-poll -d {\"cause\":\"quick\"} -o /dev/full > /dev/null",
                "trigger-job -d {\"cause\":\"quick\"} --junit=/dev/full --poll-interval=0.3"
                        + " > /dev/null"
            })
    @EnabledOnOs(OS.LINUX)
    void thatCannotBeWrittenHasAnExitCodeOfItsOwn(String args) {
        try (var platform = Platform.starter()) {
            String line =
                    String.join(" ", CommandProcess.command(List.of()))
                            + " "
                            + args.replace("{", "'{").replace("}", "}'");
            var ended =
                    CommandProcess.start(platform.environment(), List.of("bash", "-c", line)).end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(74);
            assertThat(ended.err()).contains("could not", "No space left on device");
        }
    }

    @Test
    void hasWhatIsListedCancelledAndRead() {
        try (var platform = Platform.starter()) {
            long run = platform.triggerElsewhere(platform.job, "slow", 50);
            platform.triggerElsewhere(4, "quick", 51);

            assertThat(ids(platform, "jobs", "list")).contains(platform.job, 4L);
            assertThat(ids(platform, "jobs", "list", "-p", "1")).contains(1L).doesNotContain(4L);
            assertThat(ids(platform, "runs", "list")).hasSize(2);
            assertThat(ids(platform, "runs", "list", "--job-id=1", "--limit", "5"))
                    .containsExactly(run);
            assertThat(ids(platform, "runs", "list", "--status=error,30")).isEmpty();
            assertThat(ids(platform, "runs", "list", "--order-by=-id", "--offset=1"))
                    .containsExactly(run);
            assertThat(out(platform, "jobs", "get", "--job-id=4")).contains("\"Month end\"");
            assertThat(out(platform, "runs", "get", "-r", "" + run)).contains("\"trigger\":null");
            assertThat(out(platform, "runs", "get", "-r", "" + run, "-i", "trigger,job"))
                    .contains("\"cause\":\"slow\"");
            assertThat(out(platform, "runs", "cancel", "--run-id=" + run)).contains("" + run);
            platform.await(run, 30);
        }
    }

    @Test
    void isReachedWithGlobalOptionsBeforeOrAfterTheCommand() {
        try (var platform = Platform.starter()) {
            String host = "--host=" + platform.server.uri();
            String token = "--token=" + CommandProcess.CANARY;
            String key = "--api-key=" + CommandProcess.CANARY;
            for (String args :
                    List.of(
                            "%s %s jobs list -a 1".formatted(host, token),
                            "jobs list -a1 %s %s".formatted(host, key),
                            "%s jobs %s list --account-id 1".formatted(host, token),
                            "%s jobs list --account-id=2 -a=1 %s".formatted(token, host))) {
                var prompt = new Prompt(Map.of("DBT_CLOUD_HOST", "http://127.0.0.1:9"));
                assertThat(prompt.dbtc(args.split(" "))).as(prompt.err()).isZero();
                assertThat(prompt.err())
                        .containsOnlyOnce("A token among the arguments can be seen")
                        .doesNotContain(CommandProcess.CANARY);
            }
        }
    }

    private static Platform oddPlatform() {
        var platform = Platform.starter();
        platform.sandbox.addRoute((request, now) ->
                request.uri().getPath().endsWith("/run/")
                                || request.uri().getPath().endsWith("/runs/7/")
                        ? Optional.of(
                                Response.of(200, Map.of("content-type", "application/json"), ODD))
                        : Optional.empty());
        return platform;
    }

    private static List<Long> ids(Platform platform, String... args) {
        Object data = Json.readObject(out(platform, args)).get("data");
        return data instanceof List<?> rows
                ? rows.stream().map(row -> row instanceof Map<?, ?> map ? id(map) : 0L).toList()
                : List.of();
    }

    private static Long id(Map<?, ?> row) {
        return row.get("id") instanceof Long id ? id : 0L;
    }

    private static String out(Platform platform, String... args) {
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(args)).as(prompt.err()).isZero();
        assertThat(prompt.out().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        return prompt.out();
    }
}
