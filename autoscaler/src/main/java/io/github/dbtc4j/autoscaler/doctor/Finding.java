package io.github.dbtc4j.autoscaler.doctor;

import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.TokenKind;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// One thing that a [Doctor] found, as data.
public sealed interface Finding {

    /// How bad it is.
    enum Level {
        /// As it should be.
        OK,
        /// Worth knowing, though it works.
        NOTE,
        /// It will not work like this.
        PROBLEM
    }

    /// How bad it is.
    Level level();

    /// As it should be.
    sealed interface Ok extends Finding {
        @Override
        default Level level() {
            return Level.OK;
        }
    }

    /// Worth knowing.
    sealed interface Note extends Finding {
        @Override
        default Level level() {
            return Level.NOTE;
        }
    }

    /// It will not work like this.
    sealed interface Problem extends Finding {
        @Override
        default Level level() {
            return Level.PROBLEM;
        }
    }

    /// Whose token it is.
    record TokenIs(TokenKind kind) implements Ok {}

    /// A service token on a plan on which these may do nothing here (docs.getdbt.com, "Service
    /// account tokens": Developer and Starter).
    record ServiceTokenOnSmallPlan(String plan) implements Note {}

    /// Nothing but reading is allowed on this side.
    record ReadOnly() implements Note {}

    /// Where the platform is.
    ///
    /// @param region null for a host of its own
    record HostIs(Host host, @Nullable String region) implements Ok {}

    /// The host is one that accounts shared before each had its own.
    record HostIsShared(Host host, String region) implements Note {}

    /// The host is one of those under `getdbt.com`, which [end][Host#END_OF_GETDBT].
    ///
    /// @param own the account's own host, or what it begins with where the region is not known;
    ///   null when the platform did not tell
    record HostEnds(Host host, @Nullable String own) implements Note {}

    /// How the platform is reached.
    record NetworkIs(Network network) implements Ok {}

    /// The platform does not accept the token, cannot be reached, or fails.
    record NoAccess(DbtCloudException error) implements Problem {}

    /// The account.
    record AccountIs(Account account) implements Ok {}

    /// Nothing of the account may be read.
    ///
    /// @param seen the accounts that the token does see
    record AccountRefused(long id, DbtCloudException error, List<Account> seen) implements Problem {
        public AccountRefused {
            seen = List.copyOf(seen);
        }
    }

    /// The token may not read the account: plan and run slots are not known.
    record AccountUnreadable(DbtCloudException error) implements Note {}

    /// The platform locked the account.
    record AccountLocked() implements Problem {}

    /// How many run slots there are.
    record RunSlots(int total, long inUse) implements Ok {}

    /// So few run slots that no two runs go on side by side.
    record RunSlotsTooFew(int total) implements Note {}

    /// How many there are is not known.
    record RunSlotsUnknown() implements Note {}

    /// What the token may read.
    record MayRead(List<String> what) implements Ok {}

    /// What the token may not read, though it is needed.
    record MayNotRead(String what, DbtCloudException error) implements Problem {}

    /// No base job was named.
    ///
    /// @param ciJobs those of type ci that the token sees, the first ten
    record NoJob(List<Job> ciJobs) implements Note {
        public NoJob {
            ciJobs = List.copyOf(ciJobs);
        }
    }

    /// The base job is not there, or not for this token.
    ///
    /// @param ciJobs the CI jobs that the token does see
    record JobNotSeen(long id, DbtCloudException error, List<Job> ciJobs) implements Problem {
        public JobNotSeen {
            ciJobs = List.copyOf(ciJobs);
        }
    }

    /// A job of type `ci` on a plan for which the documentation does not list that such jobs can be
    /// triggered through the API (docs.getdbt.com, "Continuous integration jobs").
    record CiJobOnSmallPlan(String plan) implements Note {}

    /// The base job.
    record JobIs(Job job) implements Ok {}

    /// The base job cannot be one: it is deleted or itself a clone.
    record JobUnsuitable(String why) implements Problem {}

    /// What it defers to.
    record Defers(Job job) implements Ok {}

    /// The base job is one of production, and refused for that.
    record ProductionJob(Job job) implements Problem {}

    /// A schedule, merges or another job start the base job too.
    record StartedOtherwise(Job job) implements Problem {}

    /// What is unusual about the base job.
    record Unusual(Job job, JobWarning consideration) implements Note {}

    /// Pull requests that recently built into one schema, each because its payload said so.
    record SchemaShared(String schema, List<PullRequest> pullRequests) implements Note {
        public SchemaShared {
            pullRequests = List.copyOf(pullRequests);
        }
    }

    /// A pull request's recent run whose payload named no schema.
    record SchemaNotNamed(RunId run) implements Note {}

    /// The platform switched the base job off.
    record Deactivated(Job job) implements Problem {}

    /// The base job's own environment variables, all of which a clone takes over.
    record Overrides(int count) implements Ok {}

    /// Those of the base job that are secrets, which no clone can carry.
    record SecretOverrides(List<String> names) implements Note {}

    /// The base job's own environment variables cannot be read.
    record OverridesUnreadable(DbtCloudException error) implements Note {}

    /// The platform itself runs pull requests side by side.
    record NativeMode(String plan) implements Ok {}

    /// Clones make pull requests run side by side.
    record CloneMode(Why why) implements Ok {
        /// Why the platform does not do it.
        public enum Why {
            /// The job is not of type `ci`.
            JOB_TYPE,
            /// The plan does not extend this to runs triggered through the API.
            PLAN,
            /// Whether this plan does is not documented.
            PLAN_OPEN,
            /// The plan is not known.
            PLAN_UNKNOWN
        }
    }

    /// Nothing makes pull requests run side by side.
    record QueueMode() implements Note {}

    /// How far this machine's clock is ahead of the platform's; negative when it is behind.
    record ClockIs(Duration ahead) implements Ok {}

    /// The same, when it is far.
    record ClockIsOff(Duration ahead) implements Note {}

    /// A run says of itself that it is so much younger than its response's `Date` allows.
    record DateIsBehind(Duration by) implements Note {}

    /// How many clones there are, none of them stale.
    record Clones(int count) implements Ok {}

    /// Clones that no pipeline needs any more.
    record StaleClones(List<JobId> jobs, Duration ttl) implements Note {}
}
