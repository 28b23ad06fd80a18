package io.github.dbtc4j.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A CI system for which there is a recipe in the repository's folder `ci`.
///
/// The build packs these files into the jar as they are: they are what guides show and what tests
/// play.
enum Recipe {
    GITHUB(
            "GitHub Actions",
            "github/dbt-ci.yml",
            ".github/workflows/dbt-ci.yml",
            ".github/workflows",
            "github-actions",
            List.of("github")),
    GITLAB(
            "GitLab CI",
            "gitlab/example.gitlab-ci.yml",
            ".gitlab-ci.yml",
            ".gitlab-ci.yml",
            "gitlab-ci",
            List.of("gitlab")),
    AZURE(
            "Azure Pipelines",
            "azure/azure-pipelines.yml",
            "azure-pipelines.yml",
            "azure-pipelines.yml",
            "azure-pipelines",
            List.of("dev.azure.com", "visualstudio.com")),
    BITBUCKET(
            "Bitbucket Pipelines",
            "bitbucket/bitbucket-pipelines.yml",
            "bitbucket-pipelines.yml",
            "bitbucket-pipelines.yml",
            "bitbucket-pipelines",
            List.of("bitbucket.org")),
    BUILDKITE(
            "Buildkite",
            "buildkite/pipeline.yml",
            ".buildkite/pipeline.yml",
            ".buildkite",
            "others",
            List.of()),
    CIRCLECI(
            "CircleCI",
            "circleci/config.yml",
            ".circleci/config.yml",
            ".circleci",
            "others",
            List.of()),
    JENKINS("Jenkins", "jenkins/Jenkinsfile", "Jenkinsfile", "Jenkinsfile", "others", List.of()),
    CODEBUILD(
            "AWS CodeBuild",
            "codebuild/buildspec.yml",
            "buildspec.yml",
            "buildspec.yml",
            "codebuild",
            List.of("git-codecommit."));

    private final String title;
    private final String source;
    private final String target;
    private final String mark;
    private final String guide;

    @SuppressWarnings("ImmutableEnumChecker") // nothing changes the list
    private final List<String> hosts;

    /// @param source the recipe, below `ci`
    /// @param target where the CI system reads it in a repository
    /// @param mark what a repository has that uses the CI system
    /// @param hosts parts of names of the git hosts that bring the CI system along
    Recipe(
            String title,
            String source,
            String target,
            String mark,
            String guide,
            List<String> hosts) {
        this.title = title;
        this.source = source;
        this.target = target;
        this.mark = mark;
        this.guide = guide;
        this.hosts = hosts;
    }

    /// What it is called on a command line, such as `github`.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The system's name as people write it.
    String title() {
        return title;
    }

    /// Where the CI system reads it, as a path in a repository.
    String target() {
        return target;
    }

    /// What a repository has that uses the CI system, as a path in it.
    String mark() {
        return mark;
    }

    /// The page that explains it, as a path in this software's repository.
    String guide() {
        return "docs/ci/" + guide + ".md";
    }

    /// Whether a git host of this name brings the CI system along.
    boolean comesWith(String host) {
        return hosts.stream().anyMatch(host::contains);
    }

    /// The recipe, with an example's values in it.
    String text() {
        try (InputStream in =
                Objects.requireNonNull(Recipe.class.getResourceAsStream(source), source)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
