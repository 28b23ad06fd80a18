package io.github.dbtc4j.pipeline.detection;

/// A CI system whose variables are understood.
///
/// They are looked for in the order of the constants: a system that runs its jobs on another's
/// machines, such as GitHub Actions on a runner that AWS CodeBuild hosts, comes before it.
public enum CiSystem {
    GITHUB_ACTIONS("GitHub Actions", "GITHUB_ACTIONS"),
    GITLAB_CI("GitLab CI", "GITLAB_CI"),
    AZURE_PIPELINES("Azure Pipelines", "TF_BUILD"),
    BITBUCKET_PIPELINES("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER"),
    BUILDKITE("Buildkite", "BUILDKITE"),
    CIRCLECI("CircleCI", "CIRCLECI"),
    JENKINS("Jenkins", "JENKINS_URL"),
    CODEBUILD("AWS CodeBuild", "CODEBUILD_BUILD_ID"),
    /// Any other, or none: nothing is known but what is given.
    OTHER("CI", "CI");

    private final String title;
    private final String mark;

    CiSystem(String title, String mark) {
        this.title = title;
        this.mark = mark;
    }

    /// Its name as people write it.
    public String title() {
        return title;
    }

    /// The variable that tells that a process runs in this system.
    public String mark() {
        return mark;
    }
}
