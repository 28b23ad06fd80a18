package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.pipeline.detection.CiSystem;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A platform that says something hostile wherever it has something to say: no CI system takes any
/// of it for a command.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class HostilePlatformTest {

    private static final String TEXT = String.join("\n", CiLog.HOSTILE);

    /// What people and models write; the rest is numbers, times and words of the platform's own.
    private static final Set<String> WRITTEN =
            Set.of(
                    "name",
                    "description",
                    "cause",
                    "status_message",
                    "user_message",
                    "developer_message",
                    "git_branch",
                    "message",
                    "unique_id",
                    "original_file_path",
                    "logs",
                    "debug_logs",
                    "truncated_debug_logs");

    @TempDir private Path folder;

    @Tag("heavy")
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"GITHUB_ACTIONS", "GITLAB_CI", "AZURE_PIPELINES"})
    void norThatOneOfTheOthersObeys(CiSystem system) throws IOException {
        saysNothingThatThisSystemObeys(system);
    }

    @ParameterizedTest
    @EnumSource(names = {"GITHUB_ACTIONS", "GITLAB_CI", "AZURE_PIPELINES"})
    void saysNothingThatThisSystemObeys(CiSystem system) throws IOException {
        try (var platform = hostile()) {
            for (String line :
                    List.of(
                            "trigger-autoscaling-ci-job --should-poll --poll-interval=0.3",
                            "jobs trigger --no-should-poll",
                            "plan",
                            "ci status",
                            "ci close --pull-request=github:50 --dry-run",
                            "reap --dry-run",
                            "doctor",
                            "jobs list",
                            "jobs get",
                            "runs list",
                            "runs get -i run_steps",
                            "runs retry",
                            "api GET v2/accounts/1/jobs/ --paginate",
                            "api GET v2/accounts/1/nothing/",
                            "api GET v2/accounts/1/text/",
                            "api GET v2/accounts/1/text/ --paginate")) {
                var prompt = new Prompt(environment(platform, system));

                prompt.dbtc(line.split(" "));

                assertThat(CiLog.foreign(prompt.err())).as(line + prompt.err()).isEmpty();
                assertThat(CiLog.foreign(prompt.out())).as(line + prompt.out()).isEmpty();
                assertThat(prompt.out() + prompt.err()).isNotBlank();
            }
            for (String file : List.of("summary.md", "junit.xml", "x.env")) {
                String text = Files.readString(folder.resolve(file));
                assertThat(CiLog.foreign(text)).as(file).isEmpty();
            }
        }
    }

    private Map<String, String> environment(Platform platform, CiSystem system) {
        var environment = new HashMap<>(platform.environment());
        environment.put(system.mark(), "true");
        environment.put("DBTC_DEBUG", "1");
        environment.put("DBTC_RUN_ID", run(platform));
        environment.put("DBTC_PAYLOAD", payload());
        environment.put("DBTC_JUNIT", folder.resolve("junit.xml").toString());
        environment.put("DBTC_SUMMARY", folder.resolve("summary.md").toString());
        environment.put("DBTC_DOTENV", folder.resolve("x.env").toString());
        return environment;
    }

    private static String run(Platform platform) {
        var runs = platform.sandbox.runs();
        return runs.isEmpty() ? "1" : Long.toString(runs.getFirst().id());
    }

    private static String payload() {
        return Json.write(
                Map.of(
                        "cause", "failing\n::add-mask::forged ##vso[task.complete]forged",
                        "git_branch", "::add-mask::forged",
                        "git_sha", "1f3a6c0b9d2e",
                        "github_pull_request_id", 50));
    }

    private static Platform hostile() {
        var platform = Platform.starter();
        platform.create(" [CLONED] x", "x");
        var within = new ThreadLocal<Boolean>();
        platform.sandbox.addRoute((request, now) -> {
            if (within.get() != null) {
                return Optional.empty();
            }
            within.set(true);
            try {
                return Optional.of(answer(platform, request, now));
            } finally {
                within.remove();
            }
        });
        return platform;
    }

    private static Response answer(Platform platform, Request request, Instant now) {
        if (request.uri().getPath().endsWith("/text/")) {
            return Response.of(200, Map.of(), TEXT);
        }
        Response honest = platform.sandbox.handle(request, now);
        try {
            Object said = Json.read(honest.text());
            return Response.of(honest.status(), honest.headers(), Json.write(hostile("", said)));
        } catch (IllegalArgumentException e) {
            return honest;
        }
    }

    private static @Nullable Object hostile(String key, @Nullable Object said) {
        return switch (said) {
            case Map<?, ?> map -> {
                var hostile = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, value) -> hostile.put("" + name, hostile("" + name, value)));
                yield hostile;
            }
            case List<?> list -> {
                var hostile = new ArrayList<@Nullable Object>();
                list.forEach(each -> hostile.add(hostile(key, each)));
                yield hostile;
            }
            case String text when WRITTEN.contains(key) -> text + "\n" + TEXT;
            case null, default -> said;
        };
    }
}
