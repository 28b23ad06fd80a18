package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Each verdict there can be, brought about on a platform, ends both commands with the code that
/// `--help` and docs/commands.md name for it.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class VerdictExitCodeTest {

    private static final Pattern LISTED = Pattern.compile(" {2}(\\d+) +(.+)");

    @TempDir private Path folder;

    /// What is done for a verdict.
    ///
    /// @param documented how the documentation describes the code
    /// @param cause what decides how the run goes
    /// @param option of the command
    /// @param circumstances what others do on the platform
    private record Scene(
            String documented, String cause, String option, Consumer<Platform> circumstances) {}

    private static Scene scene(Class<?> verdict) {
        return switch (verdict.getSimpleName()) {
            case "Triggered" ->
                    new Scene(
                            "the run succeeded, or was triggered and not waited for",
                            "slow",
                            "--no-should-poll",
                            _ -> {});
            case "Succeeded" ->
                    new Scene(
                            "the run succeeded, or was triggered and not waited for",
                            "quick",
                            "--should-poll",
                            _ -> {});
            case "Failed" ->
                    new Scene(
                            "the run ended in an error, or a simulation broke a rule",
                            "failing",
                            "--should-poll",
                            _ -> {});
            case "Cancelled" ->
                    new Scene(
                            "the run was cancelled",
                            "slow",
                            "--should-poll",
                            platform ->
                                    whenRunning(
                                            platform,
                                            run -> platform.sandbox.cancelAsUser(run.id())));
            case "Superseded" ->
                    new Scene(
                            "a run for a newer commit or attempt of the pull request took over",
                            "slow",
                            "--should-poll",
                            platform ->
                                    whenRunning(
                                            platform,
                                            run ->
                                                    platform.triggerElsewhere(
                                                            platform.job, "slow", 50)));
            case "Conflicted" ->
                    new Scene(
                            "the run succeeded, but another one wrote into its schema meanwhile",
                            "quick",
                            "--should-poll",
                            VerdictExitCodeTest::writeIntoTheSchema);
            // at sixty times the speed the platform ends a run ten seconds after its trigger: its
            // limit is the deadline and ten minutes more
            case "DeadlinePassed" ->
                    new Scene("the deadline (--timeout) passed", "slow", "--timeout=5s", _ -> {});
            default -> throw new AssertionError("no scene brings about " + verdict);
        };
    }

    static Stream<Class<?>> verdicts() {
        return Arrays.stream(Verdict.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void ciRunEndsAsDocumented(Class<?> verdict) throws IOException {
        try (var platform = Platform.starter()) {
            Scene scene = scene(verdict);
            scene.circumstances().accept(platform);
            check(
                    verdict,
                    scene,
                    RecordedPipeline.environment(platform, "github", "", folder),
                    "ci",
                    "run",
                    "--cause=" + scene.cause());
        }
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void triggerAutoscalingCiJobEndsAsDocumented(Class<?> verdict) throws IOException {
        try (var platform = Platform.starter()) {
            Scene scene = scene(verdict);
            scene.circumstances().accept(platform);
            check(
                    verdict,
                    scene,
                    platform.environment(),
                    "trigger-autoscaling-ci-job",
                    "--should-poll",
                    "--payload=" + Platform.payload(scene.cause()));
        }
    }

    @Test
    void helpListsTheCodesThatTheDocumentationLists() throws IOException {
        var prompt = new Prompt(Map.of());
        prompt.dbtc("--help");
        Map<String, Integer> listed = listed(prompt.out());
        assertThat(listed).isNotEmpty().isEqualTo(documented());
    }

    private static void check(
            Class<?> verdict, Scene scene, Map<String, String> environment, String... args)
            throws IOException {
        var prompt = new Prompt(environment);
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--poll-interval=0.3", scene.option()));

        int exitCode = prompt.dbtc(all.toArray(String[]::new));

        assertThat(documented())
                .as(verdict + "\n" + prompt.err())
                .containsEntry(scene.documented(), exitCode);
    }

    private static Map<String, Integer> documented() throws IOException {
        return listed(Files.readString(Repository.ROOT.resolve("docs/commands.md")));
    }

    /// The codes under the first heading `Exit codes:` of `text`.
    private static Map<String, Integer> listed(String text) {
        var codes = new TreeMap<String, Integer>();
        text.lines()
                .dropWhile(line -> !line.equals("Exit codes:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(LISTED::matcher)
                .filter(matcher -> matcher.matches())
                .forEach(
                        matcher -> codes.put(matcher.group(2), Integer.parseInt(matcher.group(1))));
        return codes;
    }

    /// Runs an action once, as soon as the first run of the pull request executes.
    private static void whenRunning(Platform platform, Consumer<RunView> action) {
        var first = new AtomicBoolean(true);
        platform.sandbox.listen(event -> {
            if (event instanceof SandboxEvent.RunRunning running && first.getAndSet(false)) {
                // a listener is called while the sandbox is locked
                Thread.startVirtualThread(() -> action.accept(running.run()));
            }
        });
    }

    /// A run of another job goes on in the schema of pull request 50 all the time.
    private static void writeIntoTheSchema(Platform platform) {
        long other = platform.create("Another job", "");
        long run =
                platform.client
                        .jobs()
                        .trigger(
                                1,
                                other,
                                Map.of(
                                        "cause",
                                        "slow",
                                        "schema_override",
                                        "dbt_cloud_pr_" + platform.job + "_50"))
                        .data()
                        .id();
        platform.await(run, 3);
    }
}
