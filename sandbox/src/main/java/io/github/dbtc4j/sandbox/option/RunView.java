package io.github.dbtc4j.sandbox.option;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// A run as it truly was at one moment.
///
/// @param causeCategory `api`, `scheduled`, `ui`, `rerun` or `job completion`
/// @param gitSha what the trigger asked for, or null
/// @param pullRequest the trigger's pull request id by its field name, such as
///   `github_pull_request_id`; empty for a run without one
/// @param variables the job's own values of environment variables when it was queued, secrets as
///   they are
/// @param commit what was checked out, null before that
/// @param status 1, 2, 3, 10, 20 or 30
/// @param usesSlot whether it takes a run slot while starting and running
/// @param createdAt when it was queued
/// @param dequeuedAt when it left the queue, or null
/// @param startedAt when it began to execute, or null
/// @param finishedAt when it ended, or null
/// @param cancelledBy who cancelled it, or null
public record RunView(
        long id,
        long jobId,
        String jobName,
        long projectId,
        String projectName,
        long environmentId,
        String environmentName,
        String dbtVersion,
        String cause,
        String causeCategory,
        @Nullable String gitSha,
        @Nullable String gitBranch,
        Map<String, Long> pullRequest,
        @Nullable String schemaOverride,
        Map<String, String> variables,
        @Nullable String commit,
        int status,
        @Nullable String statusMessage,
        boolean usesSlot,
        Instant createdAt,
        @Nullable Instant dequeuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Actor cancelledBy) {

    /// Whether it has ended.
    public boolean isTerminal() {
        return status >= 10;
    }
}
