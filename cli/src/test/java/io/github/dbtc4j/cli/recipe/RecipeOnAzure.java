package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeStep.Progress;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Azure Pipelines: the example pipeline with the steps of the template.
///
/// A `bash` step is started as `bash FILE`, and SIGINT for the task becomes SIGTERM for that bash
/// (https://github.com/microsoft/azure-pipelines-tasks/blob/master/Tasks/BashV3/bash.ts). A secret
/// variable is no environment variable; `$(NAME)` puts it where it is wanted and stays as it is
/// where there is no such variable
/// (https://learn.microsoft.com/en-us/azure/devops/pipelines/process/variables).
final class RecipeOnAzure implements RecipeProvider {

    private static final Pattern MACRO = Pattern.compile("\\$\\(([\\w.]+)\\)");

    @Override
    public String toString() {
        return "Azure Pipelines";
    }

    @Override
    public String system() {
        return "azure";
    }

    @Override
    public String newer() {
        return "BUILD_BUILDID=18 & SYSTEM_JOBATTEMPT=1"
                + " & SYSTEM_PULLREQUEST_SOURCECOMMITID=2222222222222222222222222222222222222222";
    }

    @Override
    public String other() {
        return "BUILD_BUILDID=19 & SYSTEM_PULLREQUEST_PULLREQUESTID=51";
    }

    @Override
    public String closed() {
        return "BUILD_BUILDID=20 & BUILD_REASON=IndividualCI & BUILD_SOURCEBRANCH=refs/heads/main"
                + " & BUILD_SOURCEVERSIONMESSAGE=Merged PR 50: $(touch pwned)`touch pwned`"
                + " & -SYSTEM_PULLREQUEST_PULLREQUESTID & -SYSTEM_PULLREQUEST_SOURCECOMMITID";
    }

    @Override
    public boolean signals() {
        return true;
    }

    @Override
    public void cancel(CommandProcess step) {
        step.signal("TERM");
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        environment.put("AGENT_TEMPDIRECTORY", machine.temp().toString());
        var secrets = new HashMap<>(environment);
        secrets.put("DBT_CLOUD_TOKEN", CommandProcess.CANARY);
        var pipeline = RecipeYaml.document("ci/azure/azure-pipelines.yml");
        var names = new Names(defaults(pipeline), environment, new Progress(Map.of(), 0, false));
        var steps = new ArrayList<RecipeStep>();
        for (Object it : RecipeYaml.list(pipeline.get("jobs"))) {
            var job = RecipeYaml.map(it);
            RecipeYaml.onlyKnows(job, "job", "condition", "steps");
            if (RecipeExpression.isTrue(RecipeYaml.text(job.get("condition")), names)) {
                assertThat(steps).as("one job").isEmpty();
                steps.addAll(
                        template(
                                machine,
                                RecipeYaml.map(RecipeYaml.list(job.get("steps")).getLast()),
                                names,
                                secrets));
            }
        }
        return steps;
    }

    private static List<RecipeStep> template(
            RecipeMachine machine,
            Map<String, @Nullable Object> use,
            Names names,
            Map<String, String> variables) {
        assertThat(use).containsEntry("template", "ci/azure/dbtc.yml@dbtc4j");
        var template = RecipeYaml.document("ci/azure/dbtc.yml");
        var parameters = defaults(template);
        RecipeYaml.map(use.get("parameters"))
                .forEach((name, value) -> {
                    assertThat(parameters).containsKey(name);
                    parameters.put(name, RecipeExpression.expand(RecipeYaml.text(value), names));
                });
        assertThat(parameters).as("all that have no default are given").doesNotContainValue(null);
        parameters.put("jobId", Long.toString(machine.platform().job));
        parameters.put("accountId", "1");
        parameters.put("host", machine.platform().server.uri().toString());
        return RecipeYaml.list(template.get("steps")).stream()
                .map(step ->
                        step(
                                RecipeYaml.map(step),
                                new Names(parameters, variables, names.progress())))
                .toList();
    }

    private static RecipeStep step(Map<String, @Nullable Object> step, Names names) {
        String condition =
                RecipeExpression.expand(
                        String.valueOf(step.getOrDefault("condition", "succeeded()")), names);
        String script = ":";
        if (step.containsKey("task")) {
            RecipeYaml.onlyKnows(step, "task", "displayName", "condition", "inputs");
            assertThat(step).containsEntry("task", "PublishTestResults@2");
        } else {
            RecipeYaml.onlyKnows(step, "bash", "name", "displayName", "condition", "env");
            script = RecipeYaml.text(step.get("bash"));
            assertThat(script).as("what others wrote comes through env only").doesNotContain("${{");
        }
        var env = new HashMap<String, String>();
        RecipeYaml.map(step.get("env"))
                .forEach((name, value) ->
                        env.put(
                                name,
                                names.macros(
                                        RecipeExpression.expand(RecipeYaml.text(value), names))));
        return new RecipeStep(
                RecipeYaml.text(step.getOrDefault("name", step.get("displayName"))),
                List.of("bash"),
                names.macros(script),
                _ -> env,
                progress ->
                        RecipeExpression.isTrue(
                                condition,
                                new Names(names.parameters(), names.variables(), progress)),
                true);
    }

    private static Map<String, @Nullable Object> defaults(Map<String, @Nullable Object> file) {
        var defaults = new LinkedHashMap<String, @Nullable Object>();
        for (Object it : RecipeYaml.list(file.get("parameters"))) {
            var parameter = RecipeYaml.map(it);
            RecipeYaml.onlyKnows(parameter, "name", "type", "default", "values");
            defaults.put(RecipeYaml.text(parameter.get("name")), parameter.get("default"));
        }
        return defaults;
    }

    /// https://learn.microsoft.com/en-us/azure/devops/pipelines/process/expressions
    private record Names(
            Map<String, @Nullable Object> parameters,
            Map<String, String> variables,
            Progress progress)
            implements RecipeExpression.Context {

        String macros(String text) {
            return MACRO.matcher(text)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(
                                    variables.getOrDefault(
                                            variable(match.group(1)), match.group())));
        }

        @Override
        public @Nullable Object value(String name) {
            String rest = name.substring(name.indexOf('.') + 1);
            if (name.startsWith("variables.")) {
                return variables.get(variable(rest));
            }
            assertThat(name).startsWith("parameters.");
            assertThat(parameters).containsKey(rest);
            return parameters.get(rest);
        }

        @Override
        public Object call(String function, List<@Nullable Object> arguments) {
            return switch (function) {
                case "succeeded" -> progress.isSuccess();
                case "failed" -> progress.exitCode() != 0 && !progress.isCancelled();
                case "canceled" -> progress.isCancelled();
                case "succeededOrFailed" -> !progress.isCancelled();
                case "or" -> arguments.stream().anyMatch(RecipeExpression::isTrue);
                case "and" -> arguments.stream().allMatch(RecipeExpression::isTrue);
                case "eq" ->
                        String.valueOf(arguments.get(0)).equals(String.valueOf(arguments.get(1)));
                case "ne" ->
                        !String.valueOf(arguments.get(0)).equals(String.valueOf(arguments.get(1)));
                default -> throw new AssertionError("no function: " + function);
            };
        }

        private static String variable(String name) {
            return name.replace('.', '_').toUpperCase(Locale.ROOT);
        }
    }
}
