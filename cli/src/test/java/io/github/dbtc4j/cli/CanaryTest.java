package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.session.EnvironmentDefaults;
import io.github.dbtc4j.cli.session.VariablesTest;
import io.github.dbtc4j.http.Response;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// The token goes to the platform and nowhere else: every command, every way to fail, and all that
/// is written searched for it.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class CanaryTest {

    /// What to run where any arguments would not do, or would never end.
    private static final Map<String, List<String>> OTHERWISE =
            Map.of(
                    "dbtc api", List.of("api", "GET", "/api/v2/accounts/1/jobs/"),
                    "dbtc completion", List.of("completion", "bash"),
                    "dbtc sandbox", List.of("sandbox", "--port=99999"),
                    "dbtc simulate", List.of("simulate", "--profile=quiet", "--scenarios=0"));

    private static final int[] STATUS = {302, 400, 401, 403, 404, 405, 409, 429, 500, 503};

    /// So long a wait makes it give up at once.
    private static final Map<String, String> HEADERS =
            Map.of(
                    "retry-after",
                    "86400",
                    "location",
                    "https://" + CommandProcess.CANARY + "/x",
                    "x-echo",
                    CommandProcess.CANARY);

    /// A legacy token, and one that is not in the environment.
    private static final List<String> OTHERS =
            List.of("dbtc_Zk3Lq8Wn5Rt1Yx7Vb2McP0", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567");

    @TempDir private Path folder;

    static Stream<CommandLine> commands() {
        return LiteralValuesTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noAnswerOfThePlatformBringsItOut(CommandLine command) throws IOException {
        String[] args = args(command).toArray(String[]::new);
        var answer = new AtomicReference<Response>();
        try (var platform = Platform.starter()) {
            platform.sandbox.addRoute((request, now) -> Optional.of(answer.get()));
            for (int status : asks(command) ? STATUS : new int[] {401}) {
                List<String> bodies = Canary.answers(status);
                int other = 1 + Math.floorMod(status + command.getCommandName().hashCode(), 6);
                for (String body : List.of(bodies.getFirst(), bodies.get(other))) {
                    answer.set(Response.of(status, HEADERS, body));
                    var prompt = new Prompt(environment(platform));

                    prompt.dbtc(args);

                    Canary.assertNowhere(folder, prompt.out(), prompt.err());
                }
            }
        }
    }

    private static boolean asks(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .anyMatch(spec ->
                        EnvironmentDefaults.of(spec).orElse("").equals("DBT_CLOUD_ACCOUNT_ID"));
    }

    /// Reads are repeated when such an answer cannot be read, which takes its time: what each
    /// answer looks like does not depend on the command.
    @Test
    void noSuccessBringsItOut() throws IOException {
        var calls = new AtomicInteger();
        for (String body : Canary.answers(200)) {
            try (var platform = Platform.starter()) {
                platform.sandbox.addRoute((request, now) -> {
                    calls.incrementAndGet();
                    return Optional.of(Response.of(200, Map.of(), body));
                });
                for (String output : List.of("", folder.resolve("x.json").toString())) {
                    var environment = new HashMap<>(environment(platform));
                    environment.put("DBTC_OUTPUT", output);
                    var prompt = new Prompt(environment);
                    prompt.dbtc("api", "GET", "/api/v2/" + CommandProcess.CANARY + "/");
                    prompt.dbtc("jobs", "trigger", "--no-should-poll", "-d", "{\"cause\": \"x\"}");

                    Canary.assertNowhere(folder, prompt.out(), prompt.err());
                }
            }
        }
        assertThat(calls).hasValueGreaterThan(10);
    }

    /// The platform tells it as the run's cause, a job's name and what a model logged.
    @ParameterizedTest
    @ValueSource(strings = {"quick", "failing"})
    void noReportHoldsIt(String cause) throws IOException {
        try (var platform = Platform.starter()) {
            platform.create("[CLONED] " + CommandProcess.CANARY, CommandProcess.CANARY);
            var environment = new HashMap<>(environment(platform));
            environment.put("DBTC_PAYLOAD", payload(cause + " " + Canary.echoes()));
            environment.put("DBTC_ARTIFACTS", folder.resolve("artifacts").toString());
            environment.put("DBTC_POLL_INTERVAL", "0.3");
            environment.put("DBTC_TIMEOUT", "10m");

            var prompt = new Prompt(environment);
            int exitCode = prompt.dbtc("trigger-autoscaling-ci-job", "--should-poll");

            assertThat(exitCode).as(prompt.err()).isEqualTo(cause.equals("quick") ? 0 : 1);
            Canary.assertNowhere(folder, prompt.out(), prompt.err());
            assertThat(folder.resolve("artifacts/manifest.json")).exists();
            assertThat(folder.resolve("summary.md")).exists();
            for (String command : List.of("reap --dry-run", "ci status", "jobs list", "doctor")) {
                var after = new Prompt(environment);
                after.dbtc(command.split(" "));
                Canary.assertNowhere(folder, after.out(), after.err());
            }
        }
    }

    private static String payload(String cause) {
        return io.github.dbtc4j.http.json.Json.write(
                Map.of("cause", cause, "git_sha", "1f3a6c0b9d2e", "github_pull_request_id", 50));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9",
        "https://canary5f0c1e.invalid",
        "https://localhost:%d",
    })
    void noBrokenConnectionBringsItOut(String host) throws IOException {
        try (var platform = Platform.starter()) {
            var environment = new HashMap<>(environment(platform));
            environment.put("DBT_CLOUD_HOST", host.formatted(platform.server.uri().getPort()));
            var prompt = new Prompt(environment);

            int exitCode = prompt.dbtc("api", "POST", "/api/" + CommandProcess.CANARY + "/");

            assertThat(exitCode).as(prompt.err()).isEqualTo(6);
            assertThat(prompt.err()).contains("dbtc: ", "DbtCloudException");
            Canary.assertNowhere(folder, prompt.out(), prompt.err());
        }
    }

    static Stream<Arguments> strict() {
        return VariablesTest.strict();
    }

    @ParameterizedTest
    @MethodSource("strict")
    void noTokenInTheWrongPlaceIsRepeated(CommandLine command, OptionSpec option)
            throws IOException {
        for (String token : OTHERS) {
            var environment = new HashMap<>(wrong());
            environment.put(EnvironmentDefaults.of(option).orElseThrow(), token);
            var variable = new Prompt(environment);
            List<String> args = LiteralValuesTest.arguments(command);
            int first = variable.dbtc(args.toArray(String[]::new));
            args.add(option.longestName() + "=" + token);
            var argument = new Prompt(wrong());
            int second = argument.dbtc(args.toArray(String[]::new));

            assertThat(List.of(first, second)).as(variable.err() + argument.err()).containsOnly(2);
            assertThat(variable.out() + variable.err() + argument.out() + argument.err())
                    .doesNotContain(token, token.substring(8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                "jobs TOKEN",
                "jobs list TOKEN",
                "jobs list --TOKEN",
                "jobs list --tokne TOKEN",
                "jobs list --host TOKEN",
                "jobs list --host https://TOKEN/api",
                "jobs list --host http://TOKEN",
                "jobs list --output /nowhere/TOKEN/x",
                "completion TOKEN",
                "api TOKEN /api/v2/",
                "api GET /api/v2/ -f TOKEN",
                "api GET /api/v2/ -F x=@TOKEN",
                "api POST /api/v2/ --input TOKEN",
                "plan --payload TOKEN",
                "plan --payload @TOKEN",
                "plan --payload {\"TOKEN\":1}",
                "plan --payload {\"cause\":\"x\",\"git_sha\":TOKEN}",
                "plan --payload {\"cause\":\"x\",\"github_pull_request_id\":\"TOKEN\"}",
                "ci run --pull-request TOKEN",
                "ci run --pull-request github:TOKEN",
                "ci run --git-sha xx --sequence TOKEN",
                "ci close --schema-override a --macro TOKEN(x)",
                "jobs trigger -d {} --junit /nowhere/TOKEN.xml",
                "demo --report /nowhere/TOKEN.html",
                "simulate --report /nowhere/TOKEN.md --scenarios 1",
            })
    void neitherIsOneAmongTheArguments(String line) {
        for (String token : OTHERS) {
            var prompt = new Prompt(wrong());
            int exitCode = prompt.dbtc(line.replace("TOKEN", token).split(" "));

            assertThat(exitCode).as(prompt.err()).isEqualTo(2);
            assertThat(prompt.out() + prompt.err()).doesNotContain(token, token.substring(8));
        }
    }

    @Test
    void neitherIsOneInAVariableOfTheCiSystem() {
        for (String token : OTHERS) {
            for (var system : io.github.dbtc4j.pipeline.detection.CiSystem.values()) {
                var environment = new HashMap<>(wrong());
                for (String name :
                        List.of(
                                "GITHUB_EVENT_NAME",
                                "CI_MERGE_REQUEST_IID",
                                "CI_PIPELINE_SOURCE",
                                "BUILD_REASON",
                                "BITBUCKET_PR_ID",
                                "BUILDKITE_PULL_REQUEST",
                                "CIRCLE_PULL_REQUEST",
                                "CHANGE_ID",
                                "CODEBUILD_SOURCE_VERSION",
                                "CODEBUILD_WEBHOOK_EVENT")) {
                    environment.put(name, token);
                }
                environment.put(system.mark(), "true");
                var prompt = new Prompt(environment);

                assertThat(prompt.dbtc("ci", "run")).as(prompt.err()).isEqualTo(2);
                assertThat(prompt.err()).doesNotContain(token, token.substring(8));
            }
        }
    }

    private static List<String> args(CommandLine command) {
        return OTHERWISE.getOrDefault(
                command.getCommandSpec().qualifiedName(), LiteralValuesTest.arguments(command));
    }

    /// Asks for every report there is.
    private Map<String, String> environment(Platform platform) {
        var environment = new HashMap<>(platform.environment());
        environment.put("DBTC_DEBUG", "1");
        environment.put("DBTC_RUN_ID", "1");
        environment.put("DBTC_PAYLOAD", Platform.payload("slow"));
        environment.put("DBTC_PULL_REQUEST", "github:50");
        environment.put("DBTC_GIT_SHA", "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80");
        environment.put("DBTC_SEQUENCE", "7");
        environment.put("DBTC_TIMEOUT", "2");
        environment.put("DBTC_DEMO_NO_ANIMATION", "true");
        environment.put("DBTC_DEMO_REPORT", folder.resolve("demo.html").toString());
        environment.put("DBTC_JUNIT", folder.resolve("junit.xml").toString());
        environment.put("DBTC_SUMMARY", folder.resolve("summary.md").toString());
        environment.put("DBTC_DOTENV", folder.resolve("x.env").toString());
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("GITHUB_STEP_SUMMARY", folder.resolve("github.md").toString());
        environment.put("GITHUB_OUTPUT", folder.resolve("outputs").toString());
        environment.put("TF_BUILD", "True");
        environment.put("AGENT_TEMPDIRECTORY", folder.toString());
        environment.put("GITLAB_CI", "true");
        environment.put("CI_PROJECT_DIR", folder.toString());
        return environment;
    }

    private static Map<String, String> wrong() {
        return Map.of(
                "DBTC_DEBUG", "1",
                "DBT_CLOUD_HOST", "http://127.0.0.1:9",
                "DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY,
                "DBT_CLOUD_ACCOUNT_ID", "1",
                "DBT_CLOUD_JOB_ID", "1",
                "DBTC_RUN_ID", "1",
                "DBTC_PAYLOAD", "{}");
    }
}
