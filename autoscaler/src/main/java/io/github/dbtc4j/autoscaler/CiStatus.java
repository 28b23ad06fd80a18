package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.PlannerMapper;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What goes on at one moment: runs in progress, clones, run slots.
///
/// @param at by the platform's clock
/// @param runSlots how many the account has, null when that is not known
/// @param slotsInUse how many runs of the whole account take one
/// @param queued how many runs of the whole account are queued
/// @param runs those in progress, oldest first
/// @param clones by job id
public record CiStatus(
        Instant at,
        @Nullable Integer runSlots,
        long slotsInUse,
        long queued,
        List<ActiveRun> runs,
        List<CloneInspection> clones) {

    public CiStatus {
        runs = List.copyOf(runs);
        clones = List.copyOf(clones);
    }

    /// A run in progress.
    ///
    /// @param pullRequest null for a run that belongs to none
    /// @param base the job itself, or the job it is a clone of
    /// @param commit the commit as far as it is known, else null
    public record ActiveRun(
            Run run, @Nullable PullRequest pullRequest, JobId base, @Nullable String commit) {

        /// Whether it is a run of a clone.
        public boolean isOnClone() {
            return run.jobId() != base.value();
        }
    }

    /// Looks. Writes nothing.
    ///
    /// @param listener told when the account cannot be read
    /// @param baseJob only runs and clones of this job and its clones; null for all
    /// @throws DbtCloudException when the platform refuses or fails
    /// @throws InterruptedException when the thread is interrupted
    public static CiStatus look(
            DbtCloudClient client,
            SystemContext system,
            ProgressListener listener,
            long accountId,
            @Nullable Long baseJob)
            throws InterruptedException {
        try {
            Account account = account(client, listener, accountId);
            ApiResponse<List<Run>> answer = inProgress(client, accountId);
            List<CloneInspection> clones =
                    new Reaper(client, system, listener).inspect(accountId, baseJob);
            return new CiStatus(
                    Objects.requireNonNullElse(answer.serverTime(), system.now()),
                    account == null ? null : account.runSlots(),
                    slotsInUse(answer.data(), account),
                    answer.data().stream().filter(run -> run.status() == Known.QUEUED).count(),
                    answer.data().stream()
                            .map(run -> activity(run, clones))
                            .filter(run -> baseJob == null || run.base().value() == baseJob)
                            .toList(),
                    clones);
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    /// How many run slots of the account are taken.
    public static long slotsInUse(
            DbtCloudClient client, long accountId, @Nullable Account account) {
        return slotsInUse(inProgress(client, accountId).data(), account);
    }

    private static long slotsInUse(List<Run> runs, @Nullable Account account) {
        return runs.stream()
                .map(run -> observed(run, account))
                .filter(run -> run.status().isExecuting() && run.usesRunSlot())
                .count();
    }

    private static ApiResponse<List<Run>> inProgress(DbtCloudClient client, long accountId) {
        return client.runs()
                .list(
                        accountId,
                        RunQuery.all()
                                .statusIn(Known.QUEUED, Known.STARTING, Known.RUNNING)
                                .include(Include.TRIGGER, Include.JOB));
    }

    private static @Nullable Account account(
            DbtCloudClient client, ProgressListener listener, long accountId) {
        try {
            return client.accounts().get(accountId).data();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            listener.onEvent(new Event.AccountUnreadable(e));
            return null;
        }
    }

    private static ObservedRun observed(Run run, @Nullable Account account) {
        boolean ci = run.job() != null && "ci".equals(run.job().jobType());
        return PlannerMapper.observed(run, ci, account);
    }

    private static ActiveRun activity(Run run, List<CloneInspection> clones) {
        ObservedRun observed = PlannerMapper.observed(run, false, null);
        JobId base =
                clones.stream()
                        .filter(clone -> clone.job().value() == run.jobId())
                        .flatMap(clone -> Optional.ofNullable(clone.base()).stream())
                        .findFirst()
                        .orElseGet(() ->
                                observed.cloneOf() == null
                                        ? new JobId(run.jobId())
                                        : observed.cloneOf());
        String triggered = run.trigger() == null ? null : run.trigger().gitSha();
        return new ActiveRun(
                run, observed.pullRequest(), base, run.gitSha() == null ? triggered : run.gitSha());
    }
}
