package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.recipe.RecipeJob.Ended;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What recipes refuse or leave alone, before anything is sent.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class RecipeRefusalTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event \"draft\": false -> \"draft\": true",
                "event \"full_name\": \"jaffle/shop\", \"fork\" -> \"full_name\": \"eve/shop\","
                        + " \"fork\""
            })
    void githubStartsNothingForDraftsAndForks(String change) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);

            assertThat(new RecipeOnGithub().steps(machine, machine.environment("github", change)))
                    .isEmpty();
            assertThat(
                            new RecipeOnGithub()
                                    .steps(
                                            machine,
                                            machine.environment(
                                                    "github",
                                                    new RecipeOnGithub().closed() + " & " + change))
                                    .isEmpty())
                    .as("closing a draft cleans up")
                    .isEqualTo(change.contains("eve/"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID=11", "CI_PIPELINE_SOURCE=push"})
    void gitlabStartsNothingForForksAndPushes(String change) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);

            assertThat(new RecipeOnGitlab().steps(machine, machine.environment("gitlab", change)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Update orders.sql
                    Merged PR 050: zero
                    Merged PR 50
                    Merged PR 50x: y
                    Merged PR 99999999999: too many
                    x Merged PR 50: y
                    Merged PR $(touch pwned): y
                    """)
    void azureClosesNothingForACommitThatIsNoMerge(String message) {
        var azure = new RecipeOnAzure();
        endsQuietly(
                azure,
                azure.closed() + " & BUILD_SOURCEVERSIONMESSAGE=" + message,
                "no pull request");
    }

    @Test
    void azureNamesTheSecretVariableThatIsMissing() {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);
            var environment = machine.environment("azure", "");
            RecipeStep step = new RecipeOnAzure().steps(machine, environment).get(1);
            var unset =
                    new HashMap<>(
                            step.environment().apply(new RecipeStep.Progress(Map.of(), 0, false)));
            unset.put("DBT_CLOUD_SERVICE_TOKEN", "$(DBT_CLOUD_TOKEN)");

            Ended ended =
                    RecipeJob.start(
                                    machine.work(),
                                    environment,
                                    List.of(
                                            new RecipeStep(
                                                    step.id(),
                                                    step.shell(),
                                                    step.script(),
                                                    _ -> unset,
                                                    _ -> true,
                                                    true)))
                            .end();

            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err()).contains("no secret variable (DBT_CLOUD_TOKEN)");
            assertThat(platform.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Merged in x (pull request #50) and more",
                "Merged in two words (pull request #50)",
                "Merged in x (pull request #050)",
                "Merged in x (pull request #$(touch pwned))",
                "Update orders.sql",
            })
    void bitbucketClosesNothingForACommitThatIsNoMerge(String message) {
        var bitbucket = new RecipeOnBitbucket(message, Map.of());
        endsQuietly(bitbucket, bitbucket.closed(), "no merge of a pull request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    DBT_CLOUD_SERVICE_TOKEN |           | no token
                    DBT_CLOUD_JOB_ID        |           | missing: --job-id=ID
                    DBT_CLOUD_JOB_ID        | 1;ls      | (in the variable DBT_CLOUD_JOB_ID)
                    DBT_CLOUD_ACCOUNT_ID    | 0         | (in the variable DBT_CLOUD_ACCOUNT_ID)
                    """)
    void bitbucketRefusesVariablesThatCannotBeRight(String variable, String value, String message) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);
            var bitbucket =
                    new RecipeOnBitbucket(
                            RecipeOnBitbucket.MERGE, Map.of(variable, value == null ? "" : value));

            Ended ended = bitbucket.start(machine, "quick", "").end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
            assertThat(ended.err()).contains(message);
            assertThat(platform.requests()).isEmpty();
        }
    }

    private void endsQuietly(RecipeProvider provider, String changes, String message) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);

            Ended ended = provider.start(machine, "quick", changes).end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains(message);
            assertThat(platform.requests()).isEmpty();
        }
    }
}
