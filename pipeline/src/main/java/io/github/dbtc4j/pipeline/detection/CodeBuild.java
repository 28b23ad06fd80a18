package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// AWS CodeBuild, for builds that a pull request's webhook started.
///
/// Variables: docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html.
/// `CODEBUILD_WEBHOOK_TRIGGER` is `pr/50`, and `CODEBUILD_RESOLVED_SOURCE_VERSION` the head's
/// commit unless the event is that the pull request was merged. Builds started otherwise, as by
/// CodePipeline or by an EventBridge rule for CodeCommit, have no webhook's variables. Nothing
/// tells whether the head is in a fork or a pull request a draft.
///
/// Builds are numbered for each project; a repetition gets a new number.
record CodeBuild(CiVariables variables) implements CiVariableReader {

    private static final String TRIGGER = "CODEBUILD_WEBHOOK_TRIGGER";
    private static final String EVENT = "CODEBUILD_WEBHOOK_EVENT";
    private static final String URL = "CODEBUILD_SOURCE_REPO_URL";
    private static final String ARN = "CODEBUILD_BUILD_ARN";
    private static final String OF_PULL_REQUEST = "pr/";
    private static final Set<String> CLOSED = Set.of("PULL_REQUEST_MERGED", "PULL_REQUEST_CLOSED");

    @Override
    public PullRequest pullRequest() {
        String trigger = variables.optional(TRIGGER);
        if (trigger == null || !trigger.startsWith(OF_PULL_REQUEST)) {
            throw outside();
        }
        long number = variables.number(TRIGGER, trigger.substring(OF_PULL_REQUEST.length()));
        String url = variables.required(URL, "say which pull request with --pull-request");
        Provider provider =
                RemoteUrl.provider(url).orElseThrow(() -> variables.unknownHost(URL, number));
        return new PullRequest(provider, number);
    }

    @Override
    public void refuseClosed() {
        String event = variables.optional(EVENT);
        if (event != null && CLOSED.contains(event)) {
            throw variables.refusal(EVENT, "The pull request is closed, nothing is left to build.");
        }
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(
                TRIGGER,
                "Start the project by a webhook for PULL_REQUEST_CREATED and PULL_REQUEST_UPDATED");
    }

    @Override
    public void refuseFork() {}

    @Override
    public String commit() {
        refuseClosed();
        return variables.commit("CODEBUILD_RESOLVED_SOURCE_VERSION");
    }

    /// The ARN ends in the project and, behind a colon, the build.
    @Override
    public Sequence sequence() {
        return variables.sequence(
                "CODEBUILD_BUILD_NUMBER",
                null,
                "codebuild/" + variables.scopePart(ARN).replaceFirst(":[^:]*$", ""));
    }

    @Override
    public @Nullable String repository() {
        String url = variables.optional(URL);
        return url == null ? null : RemoteUrl.repository(url);
    }

    @Override
    public @Nullable String headBranch() {
        return variables.branch("CODEBUILD_WEBHOOK_HEAD_REF");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.branch("CODEBUILD_WEBHOOK_BASE_REF");
    }
}
