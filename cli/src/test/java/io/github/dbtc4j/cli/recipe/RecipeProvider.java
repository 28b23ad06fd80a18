package io.github.dbtc4j.cli.recipe;

import io.github.dbtc4j.cli.process.CommandProcess;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Plays the recipe of a CI system as that system does.
///
/// Everything is read from the recipe: what it runs, when, with which environment, in which shell.
/// What a reader does not know of it fails the test.
interface RecipeProvider {

    /// How the recorded environment of a pipeline is called.
    String system();

    /// What is different in the environment of the pipeline of the next commit.
    String newer();

    /// What is different in the environment of the pipeline of another pull request, 51.
    String other();

    /// What is different once the pull request is merged.
    String closed();

    /// The pipeline's steps; none if the system starts none.
    List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment);

    /// What pressing the cancel button does to a step.
    default void cancel(CommandProcess step) {
        step.killChildren();
    }

    /// Whether that is a signal which the step can answer.
    default boolean signals() {
        return false;
    }

    /// Starts the pipeline of pull request 50.
    ///
    /// @param changes see [RecordedPipeline]
    default RecipeJob start(RecipeMachine machine, String cause, String changes) {
        Map<String, String> environment = machine.environment(system(), changes);
        environment.put("DBTC_CAUSE", cause);
        return RecipeJob.start(machine.work(), environment, steps(machine, environment));
    }

    /// Those whose recipe builds pull requests.
    static List<RecipeProvider> building() {
        return Stream.concat(
                        all().stream(), Stream.of(new RecipeOnBuildkite(), new RecipeOnCircleci()))
                .toList();
    }

    /// Those whose recipe also cleans up after them.
    static List<RecipeProvider> all() {
        return List.of(
                new RecipeOnGithub(),
                new RecipeOnGitlab(),
                new RecipeOnAzure(),
                new RecipeOnBitbucket(),
                new RecipeOnCodebuild());
    }
}
