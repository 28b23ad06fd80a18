package io.github.dbtc4j.autoscaler.event;

import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.RetryDetails;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// Something that happened while a pull request was given its run, as data; sentences are made of
/// it where a person reads it.
public sealed interface Event {

    /// The base job is unusual.
    record UnusualJob(Job base, JobWarning consideration) implements Event {}

    /// The payload's commit does not look like one.
    record OddGitSha(String gitSha) implements Event {}

    /// The payload names no schema: unless a macro parts them, pull requests share one.
    record NoSchema(Job base) implements Event {}

    /// It was decided what to do. Told again whenever the plan changes.
    record Decided(Plan plan) implements Event {}

    /// The platform was asked to cancel a run.
    record CancelRequested(RunId run) implements Event {}

    /// The platform would not take the request to cancel a run.
    record CancelFailed(RunId run, DbtCloudException error) implements Event {}

    /// The base job was cloned.
    record CloneCreated(Job job) implements Event {}

    /// The platform refuses a clone with the base job's cost optimisation: clones go without.
    record CostOptimizationLeftOut(DbtCloudException error) implements Event {}

    /// The platform would not create a clone, or not with the base job's variables: the run queues
    /// on the base job.
    record CloneRefused(DbtCloudException error) implements Event {}

    /// Job-level environment variable overrides were copied to the clone.
    record OverridesCopied(JobId job, List<String> names) implements Event {}

    /// These overrides are secrets, whose values the platform masks: the clone goes without.
    record SecretsLeftOut(JobId job, List<String> names) implements Event {}

    /// The token may not read the job-level environment variable overrides: a clone goes without.
    record OverridesUnreadable(JobId base, DbtCloudException error) implements Event {}

    /// The token may not read the account: the number of run slots and the plan are unknown.
    record AccountUnreadable(DbtCloudException error) implements Event {}

    /// The response to a write was lost: it is looked for before it is sent again.
    record WriteUnconfirmed(UnconfirmedWrite lost, DbtCloudException error) implements Event {}

    /// The process that sent `write` ended before it knew the response; another one has taken over
    /// and looks for what became of it.
    record WriteInterrupted(UnconfirmedWrite write) implements Event {}

    /// What a lost write did was found: a run.
    record RunFound(RunId run) implements Event {}

    /// What a lost write did was found: a clone.
    record CloneFound(JobId job) implements Event {}

    /// A run was triggered.
    record RunTriggered(Run run) implements Event {}

    /// The invocation waits for the run's end although it was not asked to, to delete the clone.
    record CloneAwaited(JobId job) implements Event {}

    /// Another deleted the lane a run was meant for; the run is planned again.
    record LaneGone(JobId job) implements Event {}

    /// The run was looked at.
    ///
    /// @param elapsed since the invocation began
    record Progress(Run run, Duration elapsed) implements Event {}

    /// The run failed and is to be retried in a while.
    ///
    /// @param left how many retries are left, this one included
    record RetryAhead(Run run, Duration delay, int left) implements Event {}

    /// The platform is about to be asked to retry a run from where it failed.
    ///
    /// @param details where that is, null when the platform does not say
    record Retrying(Run run, @Nullable RetryDetails details) implements Event {}

    /// The run is not retried: the platform says beforehand that it would not.
    ///
    /// @param reason in the platform's word, such as `RETRY_NOT_LATEST_RUN`; may be empty
    record NotRetried(Run run, String reason) implements Event {}

    /// The platform was asked to retry the run and would not.
    record RetryRefused(Run run, DbtCloudException error) implements Event {}

    /// The clone was deleted.
    record CloneDeleted(JobId job) implements Event {}

    /// The clone was not deleted.
    record CloneKept(JobId job, String why) implements Event {}

    /// A clone that no pipeline needed any more was deleted. Any pipeline may have made it.
    ///
    /// @param evidence as it was seen last
    /// @param ttl for how long clones may be idle
    record CloneReaped(CloneInspection evidence, Duration ttl) implements Event {}

    /// Clones that no pipeline needs any more could not be looked for.
    record ReapFailed(DbtCloudException error) implements Event {}
}
