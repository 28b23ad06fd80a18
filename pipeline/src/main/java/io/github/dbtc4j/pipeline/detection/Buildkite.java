package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

/// Buildkite, for builds that a pull request's webhook started.
///
/// Variables: buildkite.com/docs/pipelines/configure/environment-variables.
/// `BUILDKITE_PULL_REQUEST` is `false` outside a pull request, `BUILDKITE_COMMIT` is `HEAD` for a
/// build that was started without naming a commit, and `BUILDKITE_PULL_REQUEST_DRAFT` is there for
/// drafts only.
///
/// A retried job keeps the build's number.
record Buildkite(CiVariables variables) implements CiVariableReader {

    private static final String NUMBER = "BUILDKITE_PULL_REQUEST";
    private static final String HOST = "BUILDKITE_PIPELINE_PROVIDER";
    private static final String HEAD = "BUILDKITE_PULL_REQUEST_REPO";
    private static final String BASE = "BUILDKITE_REPO";
    private static final String DRAFT = "BUILDKITE_PULL_REQUEST_DRAFT";

    @Override
    public PullRequest pullRequest() {
        if (!isOfPullRequest()) {
            throw outside();
        }
        long number = variables.number(NUMBER, variables.optional(NUMBER));
        String host = variables.required(HOST, "say which pull request with --pull-request");
        Provider provider =
                RemoteUrl.hostNamed(host).orElseThrow(() -> variables.unknownHost(HOST, number));
        return new PullRequest(provider, number);
    }

    private boolean isOfPullRequest() {
        return variables.optional(NUMBER) != null && !variables.is(NUMBER, "false");
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(NUMBER, "Let the step run if build.pull_request.id is there");
    }

    @Override
    public void refuseFork() {
        if (!isOfPullRequest()) {
            return;
        }
        String otherwise = "leave its value as Buildkite sets it";
        String base = RemoteUrl.repository(variables.required(BASE, otherwise));
        if (!RemoteUrl.repository(variables.required(HEAD, otherwise)).equalsIgnoreCase(base)) {
            throw variables.fork(HEAD);
        }
    }

    @Override
    public @Nullable UnsupportedPipelineException draft() {
        return variables.is(DRAFT, "true") ? variables.draft(DRAFT) : null;
    }

    @Override
    public String commit() {
        if (!isOfPullRequest()) {
            throw outside();
        }
        return variables.commit("BUILDKITE_COMMIT");
    }

    @Override
    public Sequence sequence() {
        return variables.sequence(
                "BUILDKITE_BUILD_NUMBER",
                "BUILDKITE_RETRY_COUNT",
                "buildkite/%s/%s"
                        .formatted(
                                variables.scopePart("BUILDKITE_ORGANIZATION_SLUG"),
                                variables.scopePart("BUILDKITE_PIPELINE_SLUG")));
    }

    @Override
    public @Nullable String repository() {
        String base = variables.optional(BASE);
        return base == null ? null : RemoteUrl.repository(base);
    }

    @Override
    public @Nullable String headBranch() {
        return variables.optional("BUILDKITE_BRANCH");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.optional("BUILDKITE_PULL_REQUEST_BASE_BRANCH");
    }
}
