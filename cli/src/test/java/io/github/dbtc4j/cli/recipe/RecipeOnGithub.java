package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeStep.Progress;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// GitHub Actions: the example workflow and the composite action it uses.
///
/// A `run` step with `shell: bash` is started as `bash --noprofile --norc -eo pipefail FILE`
/// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell).
/// The environment flows from the workflow into the action's steps, and a step's conditions see the
/// steps of its action
/// (https://github.com/actions/runner/blob/main/docs/adrs/0549-composite-run-steps.md). Cancelling
/// sends SIGINT to the process of the step in progress alone.
final class RecipeOnGithub implements RecipeProvider {

    private static final List<String> BASH =
            List.of("bash", "--noprofile", "--norc", "-eo", "pipefail");

    @Override
    public String toString() {
        return "GitHub Actions";
    }

    @Override
    public String system() {
        return "github";
    }

    @Override
    public String newer() {
        return "GITHUB_RUN_NUMBER=18 & GITHUB_RUN_ATTEMPT=1 & event 1f3a6c0b9d2e -> 222222222222";
    }

    @Override
    public String other() {
        return "GITHUB_RUN_NUMBER=19 & event \"number\": 50 -> \"number\": 51";
    }

    @Override
    public String closed() {
        return "event \"synchronize\" -> \"closed\" & event \"open\" -> \"closed\"";
    }

    @Override
    public boolean signals() {
        return true;
    }

    @Override
    public void cancel(CommandProcess step) {
        step.signal("INT");
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        var workflow = RecipeYaml.document("ci/github/dbt-ci.yml");
        var event = event(environment);
        var names =
                new Names(
                        environment,
                        event,
                        new LinkedHashMap<>(),
                        new Progress(Map.of(), 0, false));
        String started = environment.getOrDefault("GITHUB_EVENT_NAME", "");
        var on = RecipeYaml.map(workflow.get("on"));
        assertThat(on).containsKey(started);
        if (on.get(started) != null) {
            assertThat(RecipeYaml.list(RecipeYaml.at(on.get(started), "types")))
                    .contains(RecipeYaml.text(event.get("action")));
        }
        var job = RecipeYaml.map(RecipeYaml.at(workflow, "jobs", "dbt"));
        RecipeYaml.onlyKnows(job, "if", "runs-on", "steps");
        if (!RecipeExpression.isTrue(RecipeYaml.text(job.get("if")), names)) {
            return List.of();
        }
        var uses = RecipeYaml.map(RecipeYaml.list(job.get("steps")).getFirst());
        RecipeYaml.onlyKnows(uses, "name", "id", "uses", "with");
        var action = RecipeYaml.document("action.yml");
        var inputs = new LinkedHashMap<String, String>();
        RecipeYaml.map(action.get("inputs"))
                .forEach((name, input) ->
                        inputs.put(
                                name,
                                String.valueOf(RecipeYaml.map(input).getOrDefault("default", ""))));
        RecipeYaml.map(uses.get("with"))
                .forEach((name, value) -> {
                    assertThat(inputs).containsKey(name);
                    inputs.put(name, RecipeExpression.expand(RecipeYaml.text(value), names));
                });
        inputs.put("job-id", Long.toString(machine.platform().job));
        inputs.put("account-id", "1");
        inputs.put("host", machine.platform().server.uri().toString());
        environment.put("GITHUB_ACTION_PATH", machine.action().toString());
        environment.put("GITHUB_ACTION_REPOSITORY", "YOUR-ORG/dbtc4j");
        environment.put("GITHUB_SERVER_URL", machine.folder().resolve("github").toUri().toString());
        environment.put("RUNNER_TEMP", machine.temp().toString());
        environment.put("RUNNER_TOOL_CACHE", machine.folder().resolve("tools").toString());
        environment.put("GITHUB_OUTPUT", machine.temp().resolve("outputs").toString());
        environment.put("GITHUB_STEP_SUMMARY", machine.temp().resolve("summary").toString());
        var steps = new ArrayList<RecipeStep>();
        for (Object step : RecipeYaml.list(RecipeYaml.at(action, "runs", "steps"))) {
            var map = RecipeYaml.map(step);
            if (map.containsKey("uses")) {
                assertThat(RecipeYaml.text(map.get("uses"))).startsWith("actions/setup-java@");
                assertThat(map).containsEntry("if", "steps.install.outputs.builds == 'true'");
            } else {
                steps.add(step(map, progress -> new Names(environment, event, inputs, progress)));
            }
        }
        return steps;
    }

    private static RecipeStep step(
            Map<String, @Nullable Object> step, Function<Progress, Names> names) {
        RecipeYaml.onlyKnows(step, "id", "name", "if", "shell", "env", "run");
        assertThat(step).containsEntry("shell", "bash");
        String script = RecipeYaml.text(step.get("run"));
        assertThat(script).as("what others wrote comes through env only").doesNotContain("${{");
        String condition = String.valueOf(step.getOrDefault("if", "success()"));
        return new RecipeStep(
                String.valueOf(step.getOrDefault("id", step.get("name"))),
                BASH,
                script,
                progress -> {
                    var added = new HashMap<String, String>();
                    RecipeYaml.map(step.get("env"))
                            .forEach((name, value) ->
                                    added.put(
                                            name,
                                            RecipeExpression.expand(
                                                    RecipeYaml.text(value),
                                                    names.apply(progress))));
                    return added;
                },
                progress -> RecipeExpression.isTrue(condition, names.apply(progress)),
                true);
    }

    private static Map<String, @Nullable Object> event(Map<String, String> environment) {
        try {
            return Json.readObject(
                    Files.readString(Path.of(environment.getOrDefault("GITHUB_EVENT_PATH", ""))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
    private record Names(
            Map<String, String> environment,
            Map<String, @Nullable Object> event,
            Map<String, String> inputs,
            Progress progress)
            implements RecipeExpression.Context {

        @Override
        public @Nullable Object value(String name) {
            String[] path = name.split("\\.");
            return switch (path[0]) {
                case "inputs" -> {
                    assertThat(inputs).containsKey(path[1]);
                    yield inputs.get(path[1]);
                }
                case "env" -> environment.get(path[1]);
                case "secrets" -> CommandProcess.CANARY;
                case "steps" ->
                        path[2].equals("outputs")
                                ? output(path[3])
                                : progress.outcomes().get(path[1]);
                case "github" ->
                        path[1].equals("event")
                                ? RecipeYaml.at(
                                        event,
                                        List.of(path)
                                                .subList(2, path.length)
                                                .toArray(String[]::new))
                                : environment.get("GITHUB_" + path[1].toUpperCase(Locale.ROOT));
                default -> throw new AssertionError("no context: " + name);
            };
        }

        /// All steps of the action write to one file here.
        private @Nullable String output(String name) {
            try {
                return Files.readAllLines(Path.of(environment.getOrDefault("GITHUB_OUTPUT", "")))
                        .stream()
                        .filter(line -> line.startsWith(name + "="))
                        .map(line -> line.substring(name.length() + 1))
                        .reduce((_, last) -> last)
                        .orElse(null);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Object call(String function, List<@Nullable Object> arguments) {
            return switch (function) {
                case "success" -> progress.isSuccess();
                case "always" -> true;
                default -> throw new AssertionError("no function: " + function);
            };
        }
    }
}
