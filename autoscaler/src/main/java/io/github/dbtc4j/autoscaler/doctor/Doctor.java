package io.github.dbtc4j.autoscaler.doctor;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.CiStatus;
import io.github.dbtc4j.autoscaler.UnsuitableJobException;
import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.PlannerMapper;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.access.TokenKind;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Looks whether everything is as autoscaling CI needs it, and which mode applies. Sends nothing
/// but `GET`.
public final class Doctor {

    /// A clock that is wrong by less does not show in anything people read.
    private static final Duration UNNOTICED_SKEW = Duration.ofSeconds(30);

    /// More CI jobs than that are not worth reading.
    private static final int MOST_SHOWN = 20;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final long accountId;
    private final @Nullable Long jobId;
    private final Duration ttl;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Instant serverTime;
    private Duration dateIsBehind = Duration.ZERO;
    private @Nullable Instant readAt;
    private boolean refused;

    private Doctor(
            DbtCloudClient client,
            SystemContext system,
            long accountId,
            @Nullable Long jobId,
            Duration ttl) {
        this.client = client;
        this.system = system;
        this.accountId = accountId;
        this.jobId = jobId;
        this.ttl = ttl;
    }

    /// Looks.
    ///
    /// @param system whose clock is compared with the platform's
    /// @param jobId the base job, null to leave it out
    /// @param ttl for how long a clone may be idle before it counts as stale
    /// @return what was found, in the order in which people ask. When the platform cannot be talked
    ///   to, that is the last finding
    /// @throws InterruptedException when the thread is interrupted
    public static List<Finding> of(
            DbtCloudClient client,
            SystemContext system,
            long accountId,
            @Nullable Long jobId,
            Duration ttl)
            throws InterruptedException {
        var checkup = new Doctor(client, system, accountId, jobId, ttl);
        try {
            checkup.examine();
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        } catch (DbtCloudException e) {
            if (e instanceof DbtCloudException.Unauthorized) {
                checkup.findings.removeIf(Finding.TokenIs.class::isInstance);
            }
            checkup.add(new Finding.NoAccess(e));
        }
        return List.copyOf(checkup.findings);
    }

    private void examine() throws InterruptedException {
        add(new Finding.TokenIs(client.tokenKind()));
        if (client.isReadOnly()) {
            add(new Finding.ReadOnly());
        }
        int host = findings.size();
        add(HostAdvice.of(client.host(), null));
        if (client.network().certificates() != null) {
            add(new Finding.NetworkIs(client.network()));
        }
        Account account = account();
        if (refused) {
            clock();
            return;
        }
        findings.set(host, HostAdvice.of(client.host(), account));
        boolean mayListRuns = permissions();
        if (mayListRuns) {
            runSlots(account);
        }
        Job job = job();
        if (job != null) {
            examine(job, account);
        }
        clock();
        clones();
    }

    private @Nullable Account account() {
        try {
            ApiResponse<Account> answer = client.accounts().get(accountId);
            dated(answer.serverTime());
            Account account = answer.data();
            add(new Finding.AccountIs(account));
            if (account.locked()) {
                add(new Finding.AccountLocked());
            }
            String plan = account.plan();
            if (plan != null && isSmall(plan) && client.tokenKind() == TokenKind.SERVICE) {
                add(new Finding.ServiceTokenOnSmallPlan(plan));
            }
            return account;
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            refused = !mayReadJobs();
            add(
                    refused
                            ? new Finding.AccountRefused(accountId, e, accounts())
                            : new Finding.AccountUnreadable(e));
            return null;
        }
    }

    /// A token that may read jobs belongs to the account, even if it may not read the account
    /// itself.
    private boolean mayReadJobs() {
        try {
            dated(client.jobs().list(accountId, tagged()).serverTime());
            return true;
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return false;
        }
    }

    private List<Account> accounts() {
        try {
            return client.accounts().list().data();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return List.of();
        }
    }

    private static JobQuery tagged() {
        return JobQuery.all().nameContains(Marker.NAME_TAG.strip());
    }

    private static boolean isSmall(String plan) {
        return plan.startsWith("starter") || plan.startsWith("dev");
    }

    /// @return whether the token may list runs
    private boolean permissions() {
        var readable = new ArrayList<String>();
        RunQuery newest = RunQuery.all().orderBy("-id").limit(1);
        boolean jobs = mayRead("jobs", () -> client.jobs().list(accountId, tagged()), readable);
        boolean runs =
                mayRead("runs", () -> compared(client.runs().page(accountId, newest)), readable);
        if (jobs && runs) {
            add(new Finding.MayRead(readable));
        }
        return runs;
    }

    /// Takes note of a run that was there before its response was, by its `Date`.
    private ApiResponse<List<Run>> compared(ApiResponse<List<Run>> answer) {
        Instant date = answer.serverTime();
        if (date != null) {
            answer.data().stream()
                    .flatMap(run -> Stream.of(run.createdAt(), run.startedAt(), run.finishedAt()))
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .ifPresent(moment -> dateIsBehind = Duration.between(date, moment));
        }
        return answer;
    }

    private boolean mayRead(
            String what, Supplier<? extends ApiResponse<?>> read, List<String> readable) {
        try {
            dated(read.get().serverTime());
            readable.add(what);
            return true;
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            add(new Finding.MayNotRead(what, e));
            return false;
        }
    }

