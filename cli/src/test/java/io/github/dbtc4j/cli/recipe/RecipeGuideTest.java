package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The guides show the recipes that are tested, and are found.
class RecipeGuideTest {

    @ParameterizedTest
    @CsvSource({
        "github-actions, ci/github/dbt-ci.yml",
        "gitlab-ci, ci/gitlab/example.gitlab-ci.yml",
        "azure-pipelines, ci/azure/azure-pipelines.yml",
        "bitbucket-pipelines, ci/bitbucket/bitbucket-pipelines.yml",
        "codebuild, ci/codebuild/buildspec.yml",
        "others, ci/buildkite/pipeline.yml",
        "others, ci/circleci/config.yml",
        "others, ci/jenkins/Jenkinsfile",
    })
    void theExampleOfTheGuideIsTheFile(String guide, String file) throws IOException {
        String language = file.endsWith("Jenkinsfile") ? "groovy" : "yaml";

        assertThat(Files.readString(Repository.ROOT.resolve("docs/ci/" + guide + ".md")))
                .contains(
                        "\n```%s\n%s```\n"
                                .formatted(
                                        language, Files.readString(Repository.ROOT.resolve(file))));
    }

    @Test
    void everyGuideIsLinkedFromTheOverview() throws IOException {
        String overview = Files.readString(Repository.ROOT.resolve("docs/ci.md"));
        try (Stream<Path> guides = Files.list(Repository.ROOT.resolve("docs/ci"))) {
            assertThat(guides)
                    .hasSize(6)
                    .allSatisfy(guide ->
                            assertThat(overview).contains("](ci/" + guide.getFileName() + ")"));
        }
    }

    @Test
    void theGuideOfGithubNamesEveryInputAndOutput() throws IOException {
        String guide = Files.readString(Repository.ROOT.resolve("docs/ci/github-actions.md"));
        var action = RecipeYaml.document("action.yml");

        assertThat(RecipeYaml.map(action.get("inputs")).keySet())
                .allSatisfy(text -> assertThat(guide).contains("| `" + text + "` |"));
        assertThat(RecipeYaml.map(action.get("outputs")).keySet())
                .allSatisfy(text -> assertThat(guide).contains("`" + text + "`"));
    }
}
