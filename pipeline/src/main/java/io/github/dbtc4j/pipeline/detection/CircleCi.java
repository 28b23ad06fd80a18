package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// CircleCI, for branches with one pull request.
///
/// Variables: circleci.com/docs/reference/variables. `CIRCLE_PULL_REQUEST` is set for projects
/// connected by OAuth (GitHub, Bitbucket), not for those of the GitHub App; with several pull
/// requests it is any one of them. `CIRCLE_PR_NUMBER` is set for forks only. Nothing tells whether
/// a pull request is a draft.
///
/// No variable numbers the pipelines. `CIRCLE_BUILD_NUM` numbers jobs as they start: a job of an
/// older pipeline that was held up has the greater one, so that it would tell less than the time.
/// The configuration can pass the number on: `--sequence=<< pipeline.number >>.$CIRCLE_BUILD_NUM`.
record CircleCi(CiVariables variables) implements CiVariableReader {

    private static final String URL = "CIRCLE_PULL_REQUEST";
    private static final String URLS = "CIRCLE_PULL_REQUESTS";
    private static final String FORK = "CIRCLE_PR_NUMBER";

    @Override
    public PullRequest pullRequest() {
        if (variables.optional(URL) == null) {
            throw outside();
        }
        String all = variables.optional(URLS);
        if (all != null && all.contains(",")) {
            throw variables.refusal(
                    URLS,
                    "The branch has several pull requests, and CircleCI does not tell for which one"
                            + " this is. Close all but one, or say which with --pull-request.");
        }
        return url().map(PullRequestUrl::pullRequest)
                .orElseThrow(() ->
                        variables.refusal(
                                URL,
                                "Expected the address of a pull request, such as"
                                        + " https://github.com/OWNER/REPOSITORY/pull/50. Say which"
                                        + " with --pull-request."));
    }

    private Optional<PullRequestUrl> url() {
        return Optional.ofNullable(variables.optional(URL)).flatMap(PullRequestUrl::parse);
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(
                URL,
                "Build branches with an open pull request only (with CircleCI's GitHub App, pass"
                    + " --pull-request=github:<< pipeline.event.github.pull_request.number >>)");
    }

    @Override
    public void refuseFork() {
        if (variables.optional(FORK) != null) {
            throw variables.fork(FORK);
        }
    }

    /// What was pushed: CircleCI merges nothing.
    @Override
    public String commit() {
        return variables.commit("CIRCLE_SHA1");
    }

    @Override
    public @Nullable String repository() {
        return url().map(PullRequestUrl::repository).orElse(null);
    }

    @Override
    public @Nullable String page() {
        return variables.optional(URL);
    }

    @Override
    public @Nullable String headBranch() {
        return variables.optional("CIRCLE_BRANCH");
    }
}