    private void runSlots(@Nullable Account account) {
        Integer total = account == null ? null : account.runSlots();
        if (total == null) {
            add(new Finding.RunSlotsUnknown());
        } else if (total <= 1) {
            add(new Finding.RunSlotsTooFew(total));
        } else {
            add(new Finding.RunSlots(total, CiStatus.slotsInUse(client, accountId, account)));
        }
    }

    private @Nullable Job job() {
        if (jobId == null) {
            add(new Finding.NoJob(ciJobs()));
            return null;
        }
        try {
            Job job = client.jobs().get(accountId, jobId, Include.ENVIRONMENT).data();
            Autoscaler.refuseUnsuitable(job);
            add(new Finding.JobIs(job));
            return job;
        } catch (UnsuitableJobException e) {
            add(new Finding.JobUnsuitable(String.valueOf(e.getMessage())));
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            add(new Finding.JobNotSeen(jobId, e, ciJobs()));
        }
        return null;
    }

    private List<Job> ciJobs() {
        try {
            return client.jobs().list(accountId, JobQuery.all()).data().stream()
                    .filter(job -> "ci".equals(job.jobType()))
                    .filter(job -> CloneDefinition.markerOf(job).isEmpty())
                    .limit(MOST_SHOWN)
                    .toList();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return List.of();
        }
    }

    private void examine(Job job, @Nullable Account account) {
        if (job.deferringEnvironmentId() != null || job.deferringJobId() != null) {
            add(new Finding.Defers(job));
        }
        if (Autoscaler.isOfProduction(job)) {
            add(new Finding.ProductionJob(job));
        }
        for (JobWarning consideration : JobWarning.of(job)) {
            add(
                    switch (consideration) {
                        case DEACTIVATED -> new Finding.Deactivated(job);
                        case ALSO_STARTED_OTHERWISE -> new Finding.StartedOtherwise(job);
                        case ALSO_TRIGGERED_BY_PULL_REQUESTS, NO_DEFERRAL, NO_STATE_SELECTION ->
                                new Finding.Unusual(job, consideration);
                    });
        }
        RecentSchemas.of(client, job).forEach(this::add);
        boolean carried = overrides(job);
        mode(job, account, carried);
    }

    /// @return whether a clone would carry all of them
    private boolean overrides(Job job) {
        try {
            List<EnvironmentVariable> own =
                    client.variables().list(accountId, job.projectId(), job.id()).data().stream()
                            .filter(variable -> variable.job() != null)
                            .toList();
            List<String> secrets =
                    own.stream()
                            .filter(EnvironmentVariable::isSecretOfJob)
                            .map(EnvironmentVariable::name)
                            .toList();
            add(
                    secrets.isEmpty()
                            ? new Finding.Overrides(own.size())
                            : new Finding.SecretOverrides(secrets));
            return secrets.isEmpty();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            add(new Finding.OverridesUnreadable(e));
            return true;
        }
    }

    private void mode(Job job, @Nullable Account account, boolean carried) {
        boolean ci = "ci".equals(job.jobType());
        String plan = account == null ? null : account.plan();
        if (ci && plan != null && PlannerMapper.triggersConcurrently(account)) {
            add(new Finding.NativeMode(plan));
            return;
        }
        if (ci && plan != null) {
            add(new Finding.CiJobOnSmallPlan(plan));
        }
        if (!carried) {
            add(new Finding.QueueMode());
        } else {
            add(
                    new Finding.CloneMode(
                            !ci
                                    ? Finding.CloneMode.Why.JOB_TYPE
                                    : plan == null
                                            ? Finding.CloneMode.Why.PLAN_UNKNOWN
                                            : plan.startsWith("usage")
                                                    ? Finding.CloneMode.Why.PLAN_OPEN
                                                    : Finding.CloneMode.Why.PLAN));
        }
    }

    private void clock() {
        if (dateIsBehind.compareTo(UNNOTICED_SKEW) > 0) {
            add(new Finding.DateIsBehind(dateIsBehind));
        }
        if (serverTime == null || readAt == null) {
            return;
        }
        Duration ahead = Duration.between(serverTime, readAt);
        // what answers on this machine is a sandbox, whose time may pass faster
        add(
                ahead.abs().compareTo(UNNOTICED_SKEW) > 0 && !client.host().isLoopback()
                        ? new Finding.ClockIsOff(ahead)
                        : new Finding.ClockIs(ahead));
    }

    private void clones() throws InterruptedException {
        try {
            List<CloneInspection> clones =
                    new Reaper(client, system, ProgressListener.none()).inspect(accountId, jobId);
            List<JobId> stale =
                    clones.stream()
                            .filter(clone -> clone.isExpired(ttl))
                            .map(CloneInspection::job)
                            .toList();
            add(
                    stale.isEmpty()
                            ? new Finding.Clones(clones.size())
                            : new Finding.StaleClones(stale, ttl));
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            add(new Finding.MayNotRead("clones", e));
        }
    }

    /// The `Date` header has whole seconds; that of the first response counts.
    private void dated(@Nullable Instant time) {
        if (serverTime == null && time != null) {
            serverTime = time;
            readAt = system.now();
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
