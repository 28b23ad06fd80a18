package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeJob.Ended;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The commands that the guide of CodeBuild gives for CodeCommit, in a build that EventBridge
/// started: nothing but its own variables tells of a pull request.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class RecipeOnCodecommitTest {

    private static final Pattern SCRIPT = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Tag("heavy")
    @Test
    void buildsWhatTheEventNamesAndCleansUpWhatWasKilled() throws IOException {
        try (var platform = Platform.starter()) {
            RecipeJob job = start(platform, "Open", "slow");
            Await.until(
                    "a run is running",
                    () -> platform.sandbox.runs().stream().anyMatch(run -> run.status() == 3),
                    () -> platform.sandbox.history().toString());

            job.hit(CommandProcess::killChildren);
            Ended ended = job.end();

            assertThat(ended.outcomes()).containsEntry("build", "failure");
            assertThat(platform.sandbox.runs())
                    .singleElement()
                    .satisfies(run -> {
                        assertThat(run.gitSha()).isEqualTo("abcdef0");
                        assertThat(run.pullRequest())
                                .isEqualTo(Map.of("non_native_pull_request_id", 50L));
                        assertThat(run.status()).as(ended.err()).isEqualTo(30);
                    });
        }
    }

    @Test
    void closesWhatTheEventNames() throws IOException {
        try (var platform = Platform.starter()) {
            platform.sandbox.decide(
                    RunRule.always(ScriptedOutcome.success().executing(Duration.ofSeconds(20)))
                            .containing("drop the schemas"));

            long build =
                    platform.client
                            .jobs()
                            .trigger(
                                    1,
                                    platform.job,
                                    Map.of("cause", "quick", "non_native_pull_request_id", 50))
                            .data()
                            .id();
            platform.await(build, 10);

            Ended ended = start(platform, "Closed", "quick").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.sandbox.runs()).hasSize(2);
            long drop = platform.sandbox.runs().getLast().id();
            assertThat(platform.stepsOverride(drop).getFirst()).contains("drop_pr_schemas");
        }
    }

    private RecipeJob start(Platform platform, String status, String cause) throws IOException {
        var machine = RecipeMachine.in(folder, platform);
        var environment =
                machine.environment(
                        "codebuild",
                        "-CODEBUILD_WEBHOOK_TRIGGER & -CODEBUILD_WEBHOOK_EVENT"
                                + " & -CODEBUILD_WEBHOOK_HEAD_REF & -CODEBUILD_WEBHOOK_BASE_REF");
        environment.putAll(platform.environment());
        environment.putAll(
                Map.of(
                        "PR_STATUS",
                        status,
                        "PR_NUMBER",
                        "50",
                        "PR_COMMIT",
                        "abcdef0",
                        "DBTC_CAUSE",
                        cause));
        Path programs = Files.createDirectories(machine.work().resolve(".dbtc4j/bin"));
        CommandProcess.install(programs.resolve("dbtc"));
        String guide = Files.readString(Repository.ROOT.resolve("docs/ci/codebuild.md"));
        var scripts = new ArrayList<String>();
        SCRIPT.matcher(guide.substring(guide.indexOf("## CodeCommit")))
                .results()
                .forEach(found -> scripts.add(found.group(1)));
        assertThat(scripts).hasSize(2);
        return RecipeJob.start(
                machine.work(),
                environment,
                List.of(step("build", scripts.getFirst()), step("finally", scripts.getLast())));
    }

    private static RecipeStep step(String id, String script) {
        return new RecipeStep(
                id, List.of("bash"), script, _ -> Map.of(), _ -> true, id.equals("build"));
    }
}
