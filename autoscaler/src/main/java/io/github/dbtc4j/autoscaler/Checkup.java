package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.Account;
import io.github.dbtc4j.client.Answer;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.EnvironmentVariable;
import io.github.dbtc4j.client.Host;
import io.github.dbtc4j.client.Job;
import io.github.dbtc4j.client.JobQuery;
import io.github.dbtc4j.client.RunQuery;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.client.TokenKind;
import io.github.dbtc4j.planner.CloneEvidence;
import io.github.dbtc4j.planner.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks whether everything is as autoscaling CI needs it, and which mode applies. Sends nothing
/// but `GET`.
public final class Checkup {

    /// A clock that is wrong by less does not show in anything people read.
    private static final Duration TOLERATED = Duration.ofSeconds(30);

    /// docs.getdbt.com, "Access, Regions, & IP addresses": hosts of accounts' own.
    private static final Pattern OWN_HOST =
            Pattern.compile("[^.]+\\.((?:us|eu|au|jp)\\d)\\.dbt\\.com");

    private final DbtCloudClient client;
    private final Surroundings surroundings;
    private final long accountId;
    private final @Nullable Long jobId;
    private final Duration ttl;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Instant serverTime;
    private @Nullable Instant readAt;

    private Checkup(
            DbtCloudClient client,
            Surroundings surroundings,
            long accountId,
            @Nullable Long jobId,
            Duration ttl) {
        this.client = client;
        this.surroundings = surroundings;
        this.accountId = accountId;
        this.jobId = jobId;
        this.ttl = ttl;
    }

    /// Looks.
    ///
    /// @param surroundings whose clock is compared with the platform's
    /// @param jobId the base job, null to leave it out
    /// @param ttl for how long a clone may be idle before it counts as stale
    /// @return what was found, in the order in which people ask. When the platform cannot be talked
    ///   to, that is the last finding
    /// @throws InterruptedException when the thread is interrupted
    public static List<Finding> of(
            DbtCloudClient client,
            Surroundings surroundings,
            long accountId,
            @Nullable Long jobId,
            Duration ttl)
            throws InterruptedException {
        var checkup = new Checkup(client, surroundings, accountId, jobId, ttl);
        try {
            checkup.examine();
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        } catch (DbtCloudException e) {
            checkup.add(new Finding.NoAccess(e));
        }
        return List.copyOf(checkup.findings);
    }

    private void examine() throws InterruptedException {
        add(new Finding.TokenIs(client.tokenKind()));
        if (client.isReadOnly()) {
            add(new Finding.ReadOnly());
        }
        add(host(client.host()));
        Account account = account();
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

    private static Finding host(Host host) {
        String shared =
                switch (host.name()) {
                    case Host.DEFAULT -> "us1";
                    case "emea.dbt.com" -> "eu1";
                    case "au.dbt.com" -> "au1";
                    default -> null;
                };
        if (shared != null) {
            return new Finding.HostIsShared(host, shared);
        }
        Matcher own = OWN_HOST.matcher(host.name());
        return new Finding.HostIs(host, own.matches() ? own.group(1) : null);
    }

    private @Nullable Account account() {
        try {
            Answer<Account> answer = client.account(accountId);
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
            add(new Finding.AccountUnreadable(e));
            return null;
        }
    }

    private static boolean isSmall(String plan) {
        return plan.startsWith("starter") || plan.startsWith("dev");
    }

    /// @return whether the token may list runs
    private boolean permissions() {
        var readable = new ArrayList<String>();
        JobQuery clones = JobQuery.all().nameContains(Marker.NAME_TAG.strip());
        RunQuery newest = RunQuery.all().orderBy("-id").limit(1);
        boolean jobs = mayRead("jobs", () -> client.jobs(accountId, clones), readable);
        boolean runs = mayRead("runs", () -> client.runs(accountId, newest), readable);
        if (jobs && runs) {
            add(new Finding.MayRead(readable));
        }
        return runs;
    }

    private boolean mayRead(
            String what, Supplier<? extends Answer<?>> read, List<String> readable) {
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
            add(new Finding.RunSlots(total, Overview.slotsInUse(client, accountId, account)));
        }
    }

    private @Nullable Job job() {
        if (jobId == null) {
            add(new Finding.NoJob());
            return null;
        }
        try {
            Job job = client.job(accountId, jobId).data();
            add(new Finding.JobIs(job));
            Autoscaler.refuseUnsuitable(job);
            return job;
        } catch (UnsuitableJobException e) {
            add(new Finding.JobUnsuitable(String.valueOf(e.getMessage())));
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            add(new Finding.MayNotRead("job " + jobId, e));
        }
        return null;
    }

    private void examine(Job job, @Nullable Account account) {
        if (job.deferringEnvironmentId() != null || job.deferringJobId() != null) {
            add(new Finding.Defers(job));
        }
        for (Consideration consideration : Consideration.of(job)) {
            add(
                    switch (consideration) {
                        case DEACTIVATED -> new Finding.Deactivated(job);
                        case ALSO_TRIGGERED_BY_PULL_REQUESTS, NO_DEFERRAL, NO_STATE_SELECTION ->
                                new Finding.Unusual(job, consideration);
                    });
        }
        boolean carried = overrides(job);
        mode(job, account, carried);
    }

    /// @return whether a clone would carry all of them
    private boolean overrides(Job job) {
        try {
            List<EnvironmentVariable> own =
                    client
                            .jobEnvironmentVariables(accountId, job.projectId(), job.id())
                            .data()
                            .stream()
                            .filter(variable -> variable.job() != null)
                            .toList();
            List<String> secrets =
                    own.stream()
                            .filter(variable -> variable.job() != null && variable.job().isMasked())
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
        if (ci && plan != null && Translation.triggersConcurrently(account)) {
            add(new Finding.NativeMode(plan));
        } else if (!carried) {
            add(new Finding.QueueMode());
        } else {
            add(
                    new Finding.CloneMode(
                            !ci
                                    ? Finding.CloneMode.Why.JOB_TYPE
                                    : plan == null
                                            ? Finding.CloneMode.Why.PLAN_UNKNOWN
                                            : Finding.CloneMode.Why.PLAN));
        }
    }

    private void clock() {
        if (serverTime == null || readAt == null) {
            return;
        }
        Duration ahead = Duration.between(serverTime, readAt);
        add(
                ahead.abs().compareTo(TOLERATED) > 0
                        ? new Finding.ClockIsOff(ahead)
                        : new Finding.ClockIs(ahead));
    }

    private void clones() throws InterruptedException {
        try {
            List<CloneEvidence> clones =
                    new Reaper(client, surroundings, Narrator.silent()).inspect(accountId, jobId);
            List<JobId> stale =
                    clones.stream()
                            .filter(clone -> clone.isExpired(ttl))
                            .map(CloneEvidence::job)
                            .toList();
            add(
                    stale.isEmpty()
                            ? new Finding.Clones(clones.size())
                            : new Finding.StaleClones(stale, ttl));
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            add(new Finding.MayNotRead("clones", e));
        }
    }

    /// The `Date` header has whole seconds; that of the first answer counts.
    private void dated(@Nullable Instant time) {
        if (serverTime == null && time != null) {
            serverTime = time;
            readAt = surroundings.now();
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
