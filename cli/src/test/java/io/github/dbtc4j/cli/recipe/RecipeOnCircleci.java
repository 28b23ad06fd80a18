package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// CircleCI: the commands of the configuration's only job. It has no closing, as nothing starts
/// one.
///
/// `<< pipeline.number >>` is filled in before a job starts
/// (https://circleci.com/docs/reference/variables/#pipeline-values).
final class RecipeOnCircleci implements RecipeProvider {

    @Override
    public String toString() {
        return "CircleCI";
    }

    @Override
    public String system() {
        return "circleci";
    }

    @Override
    public String newer() {
        return "CIRCLE_SHA1=" + "2".repeat(40);
    }

    @Override
    public String other() {
        return "CIRCLE_PULL_REQUEST=https://github.com/jaffle/shop/pull/51";
    }

    @Override
    public String closed() {
        throw new AssertionError("nothing is started");
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        var job = RecipeYaml.map(RecipeYaml.at(config(), "jobs", "dbt"));
        RecipeYaml.onlyKnows(job, "docker", "environment", "steps");
        RecipeYaml.map(job.get("environment"))
                .forEach((name, value) -> environment.put(name, RecipeYaml.text(value)));
        environment.putAll(new HashMap<>(machine.platform().environment()));
        environment.put("CIRCLE_BUILD_NUM", "4711");
        var steps = new ArrayList<RecipeStep>();
        for (Object step : RecipeYaml.list(job.get("steps"))) {
            RecipeYaml.onlyKnows(RecipeYaml.map(step), "run", "store_test_results");
            Object run = RecipeYaml.map(step).get("run");
            if (run instanceof String command) {
                steps.add(step(machine, "get", command, ""));
            } else if (run != null) {
                steps.add(step(machine, RecipeYaml.map(run)));
            }
        }
        return steps;
    }

    private static Map<String, @Nullable Object> config() {
        var config = RecipeYaml.document("ci/circleci/config.yml");
        RecipeYaml.onlyKnows(config, "version", "jobs", "workflows");
        assertThat(RecipeYaml.at(config, "workflows", "dbt", "jobs")).isEqualTo(List.of("dbt"));
        return config;
    }

    private static RecipeStep step(RecipeMachine machine, Map<String, @Nullable Object> run) {
        RecipeYaml.onlyKnows(run, "name", "command", "when", "no_output_timeout");
        String when = String.valueOf(run.getOrDefault("when", ""));
        assertThat(when).isIn("", "on_fail");
        return step(
                machine,
                RecipeYaml.text(run.get("name")),
                RecipeYaml.text(run.get("command")),
                when);
    }

    private static RecipeStep step(
            RecipeMachine machine, String name, String command, String when) {
        return new RecipeStep(
                name,
                List.of("bash", "-eo", "pipefail"),
                command.replace("<< pipeline.number >>", "17")
                        .replace("/tmp/", machine.temp() + "/"),
                _ -> Map.of(),
                progress -> progress.isSuccess() != when.equals("on_fail"),
                true);
    }
}
