package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the environment of a pipeline says about its pull request.
public sealed interface Detection {

    /// A pipeline of a pull request whose head is in the repository itself, or of a merge queue's
    /// group.
    ///
    /// @param repository as the CI system names it; null when it does not
    /// @param pullRequest of a group the last one
    /// @param mergeGroup whether it is of a merge queue's group
    /// @param commit the last one of the head branch, never the one of a merge with the base
    ///   branch; of a group the one that is to be merged: 40 or 64 hexadecimal digits, on Bitbucket
    ///   12 or more; unchecked when it was [given][Given]
    /// @param headBranch null when unknown. Its name is chosen by the author of the pull request:
    ///   escape it for wherever it goes
    /// @param baseBranch null when unknown; escape it likewise
    /// @param draft false too when the CI system does not tell
    /// @param page where people read the pull request; null when unknown. Unchecked
    /// @param sequence null when the CI system's variables do not number its pipelines
    record Found(
            CiSystem system,
            @Nullable String repository,
            PullRequest pullRequest,
            boolean mergeGroup,
            String commit,
            @Nullable String headBranch,
            @Nullable String baseBranch,
            boolean draft,
            @Nullable String page,
            @Nullable Sequence sequence)
            implements Detection {

        private static final int SHORT_COMMIT = 12;

        /// Why the run happens: `GitHub Actions: pull request 50, commit 1f3a6c0b9d2e`. Nothing
        /// that the author of a pull request can choose is in it.
        public String cause() {
            return "%s: %s%s %d, commit %s"
                    .formatted(
                            system.title(),
                            mergeGroup ? "merge group of " : "",
                            pullRequest.provider() == Provider.GITLAB
                                    ? "merge request"
                                    : "pull request",
                            pullRequest.number(),
                            commit.substring(0, Math.min(SHORT_COMMIT, commit.length())));
        }

        /// The fields to trigger a run with: `cause`, `git_sha`, `schema_override` and the pull
        /// request's number under its provider's name.
        ///
        /// @param schemaPrefix see [PullRequestSchema]
        public Map<String, Object> payload(JobId base, String schemaPrefix) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("cause", cause());
            fields.put("git_sha", commit);
            fields.put(
                    "schema_override",
                    mergeGroup
                            ? PullRequestSchema.ofMergeGroup(schemaPrefix, base, pullRequest)
                            : PullRequestSchema.of(schemaPrefix, base, pullRequest));
            fields.put(pullRequest.provider().field(), pullRequest.number());
            return fields;
        }
    }

    /// No pipeline to build a pull request for.
    ///
    /// @param variable what was looked at
    /// @param message what it holds, why that does not do, and what to do next. On one line,
    ///   without control characters or the beginnings of a CI system's commands, even if the
    ///   variable holds some
    record Refused(String variable, String message) implements Detection, Identity {}

    /// Which pull request a pipeline is of, and nothing else: cleaning up after one needs no
    /// commit, and may be for a draft or a fork's head.
    sealed interface Identity permits Identified, Refused {}

    /// A pipeline of a pull request.
    record Identified(CiSystem system, PullRequest pullRequest) implements Identity {}

    /// Looks only for the pull request.
    ///
    /// @param environment the variables of the process
    /// @param events reads what GitHub Actions left in a file
    static Identity identify(Map<String, String> environment, EventFile events) {
        CiVariableReader reader = reader(environment, events);
        try {
            return new Identified(reader.system(), reader.pullRequest());
        } catch (UnsupportedPipelineException e) {
            return e.refused();
        }
    }

    /// Whether the head is in a fork, as far as the environment tells.
    ///
    /// @param environment the variables of the process
    /// @param events reads what GitHub Actions left in a file
    static boolean isOfFork(Map<String, String> environment, EventFile events) {
        try {
            reader(environment, events).refuseFork();
            return false;
        } catch (UnsupportedPipelineException e) {
            return e.refused().message().endsWith(CiVariables.fork());
        }
    }

    /// Looks at the environment of a pipeline.
    ///
    /// @param environment the variables of the process
    /// @param events reads what GitHub Actions left in a file
    /// @param given what need not be looked for
    static Detection of(Map<String, String> environment, EventFile events, Given given) {
        CiVariableReader reader = reader(environment, events);
        try {
            PullRequest pullRequest =
                    given.pullRequest() != null ? given.pullRequest() : open(reader);
            reader.refuseFork();
            boolean draft = isDraft(reader, given);
            String commit = given.commit() != null ? given.commit() : reader.commit();
            Sequence sequence = given.sequence() != null ? given.sequence() : reader.sequence();
            return new Found(
                    reader.system(),
                    reader.repository(),
                    pullRequest,
                    reader.isMergeGroup(),
                    commit,
                    reader.headBranch(),
                    reader.baseBranch(),
                    draft,
                    given.pullRequest() == null ? reader.page() : null,
                    sequence);
        } catch (UnsupportedPipelineException e) {
            return e.refused();
        }
    }

    private static PullRequest open(CiVariableReader reader) {
        PullRequest pullRequest = reader.pullRequest();
        reader.refuseClosed();
        return pullRequest;
    }

    private static boolean isDraft(CiVariableReader reader, Given given) {
        UnsupportedPipelineException draft = reader.draft();
        if (draft != null && !given.drafts()) {
            throw draft;
        }
        return draft != null;
    }

    private static CiVariableReader reader(Map<String, String> environment, EventFile events) {
        for (CiSystem system : CiSystem.values()) {
            var variables = new CiVariables(system, environment);
            if (variables.optional(system.mark()) != null || system == CiSystem.OTHER) {
                return system.reader(variables, events);
            }
        }
        throw new IllegalStateException("every environment is that of some system");
    }
}
