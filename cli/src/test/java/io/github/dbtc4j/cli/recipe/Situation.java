package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.sandbox.option.RunView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/// Pipelines of pull request 50 on one platform.
///
/// @param folder for what CI systems leave in files
record Situation(Platform platform, Path folder) {

    /// The head's commit.
    static final String SHA = "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80";

    private static final String GITHUB = "github";
    private static final String GROUP = "github-queue";
    private static final int RUNNING = 3;
    private static final Pattern DROPPED = Pattern.compile("\\{\"schema\":\"(\\w+)\"}");

    /// A pipeline in progress.
    record Begun(Prompt prompt, FutureTask<Integer> ending) {

        /// Waits for its end.
        int exitCode() {
            try {
                return ending.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(prompt.err(), e);
            }
        }
    }

    /// Whether the recipe's workflow starts anything.
    ///
    /// @param changes see [RecordedPipeline]
    boolean starts(String changes) {
        return starts(GITHUB, changes);
    }

    /// The same for a merge queue's group.
    boolean startsGroup() {
        return starts(GROUP, "");
    }

    private boolean starts(String system, String changes) {
        try {
            var machine = RecipeMachine.in(Files.createTempDirectory(folder, "m"), platform);
            return !new RecipeOnGithub()
                    .steps(machine, machine.environment(system, changes))
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The recipe's workflow.
    Map<String, @Nullable Object> workflow() {
        return RecipeYaml.document("ci/github/dbt-ci.yml");
    }

    /// Plays `ci run` to its end.
    Prompt run(int exitCode, String cause, String changes) {
        return end(exitCode, begin(GITHUB, cause, changes));
    }

    /// Plays that of a merge queue's group.
    Prompt group(int exitCode, String cause, String changes) {
        return end(exitCode, begin(GROUP, cause, changes));
    }

    /// Plays that of a merge request.
    Prompt gitlab(int exitCode, String cause, String changes) {
        return end(exitCode, begin("gitlab", cause, changes));
    }

    /// Plays `ci close` to its end.
    Prompt close(int exitCode, String changes) {
        return end(exitCode, begin(environment(GITHUB, changes), "ci", "close"));
    }

    /// Starts `ci run`.
    Begun begin(String cause, String changes) {
        return begin(GITHUB, cause, changes);
    }

    /// Starts that of a merge queue's group.
    Begun beginGroup(String cause, String changes) {
        return begin(GROUP, cause, changes);
    }

    private Begun begin(String system, String cause, String changes) {
        return begin(environment(system, changes), "ci", "run", "--cause=" + cause);
    }

    private static Begun begin(Map<String, String> environment, String... args) {
        var prompt = new Prompt(environment);
        var ending = new FutureTask<>(() -> prompt.dbtc(args));
        Thread.ofPlatform().daemon().start(ending);
        return new Begun(prompt, ending);
    }

    private static Prompt end(int exitCode, Begun begun) {
        assertThat(begun.exitCode()).as(begun.prompt().err()).isEqualTo(exitCode);
        return begun.prompt();
    }

    private Map<String, String> environment(String system, String changes) {
        try {
            String all = "DBTC_POLL_INTERVAL=0.3" + (changes.isEmpty() ? "" : " & " + changes);
            return RecordedPipeline.environment(
                    platform, system, all, Files.createTempDirectory(folder, "p"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Every run there was, oldest first.
    List<RunView> runs() {
        return platform.sandbox.runs();
    }

    /// Waits until the run of this index is running.
    RunView running(int index) {
        Await.until(
                "run " + index + " is there",
                () -> runs().size() > index,
                () -> platform.sandbox.history().toString());
        RunView run = runs().get(index);
        platform.await(run.id(), RUNNING);
        return run;
    }

    int status(RunView run) {
        return platform.run(run.id()).status();
    }

    void cancel(RunView run) {
        platform.client.runs().cancel(1, run.id());
    }

    long clonesLeft() {
        return platform.clones().stream().filter(clone -> clone.state() == 1).count();
    }

    /// The pull request's own schema.
    String schema() {
        return "dbt_cloud_pr_%d_50".formatted(platform.job);
    }

    /// The schemas that runs were triggered to drop.
    List<String> drops() {
        return runs().stream()
                .filter(run -> run.cause().contains("drop the schemas"))
                .flatMap(run -> platform.stepsOverride(run.id()).stream())
                .flatMap(step -> DROPPED.matcher(step).results().map(found -> found.group(1)))
                .toList();
    }
}
