package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/// Jenkins, for multibranch pipelines of the GitHub, GitLab, Bitbucket and Azure DevOps branch
/// sources.
///
/// `CHANGE_ID` and its like are those of the Branch API plugin (jenkinsci/branch-api-plugin,
/// `BranchNameContributor/buildEnv.properties`). The branch sources merge the target into the head
/// by default, and `GIT_COMMIT` is then a commit that exists in Jenkins only (JENKINS-56341). No
/// variable tells whether they did, but for the name of the branch where both ways are built,
/// `PR-50-head` and `PR-50-merge` (jenkinsci/github-branch-source-plugin, `GitHubSCMSource`). So
/// `GIT_COMMIT` is believed for `-head` alone. The head itself is what the plugin fetched as
/// `refs/remotes/origin/$BRANCH_NAME` (`GitHubSCMBuilder`). Nothing tells whether a pull request is
/// a draft.
///
/// Builds are numbered for each pull request; a repetition gets a new number.
record Jenkins(CiVariables variables) implements CiVariableReader {

    private static final String NUMBER = "CHANGE_ID";
    private static final String URL = "CHANGE_URL";
    private static final String FORK = "CHANGE_FORK";
    private static final String BRANCH = "BRANCH_NAME";
    private static final Pattern HEAD = Pattern.compile("[A-Z]{2}-[0-9]+-head");

    @Override
    public PullRequest pullRequest() {
        if (variables.optional(NUMBER) == null) {
            throw outside();
        }
        long number = variables.number(NUMBER, variables.optional(NUMBER));
        Provider provider =
                url().map(url -> url.pullRequest().provider())
                        .orElseThrow(() -> variables.unknownHost(URL, number));
        return new PullRequest(provider, number);
    }

    private Optional<PullRequestUrl> url() {
        return Optional.ofNullable(variables.optional(URL)).flatMap(PullRequestUrl::parse);
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(
                NUMBER, "Let the stage run in a multibranch pipeline when { changeRequest() }");
    }

    @Override
    public void refuseFork() {
        if (variables.optional(FORK) != null) {
            throw variables.fork(FORK);
        }
    }

    @Override
    public String commit() {
        String branch = variables.optional(BRANCH);
        if (branch != null && HEAD.matcher(branch).matches()) {
            return variables.commit("GIT_COMMIT");
        }
        throw variables.refusal(
                BRANCH,
                "GIT_COMMIT may be the commit of a merge that only Jenkins has, and no variable"
                        + " tells the head's. Give it: --git-sha=\"$(git rev-parse"
                        + " refs/remotes/origin/$BRANCH_NAME)\".");
    }

    @Override
    public Sequence sequence() {
        return variables.sequence(
                "BUILD_NUMBER", null, "jenkins/" + variables.scopePart("JOB_NAME"));
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
        return variables.optional("CHANGE_BRANCH");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.optional("CHANGE_TARGET");
    }
}
