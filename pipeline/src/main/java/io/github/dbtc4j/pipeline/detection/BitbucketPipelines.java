package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// Bitbucket Pipelines, for what `pull-requests:` starts.
///
/// Variables: support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets. Such a pipeline
/// runs only for pull requests from within the repository and merges the destination into the
/// source first (support.atlassian.com/bitbucket-cloud/docs/pipeline-start-conditions), but
/// `BITBUCKET_COMMIT` remains the source's. It may have but 12 digits (jira.atlassian.com,
/// BCLOUD-19393). Nothing tells whether a pull request is a draft.
///
/// A repeated step keeps the build's number.
record BitbucketPipelines(CiVariables variables) implements CiVariableReader {

    private static final String NUMBER = "BITBUCKET_PR_ID";
    private static final String NAME = "BITBUCKET_REPO_FULL_NAME";
    private static final Pattern SHORTENED_COMMIT = Pattern.compile("[0-9a-fA-F]{12,64}");

    @Override
    public PullRequest pullRequest() {
        if (variables.optional(NUMBER) == null) {
            throw outside();
        }
        return variables.pullRequest(Provider.NON_NATIVE, NUMBER);
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(
                NUMBER, "Put the step under pull-requests: in bitbucket-pipelines.yml");
    }

    @Override
    public void refuseFork() {}

    @Override
    public String commit() {
        if (variables.optional(NUMBER) == null) {
            throw outside();
        }
        return variables.commit(
                "BITBUCKET_COMMIT",
                SHORTENED_COMMIT,
                "the hash of a commit, 12 to 64 hexadecimal digits");
    }

    @Override
    public Sequence sequence() {
        return variables.sequence(
                "BITBUCKET_BUILD_NUMBER",
                "BITBUCKET_STEP_RUN_NUMBER",
                "bitbucket/" + variables.scopePart(NAME));
    }

    @Override
    public @Nullable String repository() {
        return variables.optional(NAME);
    }

    @Override
    public @Nullable String page() {
        return repository() == null
                ? null
                : "https://bitbucket.org/%s/pull-requests/%d"
                        .formatted(repository(), pullRequest().number());
    }

    @Override
    public @Nullable String headBranch() {
        return variables.optional("BITBUCKET_BRANCH");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.optional("BITBUCKET_PR_DESTINATION_BRANCH");
    }
}
