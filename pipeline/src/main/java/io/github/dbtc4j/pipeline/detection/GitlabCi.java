package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// GitLab CI, for merge request pipelines, whose variables
/// docs.gitlab.com/ci/variables/predefined_variables lists.
///
/// In merged results pipelines and merge trains `CI_COMMIT_SHA` is the commit of a merge, and
/// `CI_MERGE_REQUEST_SOURCE_BRANCH_SHA` the head's; in all others that one is empty and
/// `CI_COMMIT_SHA` is the head's. `CI_MERGE_REQUEST_DRAFT` came with GitLab 17.10.
///
/// `CI_PIPELINE_IID` counts the pipelines of a project. Retrying a job keeps it, so that the job's
/// own id is the attempt.
record GitlabCi(CiVariables variables) implements CiVariableReader {

    private static final String NUMBER = "CI_MERGE_REQUEST_IID";
    private static final String SOURCE = "CI_MERGE_REQUEST_SOURCE_PROJECT_ID";
    private static final String TARGET = "CI_MERGE_REQUEST_PROJECT_ID";
    private static final String HEAD = "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA";
    private static final String TYPE = "CI_MERGE_REQUEST_EVENT_TYPE";
    private static final String DRAFT = "CI_MERGE_REQUEST_DRAFT";
    private static final Set<String> MERGING = Set.of("merged_result", "merge_train");

    @Override
    public PullRequest pullRequest() {
        if (variables.optional(NUMBER) == null) {
            throw outside();
        }
        return variables.pullRequest(Provider.GITLAB, NUMBER);
    }

    private UnsupportedPipelineException outside() {
        String source = variables.optional("CI_PIPELINE_SOURCE");
        return variables.outside(
                NUMBER,
                "Let the job run only if CI_PIPELINE_SOURCE is merge_request_event"
                        + (source == null ? "" : ", not " + Shown.of(source)));
    }

    @Override
    public void refuseFork() {
        if (variables.optional(NUMBER) == null) {
            return;
        }
        String otherwise = "run dbtc ci run in a pipeline of the project itself";
        String target = variables.required(TARGET, otherwise);
        if (!variables.required(SOURCE, otherwise).equals(target)) {
            throw variables.fork(SOURCE);
        }
    }

    @Override
    public @Nullable UnsupportedPipelineException draft() {
        return variables.is(DRAFT, "true") ? variables.draft(DRAFT) : null;
    }

    @Override
    public String commit() {
        if (variables.optional(HEAD) != null) {
            return variables.commit(HEAD);
        }
        if (variables.optional(NUMBER) == null) {
            throw outside();
        }
        String type = variables.optional(TYPE);
        if (type != null && MERGING.contains(type)) {
            throw variables.refusal(
                    HEAD,
                    "In a %s pipeline CI_COMMIT_SHA is the commit of a merge. Give the head's with"
                                    .formatted(type)
                            + " --git-sha.");
        }
        return variables.commit("CI_COMMIT_SHA");
    }

    @Override
    public Sequence sequence() {
        return variables.sequence(
                "CI_PIPELINE_IID", "CI_JOB_ID", "gitlab/" + variables.scopePart("CI_PROJECT_PATH"));
    }

    @Override
    public @Nullable String repository() {
        return variables.optional("CI_PROJECT_PATH");
    }

    @Override
    public @Nullable String page() {
        String project = variables.optional("CI_MERGE_REQUEST_PROJECT_URL");
        return project == null ? null : project + "/-/merge_requests/" + pullRequest().number();
    }

    @Override
    public @Nullable String headBranch() {
        return variables.optional("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.optional("CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
    }
}
