package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Buildkite: the pipeline's only step. It has no closing, as nothing starts one.
///
/// When a pipeline is uploaded, `$NAME` is filled in and `$$` becomes `$`
/// (https://buildkite.com/docs/agent/cli/reference/pipeline#environment-variable-substitution).
final class RecipeOnBuildkite implements RecipeProvider {

    @Override
    public String toString() {
        return "Buildkite";
    }

    @Override
    public String system() {
        return "buildkite";
    }

    @Override
    public String newer() {
        return "BUILDKITE_BUILD_NUMBER=18 & BUILDKITE_COMMIT=" + "2".repeat(40);
    }

    @Override
    public String other() {
        return "BUILDKITE_BUILD_NUMBER=19 & BUILDKITE_PULL_REQUEST=51";
    }

    @Override
    public String closed() {
        throw new AssertionError("nothing is started");
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        var pipeline = RecipeYaml.document("ci/buildkite/pipeline.yml");
        RecipeYaml.onlyKnows(pipeline, "env", "steps");
        RecipeYaml.map(pipeline.get("env"))
                .forEach((name, value) -> environment.put(name, RecipeYaml.text(value)));
        environment.putAll(new HashMap<>(machine.platform().environment()));
        environment.put("BUILDKITE_JOB_ID", "0192");
        assertThat(RecipeYaml.list(pipeline.get("steps"))).hasSize(1);
        var step = RecipeYaml.map(RecipeYaml.list(pipeline.get("steps")).getFirst());
        RecipeYaml.onlyKnows(step, "label", "if", "command", "artifact_paths");
        assertThat(step)
                .containsEntry("if", "build.pull_request.id != null")
                .containsEntry("artifact_paths", "dbtc-junit.xml");
        String command = RecipeYaml.text(step.get("command"));
        assertThat(command.replace("$$", "")).as("nothing is filled in").doesNotContain("$");
        return List.of(
                new RecipeStep(
                        "dbt",
                        List.of("bash", "-e"),
                        command.replace("$$", "$").replace("/tmp/", machine.temp() + "/"),
                        _ -> Map.of(),
                        _ -> true,
                        true));
    }
}
