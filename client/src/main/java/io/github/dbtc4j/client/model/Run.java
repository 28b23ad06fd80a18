package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One run of a job.
///
/// What is only sent on request ([Include]) is null, or an empty list, without it.
///
/// @param jobId the job it is a run of (`job_definition_id`)
/// @param environmentId or null
/// @param statusMessage why it failed or was cancelled, or null
/// @param gitSha the commit that was checked out; null until then, see [Trigger#gitSha]
/// @param gitBranch the branch that was checked out, or null
/// @param blockedBy the runs of the same job this queued one waits for
/// @param createdAt when it was triggered, by the platform's clock
/// @param dequeuedAt when it left the queue, or null
/// @param startedAt when it began to execute, or null
/// @param finishedAt when it ended, or null
/// @param trigger what it was triggered with, or null
/// @param job its job, or null
/// @param cancellation who cancelled it, or null
/// @param steps by index; empty also for a run that failed before its first step
/// @param href its page for people, or null; shown, never fetched
/// @param canRetry whether the platform would retry it from the failed step
/// @param retryNotSupportedReason such as `RETRY_NOT_FAILED_RUN`, or null
/// @param fields everything the platform sent, in its order, unmodifiable
public record Run(
        long id,
        long accountId,
        long jobId,
        long projectId,
        @Nullable Long environmentId,
        RunStatus status,
        @Nullable String statusMessage,
        @Nullable String gitSha,
        @Nullable String gitBranch,
        List<Long> blockedBy,
        Instant createdAt,
        @Nullable Instant dequeuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Trigger trigger,
        @Nullable Job job,
        @Nullable Cancellation cancellation,
        List<RunStep> steps,
        @Nullable String href,
        boolean canRetry,
        @Nullable String retryNotSupportedReason,
        Map<String, @Nullable Object> fields) {

    /// Reads the object the platform sends for a run.
    ///
    /// @throws IllegalArgumentException when an id, the status or `created_at` is missing, or a
    ///   field has the wrong type
    public static Run of(Map<String, @Nullable Object> fields) {
        return of(Fields.of("run", fields));
    }

    public static Run of(Fields run) {
        return new Run(
                run.number("id"),
                run.number("account_id"),
                run.number("job_definition_id"),
                run.number("project_id"),
                run.numberOrNull("environment_id"),
                RunStatus.of(run.integer("status")),
                run.textOrNull("status_message"),
                run.textOrNull("git_sha"),
                run.textOrNull("git_branch"),
                run.numbers("blocked_by"),
                run.parsed("created_at", Timestamps::read),
                run.parsedOrNull("dequeued_at", Timestamps::read),
                run.parsedOrNull("started_at", Timestamps::read),
                run.parsedOrNull("finished_at", Timestamps::read),
                run.object("trigger", Trigger::of),
                run.object("job", Job::of),
                cancellation(run),
                run.objects("run_steps", RunStep::of),
                run.textOrNull("href"),
                run.flag("can_retry"),
                run.textOrNull("retry_not_supported_reason"),
                run.all());
    }

    private static @Nullable Cancellation cancellation(Fields run) {
        Fields audit = run.object("audit", fields -> fields);
        return audit == null ? null : audit.object("cancellation", Cancellation::of);
    }
}
