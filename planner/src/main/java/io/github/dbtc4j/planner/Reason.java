package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Why a plan is what it is, as data; sentences are made of it where a person reads it.
public sealed interface Reason {

    /// An older run of this pull request is in progress.
    ///
    /// @param sameCommit whether it builds the same commit, of an earlier attempt
    record StaleRun(RunId run, JobId job, boolean sameCommit) implements Reason {}

    /// No unrelated run is active on the base job.
    record BaseIdle(JobId base) implements Reason {}

    /// The base job is busy.
    ///
    /// @param run the run that keeps it busy, the oldest of several
    /// @param pullRequest whose run it is, null for a run of no pull request
    record BaseBusy(JobId base, RunId run, @Nullable PullRequest pullRequest) implements Reason {}

    /// Run slots are left.
    record SlotsFree(long used, int runSlots) implements Reason {}

    /// All run slots are taken.
    record SlotsExhausted(long used, int runSlots) implements Reason {}

    /// The number of run slots is unknown, so it limits nothing.
    record SlotsUnknown() implements Reason {}

    /// As many lanes of the base job are busy as the user allows.
    record CapReached(long busy, int maxRunSlots) implements Reason {}

    /// The platform itself runs this job's pull requests concurrently.
    record PlatformRunsConcurrently(JobId base) implements Reason {}

    /// The user wants the base job triggered even while it is busy.
    record NativeForced(JobId base) implements Reason {}

    /// No clone could carry these secret overrides, whose values the platform masks.
    record SecretsNotClonable(List<String> names) implements Reason {
        public SecretsNotClonable {
            names = List.copyOf(names);
        }
    }

    /// Another pull request's run builds into the schema that the payload names.
    ///
    /// @param run the run that does, the oldest of several
    /// @param pullRequest whose run it is, null for a run of no pull request
    record SchemaShared(String schema, RunId run, @Nullable PullRequest pullRequest)
            implements Reason {}

    /// The platform would not create a clone.
    record CloneRefused() implements Reason {}

    /// This pull request has a clone already.
    record CloneExists(JobId job) implements Reason {}

    /// The own run is queued behind another pull request's although a run slot is free.
    record SlotFreed(RunId run, RunId behind) implements Reason {}

    /// The clone was deleted under the own run.
    record LaneDeleted(JobId job) implements Reason {}

    /// A newer run of this pull request exists.
    record NewerRun(RunId run) implements Reason {}

    /// A run of another invocation builds the same commit: its result is this commit's.
    record SameCommit(RunId run) implements Reason {}

    /// The own run and `by`, for the same pull request or into the same schema, executed at the
    /// same time: what was built is not what the commit says.
    record Conflict(RunId run, RunId by) implements Reason {}

    /// The pull request's clone is of an outdated base job.
    record CloneOutdated(JobId job) implements Reason {}

    /// The pull request always gets its own clone.
    record LanesDedicated() implements Reason {}
}
