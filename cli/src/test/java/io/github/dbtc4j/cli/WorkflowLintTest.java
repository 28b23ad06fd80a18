package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// This project's own workflows are what GitHub's schema and linter say they must be, may do
/// little, and hold no logic of their own: every step that is a script is one that can be run by
/// hand.
@Execution(ExecutionMode.CONCURRENT)
class WorkflowLintTest {

    private static final String WORKFLOWS = ".github/workflows/";

    private static final Pattern ACTION = Pattern.compile("actions/[a-z-]+@v\\d+");

    @TempDir private Path folder;

    @Test
    void findsNothing() throws IOException {
        RecipeLint.install();

        assertThat(
                        RecipeLint.findings(
                                Map.of(
                                        file(WORKFLOWS + "build.yml"), "workflow",
                                        file(WORKFLOWS + "nightly.yml"), "workflow",
                                        file(WORKFLOWS + "release.yml"), "workflow",
                                        file(".github/dependabot.yml"), "dependabot")))
                .isEmpty();
    }

    @Test
    void findsPlantedMistakes() throws IOException {
        RecipeLint.install();
        Path release = folder.resolve("release.yml");
        Files.writeString(
                release,
                Files.readString(file(WORKFLOWS + "release.yml"))
                        .replace("inputs.dry-run", "inputs.dryrun"));
        Path dependabot = folder.resolve("dependabot.yml");
        Files.writeString(
                dependabot,
                Files.readString(file(".github/dependabot.yml")).replace("weekly", "wekly"));

        assertThat(RecipeLint.findings(Map.of(release, "workflow", dependabot, "dependabot")))
                .anyMatch(it -> it.startsWith(release.toString()) && it.contains("dryrun"))
                .anyMatch(it -> it.startsWith(dependabot.toString()) && it.contains("interval"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build.yml", "nightly.yml", "release.yml"})
    void everyScriptIsATargetOfMakeOrAProgramOfThisRepository(String workflow) throws IOException {
        String targets =
                Files.readString(file("Makefile"))
                        .lines()
                        .filter(line -> line.matches("[a-z]+:.*"))
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .collect(Collectors.joining("|"));
        List<Map<String, @Nullable Object>> steps = steps(workflow);

        assertThat(steps).isNotEmpty();
        for (Map<String, @Nullable Object> step : steps) {
            if (step.get("run") instanceof String run) {
                assertThat(run)
                        .satisfiesAnyOf(
                                it -> assertThat(it).matches("make (" + targets + ")"),
                                it ->
                                        assertThat(file(it.split(" ", 2)[0]))
                                                .as("a program of dist/")
                                                .hasParentRaw(file("dist"))
                                                .isExecutable());
            } else {
                assertThat(RecipeYaml.text(step.get("uses"))).matches(ACTION);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"build.yml", "nightly.yml", "release.yml"})
    void onlyWhatPublishesMayWrite(String workflow) {
        Map<String, @Nullable Object> document = RecipeYaml.document(WORKFLOWS + workflow);

        assertThat(String.valueOf(document.get("permissions"))).isIn("{}", "{contents=read}");
        RecipeYaml.map(document.get("jobs"))
                .forEach((name, job) -> {
                    String allowed = String.valueOf(RecipeYaml.map(job).get("permissions"));
                    assertThat(allowed.contains("write")).isEqualTo(name.equals("publish"));
                    assertThat(RecipeYaml.map(job)).containsKey("timeout-minutes");
                });
    }

    @Test
    void helpListsEveryTarget() throws IOException {
        List<String> targets =
                Files.readString(file("Makefile"))
                        .lines()
                        .filter(line -> line.startsWith(".PHONY: "))
                        .flatMap(line -> List.of(line.substring(8).split(" ")).stream())
                        .toList();
        var help =
                CommandProcess.start(
                                Map.of("PATH", "/usr/bin:/bin"),
                                List.of("make", "-C", Repository.ROOT.toString(), "help"))
                        .end();

        assertThat(targets).contains("check", "dist");
        assertThat(targets)
                .allSatisfy(it -> assertThat(help.out()).containsPattern("make " + it + " +\\S"));
    }

    private static List<Map<String, @Nullable Object>> steps(String workflow) {
        var steps = new ArrayList<Map<String, @Nullable Object>>();
        RecipeYaml.map(RecipeYaml.document(WORKFLOWS + workflow).get("jobs"))
                .values()
                .forEach(job ->
                        RecipeYaml.list(RecipeYaml.map(job).get("steps"))
                                .forEach(step -> steps.add(RecipeYaml.map(step))));
        return steps;
    }

    private static Path file(String name) {
        return Repository.ROOT.resolve(name);
    }
}
