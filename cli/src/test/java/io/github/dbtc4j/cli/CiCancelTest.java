package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.util.List;

/// `dbtc ci cancel` ends what the pipeline left that it is started in, and nothing else.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class CiCancelTest {

    @Test
    void cancelsTheRunOfAKilledPipelineAndDeletesItsClone(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            long busy = platform.triggerElsewhere(platform.job, "slow", 51);
            long killed = killedPipelinesRun(platform, folder);
            assertThat(platform.clones()).hasSize(1);

            var prompt = cancel(platform, "", folder);

            assertThat(Json.readObject(prompt.out()))
                    .containsEntry("pull_request", "github:50")
                    .containsEntry("cancelled_run_ids", List.of(killed))
                    .containsEntry("deleted_job_ids", List.of(platform.run(killed).jobId()))
                    .containsEntry("schema", null);
            assertThat(platform.run(killed).status()).isEqualTo(30);
            assertThat(platform.run(busy).isTerminal()).isFalse();
            assertThat(platform.clones()).allSatisfy(job -> assertThat(job.state()).isEqualTo(2));
        }
    }

    @Test
    void leavesTheRunOfANewerCommitAlone(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            long newer = killedPipelinesRun(platform, folder);

            var prompt = cancel(platform, "GITHUB_RUN_NUMBER=16", folder);

            assertThat(prompt.err()).contains("Nothing that this pipeline started is in progress.");
            assertThat(platform.run(newer).isTerminal()).isFalse();
        }
    }

    @Test
    void isRefusedOutsideAPullRequest(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var prompt =
                    new Prompt(
                            RecordedPipeline.environment(
                                    platform, "github", "GITHUB_EVENT_NAME=push", folder));

            assertThat(prompt.dbtc("ci", "cancel")).isEqualTo(2);
            assertThat(prompt.err()).contains("GITHUB_EVENT_NAME is 'push'");
            assertThat(platform.requests()).isEmpty();
        }
    }

    private static Prompt cancel(Platform platform, String changes, Path folder) {
        var prompt = new Prompt(RecordedPipeline.environment(platform, "github", changes, folder));
        assertThat(prompt.dbtc("ci", "cancel")).as(prompt.err()).isZero();
        return prompt;
    }

    private static long killedPipelinesRun(Platform platform, Path folder) {
        var process =
                CommandProcess.dbtc(
                        RecordedPipeline.environment(platform, "github", "", folder),
                        "ci",
                        "run",
                        "--cause=slow",
                        "--poll-interval=0.3");
        long run = platform.awaitRunOfPullRequest50(1, process).id();
        process.kill();
        return run;
    }
}
