package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeLint;
import io.github.dbtc4j.cli.recipe.RecipeYaml;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// This project's own workflows are what GitHub's schema and linter say they must be, may do
/// little, and hold no logic of their own: every step that is a script is one that can be run by
/// hand.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class WorkflowLintTest {

    private static final String WORKFLOWS = ".github/workflows/";

    private static final Pattern ACTION = Pattern.compile("actions/[a-z-]+@[0-9a-f]{40}");

    @TempDir private Path folder;

    @Test
    void lintPassesOnWorkflows() throws IOException {
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
                .anyMatch(text -> text.startsWith(release.toString()) && text.contains("dryrun"))
                .anyMatch(text ->
                        text.startsWith(dependabot.toString()) && text.contains("interval"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build.yml", "nightly.yml", "release.yml"})
    void everyScriptIsATargetOfMakeOrAProgramOfThisRepository(String workflow) throws IOException {
        String targets =
                Files.readString(file("Makefile"))
                        .lines()
                        .filter(line -> line.matches("[a-z-]+:.*"))
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .collect(Collectors.joining("|"));
        List<Map<String, @Nullable Object>> steps = steps(workflow);

        assertThat(steps).isNotEmpty();
        for (Map<String, @Nullable Object> step : steps) {
            if (step.get("run") instanceof String run) {
                assertThat(run)
                        .satisfiesAnyOf(
                                text -> assertThat(text).matches("make (" + targets + ")"),
                                text ->
                                        assertThat(file(text.split(" ", 2)[0]))
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
                    assertThat(allowed.contains("write"))
                            .isEqualTo(Set.of("publish", "pypi", "push-image").contains(name));
                    assertThat(RecipeYaml.map(job)).containsKey("timeout-minutes");
                });
    }

    @Test
    void aReleaseIsMadeOfItsTagWithoutCachesAndAttested() throws IOException {
        String text = Files.readString(file(WORKFLOWS + "release.yml"));

        assertThat(Release.findings(text)).isEmpty();
    }

    /// Something in the workflow, what to write instead, and what is to be found then.
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("java-version: '25'}", "java-version: '25', cache: maven}", "cache"),
                Arguments.of("uses: actions/download-artifact@", "uses: actions/cache@", "cache"),
                Arguments.of("ref: 'refs/tags/${{ env.TAG }}', ", "", "tag"),
                Arguments.of("'refs/tags/${{ env.TAG }}'", "'${{ github.ref }}'", "tag"),
                Arguments.of(
                        "${{ inputs.tag || github.ref_name }}", "${{ github.ref_name }}", "tag"),
                Arguments.of(
                        "actions/attest-build-provenance@", "actions/upload-artifact@", "attest"),
                Arguments.of(
                        "subject-path: target/release/*", "subject-path: target/*.zip", "attest"),
                Arguments.of(" && github.ref == format('refs/tags/{0}', env.TAG)", "", "attest"),
                Arguments.of("attestations: write", "packages: write", "attest"),
                Arguments.of(
                        "persist-credentials: false", "persist-credentials: true", "credentials"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void findsWhatIsWrongWithARelease(String right, String wrong, String finding)
            throws IOException {
        String text = Files.readString(file(WORKFLOWS + "release.yml"));
        assertThat(text).contains(right);

        assertThat(Release.findings(text.replace(right, wrong)))
                .anyMatch(each -> each.contains(finding));
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
                .allSatisfy(
                        text -> assertThat(help.out()).containsPattern("make " + text + " +\\S"));
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
