package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeStep.Progress;
import io.github.dbtc4j.cli.repository.Repository;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// GitLab CI: the example, which includes the template.
///
/// The lines of `before_script` and `script` are one script of bash, that of `after_script` is
/// another one, which runs after a cancelled job too and finds how the job ended in `CI_JOB_STATUS`
/// (https://docs.gitlab.com/ci/yaml/#after_script). The runner evaluates a script in a subshell, so
/// that a signal to its own process reaches nothing: here cancelling kills what runs.
final class RecipeOnGitlab implements RecipeProvider {

    private static final Pattern INPUT = Pattern.compile("\\$\\[\\[ inputs\\.([\\w-]+) ]]");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

    @Override
    public String toString() {
        return "GitLab CI";
    }

    @Override
    public String system() {
        return "gitlab";
    }

    @Override
    public String newer() {
        return "CI_PIPELINE_IID=18 & CI_JOB_ID=4712"
                + " & CI_COMMIT_SHA=2222222222222222222222222222222222222222";
    }

    @Override
    public String other() {
        return "CI_PIPELINE_IID=19 & CI_JOB_ID=4713 & CI_MERGE_REQUEST_IID=51";
    }

    /// When a merge request is merged or closed GitLab stops its environment with the job that
    /// `on_stop` names (https://docs.gitlab.com/ci/environments/#stop-an-environment).
    @Override
    public String closed() {
        return "TEST_JOB=stop";
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        environment.put("CI_PROJECT_DIR", machine.work().toString());
        environment.put("DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY);
        var template = template(machine);
        String name = "dbtc";
        if (environment.containsKey("TEST_JOB")) {
            var opened = RecipeYaml.map(RecipeYaml.at(template, name, "environment"));
            name = RecipeYaml.text(opened.get("on_stop"));
            var stopped = RecipeYaml.map(RecipeYaml.at(template, name, "environment"));
            assertThat(stopped).containsEntry("action", "stop");
            assertThat(stopped.get("name")).isEqualTo(opened.get("name"));
        }
        var job = merged(template, name);
        RecipeYaml.onlyKnows(
                job,
                "stage",
                "image",
                "variables",
                "rules",
                "before_script",
                "script",
                "after_script",
                "interruptible",
                "environment",
                "artifacts");
        var rule = RecipeYaml.map(RecipeYaml.list(job.get("rules")).getFirst());
        assertThat(rule.get("when")).isEqualTo(name.equals("dbtc") ? null : "manual");
        if (!RecipeExpression.isTrue(RecipeYaml.text(rule.get("if")), new Names(environment))) {
            return List.of();
        }
        RecipeYaml.map(job.get("variables"))
                .forEach((variable, value) -> environment.put(variable, RecipeYaml.text(value)));
        var steps = new ArrayList<RecipeStep>();
        steps.add(
                step(
                        name,
                        RecipeYaml.script(job.get("before_script"))
                                + RecipeYaml.script(job.get("script")),
                        true));
        if (job.containsKey("after_script")) {
            steps.add(step("after_script", RecipeYaml.script(job.get("after_script")), false));
        }
        return steps;
    }

    /// The jobs of the template with the example's inputs, but for where everything is.
    private static Map<String, @Nullable Object> template(RecipeMachine machine) {
        var include =
                RecipeYaml.map(
                        RecipeYaml.list(
                                        RecipeYaml.document("ci/gitlab/example.gitlab-ci.yml")
                                                .get("include"))
                                .getFirst());
        assertThat(RecipeYaml.text(include.get("remote")))
                .endsWith("/" + Repository.tag() + "/ci/gitlab/dbtc.yml");
        var documents = RecipeYaml.documents("ci/gitlab/dbtc.yml");
        assertThat(documents).hasSize(2);
        var inputs = new LinkedHashMap<String, @Nullable Object>();
        RecipeYaml.map(RecipeYaml.at(documents.getFirst(), "spec", "inputs"))
                .forEach((name, input) -> {
                    var known = RecipeYaml.map(input);
                    RecipeYaml.onlyKnows(known, "description", "default", "type");
                    inputs.put(name, known.get("default"));
                });
        RecipeYaml.map(include.get("inputs"))
                .forEach((name, value) -> {
                    assertThat(inputs).containsKey(name);
                    inputs.put(name, value);
                });
        assertThat(inputs).as("all that have no default are given").doesNotContainValue(null);
        inputs.put("job-id", machine.platform().job);
        inputs.put("account-id", 1);
        inputs.put("host", machine.platform().server.uri());
        return RecipeYaml.map(filled(documents.getLast(), inputs));
    }

    /// Puts the inputs in, which must not be part of any script.
    private static @Nullable Object filled(
            @Nullable Object value, Map<String, @Nullable Object> inputs) {
        return switch (value) {
            case Map<?, ?> map -> {
                var filled = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, it) -> {
                    if (name.toString().endsWith("script")) {
                        assertThat(RecipeYaml.script(it)).doesNotContain("$[[");
                    }
                    filled.put(name.toString(), filled(it, inputs));
                });
                yield filled;
            }
            case List<?> list -> list.stream().map(each -> filled(each, inputs)).toList();
            case String text ->
                    RecipeExpression.replace(
                            INPUT,
                            text,
                            name -> {
                                assertThat(inputs).containsKey(name);
                                return RecipeYaml.text(inputs.get(name));
                            });
            case null, default -> value;
        };
    }

    /// The job with what it extends: objects are merged, anything else is replaced.
    private static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> template, String name) {
        var job = RecipeYaml.map(template.get(name));
        var merged = RecipeYaml.map(template.get(RecipeYaml.text(job.remove("extends"))));
        job.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map && merged.get(key) != null) {
                var both = RecipeYaml.map(merged.get(key));
                both.putAll(RecipeYaml.map(map));
                merged.put(key, both);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static RecipeStep step(String id, String script, boolean isMain) {
        String quoted = "'" + script.replace("'", "'\\''") + "'";
        return new RecipeStep(
                id,
                List.of("bash"),
                "set -eo pipefail\n: | eval " + quoted + "\nexit 0\n",
                progress -> Map.of("CI_JOB_STATUS", isMain ? "running" : status(progress)),
                _ -> true,
                isMain);
    }

    private static String status(Progress progress) {
        return progress.isCancelled() ? "canceled" : progress.isSuccess() ? "success" : "failed";
    }

    /// https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
    private record Names(Map<String, String> environment) implements RecipeExpression.Context {

        @Override
        public @Nullable Object value(String name) {
            return RecipeExpression.replace(
                    VARIABLE, name, text -> environment.getOrDefault(text, ""));
        }

        @Override
        public Object call(String function, List<@Nullable Object> arguments) {
            throw new AssertionError("no function: " + function);
        }
    }
}
