package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// AWS CodeBuild: the buildspec.
///
/// In version 0.2 one shell runs all commands. A command that fails ends its phase, whose `finally`
/// commands still run, and the build
/// (https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html).
final class RecipeOnCodebuild implements RecipeProvider {

    @Override
    public String toString() {
        return "AWS CodeBuild";
    }

    @Override
    public String system() {
        return "codebuild";
    }

    @Override
    public String newer() {
        return "CODEBUILD_BUILD_NUMBER=18"
                + " & CODEBUILD_RESOLVED_SOURCE_VERSION=2222222222222222222222222222222222222222";
    }

    @Override
    public String other() {
        return "CODEBUILD_BUILD_NUMBER=19 & CODEBUILD_SOURCE_VERSION=pr/51"
                + " & CODEBUILD_WEBHOOK_TRIGGER=pr/51";
    }

    @Override
    public String closed() {
        return "CODEBUILD_BUILD_NUMBER=20 & CODEBUILD_WEBHOOK_EVENT=PULL_REQUEST_MERGED";
    }

    @Override
    public List<RecipeStep> steps(RecipeMachine machine, Map<String, String> environment) {
        var buildspec = RecipeYaml.document("ci/codebuild/buildspec.yml");
        RecipeYaml.onlyKnows(buildspec, "version", "env", "phases", "reports");
        assertThat(buildspec.get("version")).hasToString("0.2");
        var env = RecipeYaml.map(buildspec.get("env"));
        RecipeYaml.onlyKnows(env, "shell", "variables", "secrets-manager");
        RecipeYaml.map(env.get("variables"))
                .forEach((name, value) -> environment.put(name, RecipeYaml.text(value)));
        RecipeYaml.map(env.get("secrets-manager"))
                .keySet()
                .forEach(name -> environment.put(name, CommandProcess.CANARY));
        var own = new HashMap<>(machine.platform().environment());
        own.remove("DBT_CLOUD_SERVICE_TOKEN");
        environment.putAll(own);
        environment.put("CODEBUILD_SRC_DIR", machine.work().toString());
        var phases = RecipeYaml.map(buildspec.get("phases"));
        RecipeYaml.onlyKnows(phases, "install", "build");
        var script = new StringBuilder("code=0\n");
        for (Object it : phases.values()) {
            var phase = RecipeYaml.map(it);
            RecipeYaml.onlyKnows(phase, "commands", "finally");
            script.append("if [ $code = 0 ]; then\n");
            for (Object command : RecipeYaml.list(phase.get("commands"))) {
                script.append("[ $code != 0 ] || { eval ")
                        .append(quoted(command))
                        .append("\ncode=$?; }\n");
            }
            for (Object command : RecipeYaml.list(phase.get("finally"))) {
                script.append("eval ").append(quoted(command)).append('\n');
            }
            script.append(":\nfi\n");
        }
        return List.of(
                new RecipeStep(
                        "build",
                        List.of(RecipeYaml.text(env.get("shell"))),
                        script + "exit $code\n",
                        _ -> Map.of(),
                        _ -> true,
                        true));
    }

    private static String quoted(Object command) {
        return "'" + command.toString().replace("'", "'\\''") + "'";
    }
}
