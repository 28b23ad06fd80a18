package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.autoscaler.state.Journal;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/// Gives every pull request a run of its own, although a dbt job runs one run at a time.
///
/// ```java
/// var autoscaler = new Autoscaler(DbtCloudClient.fromEnvironment());
/// var outcome = autoscaler.triggerAutoscalingCiJob(1, 1, Map.of(
///         "cause", "Autoscaling CI",
///         "schema_override", "dbt_cloud_pr_1_50",
///         "github_pull_request_id", 50,
///         "git_sha", "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80"));
/// ```
///
/// Stale runs of the same pull request on the same base job, or on a clone of it, are cancelled. If
/// the job is busy with another pull request and the account has run slots left, the job is cloned
/// and the clone triggered, and deleted after its run. Otherwise the job itself is triggered.
///
/// Safe for use by one thread at a time, but for [#abandon].
public final class Autoscaler {

    private final DbtCloudClient client;
    private final SystemContext system;
    private final ProgressListener listener;
    private volatile @Nullable Halt current;

    /// Works with `client`, on this machine's clock, and says nothing.
    public Autoscaler(DbtCloudClient client) {
        this(client, SystemContext.real(), ProgressListener.none());
    }

    /// Works with `client` in `system` and tells `listener` what happens.
    public Autoscaler(DbtCloudClient client, SystemContext system, ProgressListener listener) {
        this.client = client;
        this.system = system;
        this.listener = listener;
    }

    /// Gives the pull request of `payload` its run, with the original tool's defaults: it returns
    /// once the run was triggered, unless a clone was needed, which is waited for and deleted.
    ///
    /// @param jobId the base job
    /// @param payload the fields of the platform's trigger endpoint as plain values; `cause` is
    ///   required
    /// @throws InvalidPayloadException before anything is sent
    /// @throws UnsuitableJobException before anything is written
    /// @throws DbtCloudException when the platform refuses or fails
    /// @throws InterruptedException when the thread is interrupted; the run goes on
    public Outcome triggerAutoscalingCiJob(long accountId, long jobId, Map<String, ?> payload)
            throws InterruptedException {
        return triggerAutoscalingCiJob(accountId, jobId, Payload.of(payload), Options.defaults());
    }

    /// Gives the pull request of `payload` its run.
    ///
    /// @param jobId the base job
    /// @throws UnsuitableJobException before anything is written
    /// @throws DbtCloudException when the platform refuses or fails
    /// @throws InterruptedException when the thread is interrupted; the run goes on
    public Outcome triggerAutoscalingCiJob(
            long accountId, long jobId, Payload payload, Options options)
            throws InterruptedException {
        try {
            Halt halt = halt(accountId);
            current = halt;
            return run(begin(accountId, jobId, payload, options, halt, Journal.none()));
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        } finally {
            current = null;
        }
    }

    private Outcome run(Reconciler reconciler) throws InterruptedException {
        ReconcilerState state = reconciler.initialState();
        try {
            while (true) {
                switch (reconciler.passOnce(state)) {
                    case Pass.Waiting(ReconcilerState next, Duration pause) -> {
                        state = next;
                        system.sleep(pause);
                    }
                    case Pass.Concluded(Outcome outcome) -> {
                        return outcome;
                    }
                }
            }
        } catch (DbtCloudException e) {
            reconciler.giveUp();
            throw e;
        }
    }

    /// What [#triggerAutoscalingCiJob] works with, for callers that do one pass at a time and keep
    /// the state between them, so that another process can go on. It has an
    /// [abandon][Reconciler#abandon] of its own.
    ///
    /// @param jobId the base job
    /// @param journal keeps the state before each write
    /// @throws UnsuitableJobException before anything is written
    /// @throws DbtCloudException when the platform refuses or fails
    public Reconciler reconciler(
            long accountId, long jobId, Payload payload, Options options, Journal journal) {
        return begin(accountId, jobId, payload, options, halt(accountId), journal);
    }

    /// What [#triggerAutoscalingCiJob] would do now. Writes nothing.
    public Plan plan(long accountId, long jobId, Payload payload, Options options) {
        return begin(accountId, jobId, payload, options, halt(accountId), Journal.none()).plan();
    }

    /// Triggers nothing any more, and asks the platform to cancel the run that is being waited for,
    /// if there is one; what waits for it goes on waiting. Meant for a process that has to stop,
    /// from another thread.
    ///
    /// Where the response to a trigger is outstanding it is waited for, 2.5 seconds at most. One
    /// that comes later has its run cancelled too, as long as the process lives.
    ///
    /// @return what came of it; `NO_RUN` also when nothing is going on
    /// @throws DbtCloudException when the platform refuses to be asked
    public Abandonment abandon() {
        Halt halt = current;
        return halt == null ? Abandonment.NO_RUN : halt.stop();
    }

    private Halt halt(long accountId) {
        return new Halt(system, new Canceller(client, accountId, listener));
    }

    private Reconciler begin(
            long accountId,
            long jobId,
            Payload payload,
            Options options,
            Halt halt,
            Journal journal) {
        ApiResponse<Job> answer = client.jobs().get(accountId, jobId, Include.ENVIRONMENT);
        Job base = answer.data();
        refuseUnsuitable(base);
        if (isOfProduction(base) && !options.allowProductionJob()) {
            throw new UnsuitableJobException(
                    "job %d is in an environment of type production: pull requests would build"
                                    .formatted(base.id())
                            + " there, and clones of it too. Name the CI job, in an environment of"
                            + " its own; --allow-production-job uses this one nevertheless");
        }
        JobWarning.of(base)
                .forEach(warning -> listener.onEvent(new Event.UnusualJob(base, warning)));
        if (payload.hasOddGitSha()) {
            listener.onEvent(new Event.OddGitSha(payload.gitSha().orElse("")));
        }
        if (payload.schema().isEmpty()) {
            listener.onEvent(new Event.NoSchema(base));
        }
        return new Reconciler(
                Invocation.of(client, system, listener, base, payload, options, halt, journal));
    }

    public static boolean isOfProduction(Job job) {
        return "production".equals(job.deploymentType());
    }

    public static void refuseUnsuitable(Job job) {
        if (job.isDeleted()) {
            throw new UnsuitableJobException(
                    "job " + job.id() + " is deleted; name the CI job that is in use");
        }
        CloneDefinition.markerOf(job)
                .ifPresent(marker -> {
                    throw new UnsuitableJobException(
                            "job %d is itself a clone of job %s; name that one"
                                    .formatted(job.id(), marker.base()));
                });
    }
}
