package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// With `DBT_CLOUD_READONLY=true` no command changes anything. Which commands would is not listed
/// but seen: each is run without the protection first.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ReadOnlyTest {

    private static final String PAYLOAD = "--payload=" + Platform.payload("quick");

    /// How each command that talks to the platform is called so that it does its work. A new
    /// command has to be added, here or below.
    private static final Map<String, List<String>> CALLS =
            Map.ofEntries(
                    Map.entry("trigger-autoscaling-ci-job", List.of(PAYLOAD)),
                    Map.entry("jobs trigger-autoscaling", List.of(PAYLOAD)),
                    Map.entry("trigger-job", List.of(PAYLOAD, "--no-should-poll")),
                    Map.entry("jobs trigger", List.of(PAYLOAD, "--no-should-poll")),
                    Map.entry("trigger-job-from-failure", List.of("--no-should-poll")),
                    Map.entry("jobs trigger-from-failure", List.of("--no-should-poll")),
                    Map.entry("jobs get", List.of()),
                    Map.entry("jobs list", List.of()),
                    Map.entry("runs get", List.of("--run-id=RUN")),
                    Map.entry("runs list", List.of()),
                    Map.entry("runs list-artifacts", List.of("--run-id=RUN")),
                    Map.entry("runs get-artifact", List.of("--run-id=RUN", "-f=manifest.json")),
                    Map.entry("get-job", List.of()),
                    Map.entry("list-jobs", List.of()),
                    Map.entry("get-run", List.of("--run-id=RUN")),
                    Map.entry("list-runs", List.of()),
                    Map.entry("list-run-artifacts", List.of("--run-id=RUN")),
                    Map.entry("get-run-artifact", List.of("--run-id=RUN", "-f=manifest.json")),
                    Map.entry("cancel-run", List.of("--run-id=RUN")),
                    Map.entry("runs cancel", List.of("--run-id=RUN")),
                    Map.entry("runs retry", List.of("--run-id=RUN", "--no-should-poll")),
                    Map.entry("plan", List.of(PAYLOAD)),
                    Map.entry("reap", List.of()),
                    Map.entry(
                            "ci run",
                            List.of(
                                    "--pull-request=github:50",
                                    "--git-sha=1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80",
                                    "--no-should-poll")),
                    Map.entry(
                            "ci cancel",
                            List.of(
                                    "--pull-request=github:50",
                                    "--git-sha=1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80")),
                    Map.entry("ci close", List.of("--pr=github:50", "--no-should-poll")),
                    Map.entry("ci status", List.of()),
                    Map.entry("doctor", List.of()),
                    Map.entry("probe", List.of("--yes")),
                    Map.entry(
                            "api", List.of("POST", "v2/accounts/1/jobs/1/run/", "-f", "cause=x")));

    /// Commands that never talk to the platform their environment names.
    private static final Set<String> AT_HOME =
            Set.of("demo", "simulate", "sandbox", "completion", "init");

    private static final Set<String> READING =
            Set.of(
                    "jobs get",
                    "jobs list",
                    "runs get",
                    "runs list",
                    "runs list-artifacts",
                    "runs get-artifact",
                    "get-job",
                    "list-jobs",
                    "get-run",
                    "list-runs",
                    "list-run-artifacts",
                    "get-run-artifact",
                    "plan",
                    "ci status",
                    "doctor");

    static Stream<String> calls() {
        return CALLS.keySet().stream().sorted();
    }

    @Test
    void everyCommandIsCovered() {
        Set<String> all =
                HelpTest.commands()
                        .filter(command -> command.getSubcommands().isEmpty())
                        .map(CommandLine::getCommandSpec)
                        .map(spec -> spec.qualifiedName().substring("dbtc ".length()))
                        .collect(Collectors.toSet());
        all.removeAll(AT_HOME);

        assertThat(CALLS.keySet()).isEqualTo(all);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nothingIsChangedUnderIt(String command) {
        try (var free = prepared();
                var guarded = prepared()) {
            run(free, command, Map.of());
            boolean writes = !writes(free).isEmpty();
            assertThat(writes)
                    .as("%s changes something", command)
                    .isNotEqualTo(READING.contains(command));

            var prompt = run(guarded, command, Map.of("DBT_CLOUD_READONLY", "true"));

            assertThat(writes(guarded)).isEmpty();
            if (writes) {
                assertThat(prompt.exitCode()).as(prompt.err()).isEqualTo(2);
                assertThat(prompt.err())
                        .contains(" was not sent: the client is read-only")
                        .contains("Unset DBT_CLOUD_READONLY to allow it")
                        .doesNotContain("riggering", "ancelling", "eleting", "loning");
                assertThat(prompt.out()).isEmpty();
            } else {
                assertThat(prompt.exitCode()).as(prompt.err()).isZero();
            }
        }
    }

    @Test
    void refusesAValueThatMeansNothing() {
        try (var platform = Platform.starter()) {
            var ended = run(platform, "jobs list", Map.of("DBT_CLOUD_READONLY", "maybe"));

            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err()).contains("DBT_CLOUD_READONLY says neither true nor false");
            assertThat(platform.requests()).isEmpty();
        }
    }

    private record Ended(int exitCode, String out, String err) {}

    /// A platform with a stale clone, and a failed run of the job as its latest.
    private static Platform prepared() {
        var platform = Platform.starter();
        platform.create(
                "CI [CLONED 2026-03-02 09:00:00] pr-50", CiCloseTest.marker(platform.job, 50));
        PlatformTime.skip(platform.server, Duration.ofMinutes(31));
        long failing = platform.triggerElsewhere(platform.job, "failing", 51);
        PlatformTime.skip(platform.server, Duration.ofMinutes(31));
        platform.await(failing, 20);
        return platform;
    }

    private static Ended run(Platform platform, String command, Map<String, String> more) {
        var environment = new HashMap<>(platform.environment());
        environment.putAll(more);
        long run = platform.sandbox.runs().stream().mapToLong(each -> each.id()).max().orElse(0);
        var prompt = new Prompt(environment);
        int exitCode =
                prompt.dbtc(
                        Stream.concat(
                                        Stream.of(command.split(" ")),
                                        requireNonNull(CALLS.get(command)).stream()
                                                .map(arg -> arg.replace("RUN", "" + run)))
                                .toArray(String[]::new));
        return new Ended(exitCode, prompt.out(), prompt.err());
    }

    /// What `dbtc` sent, without what the test itself prepared: a job and a run.
    private static List<SandboxEvent.Requested> writes(Platform platform) {
        List<SandboxEvent.Requested> all =
                platform.requests().stream()
                        .filter(requested -> !requested.method().equals("GET"))
                        .toList();
        return all.subList(Math.min(2, all.size()), all.size());
    }
}
