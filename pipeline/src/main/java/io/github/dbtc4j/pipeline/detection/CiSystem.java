package io.github.dbtc4j.pipeline.detection;

import java.util.function.BiFunction;
import java.util.function.Function;

/// A CI system whose variables are understood.
///
/// They are looked for in the order of the constants: a system that runs its jobs on another's
/// machines, such as GitHub Actions on a runner that AWS CodeBuild hosts, comes before it.
public enum CiSystem {
    GITHUB_ACTIONS("GitHub Actions", "GITHUB_ACTIONS", GithubActions::new),
    GITLAB_CI("GitLab CI", "GITLAB_CI", GitlabCi::new),
    AZURE_PIPELINES("Azure Pipelines", "TF_BUILD", AzurePipelines::new),
    BITBUCKET_PIPELINES("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", BitbucketPipelines::new),
    BUILDKITE("Buildkite", "BUILDKITE", Buildkite::new),
    CIRCLECI("CircleCI", "CIRCLECI", CircleCi::new),
    JENKINS("Jenkins", "JENKINS_URL", Jenkins::new),
    CODEBUILD("AWS CodeBuild", "CODEBUILD_BUILD_ID", CodeBuild::new),
    /// Any other, or none: nothing is known but what is given.
    OTHER("CI", "CI", UnknownCi::new);

    private final String title;
    private final String mark;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor, which has no state
    private final BiFunction<CiVariables, EventFile, CiVariableReader> reader;

    CiSystem(String title, String mark, Function<CiVariables, CiVariableReader> reader) {
        this(title, mark, (variables, _) -> reader.apply(variables));
    }

    CiSystem(
            String title,
            String mark,
            BiFunction<CiVariables, EventFile, CiVariableReader> reader) {
        this.title = title;
        this.mark = mark;
        this.reader = reader;
    }

    CiVariableReader reader(CiVariables variables, EventFile events) {
        return reader.apply(variables, events);
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
