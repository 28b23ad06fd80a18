package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The recipes are what each CI system's schema and linter say they must be.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class RecipeLintTest {

    private static final Map<String, String> KINDS =
            Map.of(
                    "action.yml", "action",
                    "ci/github/dbt-ci.yml", "workflow",
                    "ci/gitlab/dbtc.yml", "gitlab",
                    "ci/gitlab/example.gitlab-ci.yml", "gitlab",
                    "ci/azure/dbtc.yml", "azure",
                    "ci/azure/azure-pipelines.yml", "azure",
                    "ci/bitbucket/bitbucket-pipelines.yml", "bitbucket",
                    "ci/circleci/config.yml", "circleci");

    /// For these there is no schema; a test reads them and knows each word in them.
    private static final Set<String> READ_STRICTLY =
            Set.of("ci/codebuild/buildspec.yml", "ci/buildkite/pipeline.yml");

    /// The file, something in it, what to write instead, and what is to be found then.
    private static final String MISTAKES =
            """
            action.yml                              | shell: bash       | shel: bash        | additionalProperty":"shel
            action.yml                              | inputs.timeout    | inputs.tmeout     | property "tmeout" is not defined
            action.yml                              | steps.dbtc.outcome| steps.dbct.outcome| property "dbct" is not defined
            action.yml                              | case $COMMAND     | case ${{ github.head_ref }} | potentially untrusted
            ci/github/dbt-ci.yml                    | runs-on           | run-on            | run-on
            ci/github/dbt-ci.yml                    | ready_for_review  | ready_for_revew   | ready_for_revew
            ci/gitlab/dbtc.yml                      | interruptible     | interruptble      | interruptble
            ci/gitlab/dbtc.yml                      | action: stop      | action: stopp     | /environment/action must be equal to one of
            ci/gitlab/example.gitlab-ci.yml         | remote:           | remot:            | remot
            ci/azure/dbtc.yml                       | displayName: dbtc | dspName: dbtc     | dspName
            ci/azure/azure-pipelines.yml            | condition:        | conditon:         | conditon
            ci/bitbucket/bitbucket-pipelines.yml    | after-script      | after_script      | after_script
            ci/bitbucket/bitbucket-pipelines.yml    | image: python     | image: [          | collection
            ci/circleci/config.yml                  | when: on_fail     | when: on_failure  | /jobs/dbt/steps/2
            """;

    @TempDir private Path folder;

    @BeforeAll
    static void install() throws IOException {
        RecipeLint.install();
    }

    @Test
    void lintPassesOnRecipes() {
        Map<Path, String> files = new HashMap<>();
        KINDS.forEach((file, kind) -> files.put(Repository.ROOT.resolve(file), kind));

        assertThat(RecipeLint.findings(files)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "github, .github/workflows/dbt-ci.yml, workflow",
        "gitlab, .gitlab-ci.yml, gitlab",
        "azure, azure-pipelines.yml, azure",
        "bitbucket, bitbucket-pipelines.yml, bitbucket",
        "circleci, .circleci/config.yml, circleci",
    })
    void lintPassesOnWhatInitWrites(String system, String file, String kind) {
        var prompt = new Prompt(Map.of());

        int exitCode =
                prompt.dbtc(
                        "init",
                        "--ci=" + system,
                        "--repository=" + folder,
                        "--owner=jaffle",
                        "--job-url=https://xy987.eu1.dbt.com/deploy/7/projects/1/jobs/"
                                + "70471823479999");

        assertThat(exitCode).as(prompt.err()).isZero();
        assertThat(RecipeLint.findings(Map.of(folder.resolve(file), kind))).isEmpty();
    }

    @Test
    void findsEachPlantedMistake() throws IOException {
        Map<Path, String> broken = new HashMap<>();
        Map<Path, String> expected = new HashMap<>();
        for (String line : MISTAKES.lines().toList()) {
            String[] mistake = line.strip().split(" *\\| *", 4);
            String text = Files.readString(Repository.ROOT.resolve(mistake[0]));
            assertThat(text).contains(mistake[1]);
            Path file = folder.resolve(broken.size() + ".yml");
            Files.writeString(file, text.replace(mistake[1], mistake[2]));
            broken.put(file, Objects.requireNonNull(KINDS.get(mistake[0])));
            expected.put(file, mistake[3]);
        }

        List<String> findings = RecipeLint.findings(broken);

        expected.forEach((file, finding) ->
                assertThat(findings)
                        .anySatisfy(each ->
                                assertThat(each).startsWith(file.toString()).contains(finding)));
    }

    @Test
    void everyRecipeIsLintedOrReadStrictly() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.ROOT.resolve("ci"))) {
            assertThat(files.filter(path -> path.toString().endsWith(".yml")))
                    .extracting(path -> Repository.ROOT.relativize(path).toString())
                    .allMatch(text -> KINDS.containsKey(text) || READ_STRICTLY.contains(text))
                    .hasSize(KINDS.size() - 1 + READ_STRICTLY.size()); // the action lies elsewhere
        }
    }
}
