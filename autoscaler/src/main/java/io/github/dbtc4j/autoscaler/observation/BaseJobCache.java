package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.planner.state.BaseJob;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What does not change from look to look: the base job, the account and the base job's variables,
/// each read when it is first needed.
public final class BaseJobCache {

    /// A clone is made of, and compared with, the base job as it was no longer ago than this.
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final DbtCloudClient client;
    private final ProgressListener listener;
    private Job base;
    private Instant baseReadAt;
    private @Nullable List<EnvironmentVariable> overrides;
    private boolean accountWasRead;
    private @Nullable Account account;

    /// @param base as it was read at `now`
    public BaseJobCache(DbtCloudClient client, ProgressListener listener, Job base, Instant now) {
        this.client = client;
        this.listener = listener;
        this.base = base;
        this.baseReadAt = now;
    }

    /// The base job as it was last read.
    public Job base() {
        return base;
    }

    /// The account, null as long as it was not read or may not be.
    @Nullable Account account() {
        return account;
    }

    /// The job-level environment variable overrides of the base job, as far as they were read.
    List<EnvironmentVariable> overrides() {
        return overrides == null ? List.of() : overrides;
    }

    /// A user may have edited the base job: reads it again if it was read some time ago.
    void refreshBase(Instant now) {
        if (baseReadAt.plus(FRESH).isBefore(now)) {
            readBase(now);
        }
    }

    /// Reads the base job again, however lately it was read.
    void readBase(Instant now) {
        base = client.jobs().get(base.accountId(), base.id()).data();
        baseReadAt = now;
        overrides = null;
    }

    /// Whether what a decision to clone rests on is known: to read the base job again is to forget
    /// its variables.
    public boolean areKnown() {
        return accountWasRead && overrides != null;
    }

    /// Reads what a decision to clone rests on.
    void read() {
        readAccount();
        readOverrides();
    }

    /// What a clone of the base job as it was read last needs: to read that job again is to forget
    /// them, and no decision may have asked for them since.
    public List<EnvironmentVariable> overridesToCopy() {
        readOverrides();
        return overrides();
    }

    /// The base job in the planner's terms.
    BaseJob observed() {
        List<String> secrets =
                overrides().stream()
                        .filter(EnvironmentVariable::isSecretOfJob)
                        .map(EnvironmentVariable::name)
                        .toList();
        boolean ci = "ci".equals(base.jobType());
        return new BaseJob(
                new JobId(base.id()), ci && PlannerMapper.triggersConcurrently(account), secrets);
    }

    private void readAccount() {
        if (accountWasRead) {
            return;
        }
        accountWasRead = true;
        try {
            account = client.accounts().get(base.accountId()).data();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            listener.onEvent(new Event.AccountUnreadable(e));
        }
    }

    private void readOverrides() {
        if (overrides != null) {
            return;
        }
        try {
            overrides =
                    client
                            .variables()
                            .list(base.accountId(), base.projectId(), base.id())
                            .data()
                            .stream()
                            .filter(variable -> variable.job() != null)
                            .toList();
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            overrides = List.of();
            listener.onEvent(new Event.OverridesUnreadable(new JobId(base.id()), e));
        }
    }
}
