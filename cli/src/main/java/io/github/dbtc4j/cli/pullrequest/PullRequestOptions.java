package io.github.dbtc4j.cli.pullrequest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// Whether a pull request shows how its build goes.
public final class PullRequestOptions {

    @Option(
            names = "--commit-status",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_COMMIT_STATUS",
            description =
                    "Show the build beside the commit, as the status \"dbt/JOB NAME\" that leads to"
                            + " the dbt run. Takes the CI system's token for the git host, or"
                            + " DBTC_GIT_TOKEN [env: DBTC_COMMIT_STATUS].")
    boolean commitStatus;

    @Option(
            names = "--status-context",
            paramLabel = "NAME",
            descriptionKey = "DBTC_STATUS_CONTEXT",
            description =
                    "The status's name in place of \"dbt/JOB NAME\": give each its own where jobs"
                            + " of one name build the same repository [env: DBTC_STATUS_CONTEXT].")
    @Nullable String context;

    @Option(
            names = "--comment",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_COMMENT",
            description =
                    "Keep one comment on the pull request up to date: how the build ended, what"
                            + " failed and where. Takes the same token [env: DBTC_COMMENT].")
    boolean comment;

    @Option(
            names = "--git-api",
            paramLabel = "URL",
            descriptionKey = "DBTC_GIT_API",
            description =
                    "The address of the git host's API, where the CI system does not tell:"
                            + " https://git.example.com/api/v1 [env: DBTC_GIT_API].")
    @Nullable String api;

    @Option(
            names = "--git-repository",
            paramLabel = "PATH",
            descriptionKey = "DBTC_GIT_REPOSITORY",
            description =
                    "The repository at the git host, where the CI system does not tell:"
                            + " acme/jaffle-shop [env: DBTC_GIT_REPOSITORY].")
    @Nullable String repository;

    /// Whether a pull request shows anything.
    boolean any() {
        return commitStatus || comment;
    }
}
