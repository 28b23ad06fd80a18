package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Bitbucket Pipelines: the example.
///
/// The lines of `script` run until one fails, then those of `after-script`, which find how they
/// ended in `BITBUCKET_EXIT_CODE` and do not change the step's verdict
/// (https://support.atlassian.com/bitbucket-cloud/docs/step-options/). A step that is stopped is
/// killed.
final class RecipeOnBitbucket implements RecipeProvider {

    /// What Bitbucket writes into the commit that merges a pull request; its branch was not named
    /// by a friend.
    static final String MERGE =
            "Merged in zzz\";echo${IFS}hello;#`touch${IFS}pwned` (pull request #50)\n\n"
                    + "$(touch pwned)";

    private final String merge;
    private final Map<String, String> variables;

    RecipeOnBitbucket() {
        this(MERGE, Map.of());
    }

    /// @param merge the message of the commit on the target branch
    /// @param variables of the repository, besides those that are as they should be
    RecipeOnBitbucket(String merge, Map<String, String> variables) {
        this.merge = merge;
        this.variables = variables;
    }

    @Override
    public String toString() {
        return "Bitbucket Pipelines";
    }

    @Override
    public String system() {
        return "bitbucket";
    }

    @Override
    public String newer() {
        return "BITBUCKET_BUILD_NUMBER=18 & BITBUCKET_STEP_RUN_NUMBER=1"
                + " & BITBUCKET_COMMIT=222222222222";
    }

    @Override
    public String other() {
        return "BITBUCKET_BUILD_NUMBER=19 & BITBUCKET_PR_ID=51";
    }

    @Override
    public String closed() {
        return "BITBUCKET_BUILD_NUMBER=20 & BITBUCKET_BRANCH=main & -BITBUCKET_PR_ID"
                + " & -BITBUCKET_PR_DESTINATION_BRANCH & -BITBUCKET_PR_DESTINATION_COMMIT";
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        environment.putAll(machine.platform().environment());
        environment.putAll(variables);
        var pipelines =
                RecipeYaml.document("ci/bitbucket/bitbucket-pipelines.yml").get("pipelines");
        @Nullable Object pipeline;
        if (environment.containsKey("BITBUCKET_PR_ID")) {
            pipeline = RecipeYaml.at(pipelines, "pull-requests", "**");
        } else {
            environment.put("BITBUCKET_COMMIT", machine.git(machine.work(), merge));
            pipeline =
                    RecipeYaml.at(
                            pipelines,
                            "branches",
                            environment.getOrDefault("BITBUCKET_BRANCH", ""));
        }
        var steps = RecipeYaml.list(pipeline);
        assertThat(steps).hasSize(1);
        var step = RecipeYaml.map(RecipeYaml.at(steps.getFirst(), "step"));
        RecipeYaml.onlyKnows(step, "name", "image", "clone", "script", "after-script");
        var scripts = new ArrayList<RecipeStep>();
        scripts.add(
                new RecipeStep(
                        "script",
                        List.of("bash", "-e"),
                        RecipeYaml.script(step.get("script")),
                        _ -> Map.of(),
                        _ -> true,
                        true));
        if (step.containsKey("after-script")) {
            scripts.add(
                    new RecipeStep(
                            "after-script",
                            List.of("bash", "-e"),
                            RecipeYaml.script(step.get("after-script")),
                            progress ->
                                    Map.of(
                                            "BITBUCKET_EXIT_CODE",
                                            Integer.toString(progress.exitCode())),
                            _ -> true,
                            false));
        }
        return scripts;
    }
}
