package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Finding;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.cli.narration.PlanText;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.Network;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A finding in English.
///
/// @param subject what it is about
/// @param next what to do, null for nothing
record FindingText(String subject, String text, @Nullable String next) {

    /// No machine's clock is this wrong without being noticed: it is the platform's that is
    /// another.
    private static final Duration OTHER_TIME = Duration.ofMinutes(5);

    static FindingText of(Finding finding) {
        return switch (finding) {
            case Finding.TokenIs(var kind) -> token(kind);
            case Finding.ServiceTokenOnSmallPlan(var plan) ->
                    new FindingText(
                            "token",
                            "On plan " + plan + " service tokens may use the Semantic Layer only.",
                            "Use a personal access token (DBT_CLOUD_API_KEY).");
            case Finding.ReadOnly() ->
                    new FindingText(
                            "read-only",
                            "DBT_CLOUD_READONLY is set: write requests are blocked.",
                            "Unset it where dbtc is to trigger runs.");
            case Finding.HostIs(var host, var region) ->
                    well("host", host + (region == null ? "" : ", region " + region) + ".");
            case Finding.HostIsShared(var host, var region) ->
                    new FindingText(
                            "host",
                            "%s, region %s, which accounts shared before each had its own host."
                                    .formatted(host, region),
                            "If the platform rejects the token, set DBT_CLOUD_HOST to the access"
                                    + " URL in your account settings, such as ab123.us1.dbt.com.");
            case Finding.HostEnds(var host, var own) ->
                    new FindingText(
                            "host",
                            "%s. Hosts under getdbt.com stop working on %s."
                                    .formatted(host, Host.END_OF_GETDBT),
                            own == null
                                    ? "Set DBT_CLOUD_HOST to the access URL in your account"
                                          + " settings, such as ab123.us1.dbt.com; if the platform"
                                          + " rejects the token, do so first."
                                    : own.contains(".")
                                            ? "Set DBT_CLOUD_HOST to the account's own host, %s."
                                                    .formatted(own)
                                            : "Set DBT_CLOUD_HOST to the account's own host, which"
                                                    + " begins with %s.; its settings show the rest."
                                                            .formatted(own));
            case Finding.NetworkIs(Network(var proxy, var certificates)) ->
                    well(
                            "network",
                            "%s. Certificates: %s."
                                    .formatted(
                                            proxy == null ? "No proxy" : "Proxy " + proxy,
                                            certificates));
            case Finding.NoAccess(var error) ->
                    new FindingText(
                            "access",
                            String.valueOf(error.getMessage()),
                            "Correct that first: the other checks were skipped.");
            case Finding.AccountIs(var account) -> well("account", account(account));
            case Finding.AccountUnreadable(var error) ->
                    new FindingText(
                            "account",
                            "Its plan and run slots cannot be read: " + error.getMessage(),
                            "If the account id is right, the token may lack permission, which does"
                                    + " little harm; set --max-run-slots to what CI may take.");
            case Finding.AccountRefused(var id, var error, var seen) ->
                    new FindingText(
                            "account",
                            "Nothing of account %d can be read: %s"
                                    .formatted(id, error.getMessage()),
                            seen.isEmpty()
                                    ? "This token sees no other account either."
                                    : "This token sees %s. Name one of them with --account-id or"
                                                    .formatted(
                                                            seen.stream()
                                                                    .map(each ->
                                                                            account(
                                                                                    each.id(),
                                                                                    each.name()))
                                                                    .collect(
                                                                            Collectors.joining(
                                                                                    ", ")))
                                            + " DBT_CLOUD_ACCOUNT_ID.");
            case Finding.AccountLocked() ->
                    new FindingText(
                            "account",
                            "It is locked: runs will not start.",
                            "Ask an administrator of the account, or dbt's support.");
            case Finding.RunSlots(var total, var inUse) ->
                    well("run slots", "%d, %d of them in use.".formatted(total, inUse));
            case Finding.RunSlotsTooFew(var total) ->
                    new FindingText(
                            "run slots",
                            "%d: no two runs that take one run at once.".formatted(total),
                            "Clones cannot help here; more run slots would.");
            case Finding.RunSlotsUnknown() ->
                    new FindingText(
                            "run slots",
                            "Their number is unknown; dbtc clones without regard to them.",
                            "Set --max-run-slots to what CI may take.");
            case Finding.MayRead(var what) ->
                    new FindingText(
                            "permissions",
                            "The token may read %s. Writing is not tried here."
                                    .formatted(String.join(" and ", what)),
                            "To trigger, cancel and clone it needs what the permission set Job"
                                    + " Admin has. Job creator is enough only while the job"
                                    + " overrides no variables.");
            case Finding.MayNotRead(var what, var error) ->
                    new FindingText(
                            "permissions",
                            "Cannot read %s: %s".formatted(what, error.getMessage()),
                            "Give the token's owner the permission set Job Admin, or correct the"
                                    + " ids.");
            case Finding.JobNotSeen(var id, var error, var ciJobs) ->
                    new FindingText(
                            "permissions",
                            "Cannot read job %d: %s".formatted(id, error.getMessage()),
                            ciJobs.isEmpty()
                                    ? "This token sees no CI job in this account. Correct the id,"
                                            + " or give the token's owner the permission set Job"
                                            + " Admin."
                                    : seen(ciJobs));
            case Finding.CiJobOnSmallPlan(var plan) ->
                    new FindingText(
                            "job type",
                            "It is of type ci. dbt documents triggering such jobs through the API"
                                    + " for"
                                    + " Enterprise, Enterprise+ and legacy Team, not for plan %s."
                                            .formatted(plan),
                            "If the platform rejects that, use a job without pull request triggers,"
                                    + " which is of type other.");
            case Finding.NoJob(var ciJobs) ->
                    new FindingText(
                            "job",
                            "None was named.",
                            ciJobs.isEmpty()
                                    ? "Name your CI job with --job-id or DBT_CLOUD_JOB_ID."
                                    : seen(ciJobs));
            case Finding.JobIs(var job) ->
                    well(
                            "job",
                            "%s, of type %s."
                                    .formatted(
                                            name(job),
                                            job.jobType() == null ? "not known" : job.jobType()));
            case Finding.JobUnsuitable(var why) ->
                    new FindingText("job", "It cannot be used: " + why + ".", null);
            case Finding.Defers(var job) ->
                    well(
                            "deferral",
                            job.deferringEnvironmentId() != null
                                    ? "To environment " + job.deferringEnvironmentId() + "."
                                    : "To job " + job.deferringJobId() + ", the older way.");
            case Finding.ProductionJob(var job) ->
                    new FindingText(
                            "environment",
                            name(job)
                                    + " is in an environment of type production: pull requests"
                                    + " would build there.",
                            "Name a CI job in an environment of its own. --allow-production-job"
                                    + " permits this one.");
            case Finding.StartedOtherwise(var job) ->
                    new FindingText(
                            "triggers",
                            PlanText.of(job, JobWarning.ALSO_STARTED_OTHERWISE),
                            "Switch these triggers off, or name another job.");
            case Finding.Unusual(var job, var consideration) ->
                    new FindingText(subject(consideration), PlanText.of(job, consideration), null);
            case Finding.SchemaShared(var schema, var pullRequests) ->
                    new FindingText(
                            "schema",
                            "%s built into the same schema %s: their runs wait for one another."
                                    .formatted(PlanText.list(pullRequests), schema),
                            "Give each a schema_override of its own, with its number in it.");
            case Finding.SchemaNotNamed(var run) ->
                    new FindingText(
                            "schema",
                            "The payload of run %s named no schema_override: unless a macro"
                                            .formatted(run)
                                    + " separates them, all pull requests build into one schema.",
                            "Give each a schema_override of its own, with its number in it.");
            case Finding.Deactivated(var job) ->
                    new FindingText(
                            "job state",
                            name(job) + " was deactivated by the platform after repeated failures.",
                            "Correct what fails, then save the job's settings to activate it.");
            case Finding.Overrides(var count) ->
                    well(
                            "variables",
                            count == 0
                                    ? "The job overrides none."
                                    : "The job overrides %d; a clone takes them over."
                                            .formatted(count));
            case Finding.SecretOverrides(var names) ->
                    new FindingText(
                            "variables",
                            "The job overrides secrets, which no clone can carry: %s."
                                    .formatted(String.join(", ", names)),
                            "Set them for the environment instead of the job.");
            case Finding.OverridesUnreadable(var error) ->
                    new FindingText(
                            "variables",
                            "The job's own cannot be read: " + error.getMessage(),
                            "A clone lacks them; set them for the environment instead. The"
                                    + " permission set Job creator has no access to variables.");
            case Finding.NativeMode(var plan) ->
                    well(
                            "mode",
                            "Native: plan %s runs API-triggered pull requests of CI jobs concurrently. dbtc makes no clones."
                                    .formatted(plan));
            case Finding.CloneMode(var why) ->
                    well("mode", "Clones: " + why(why) + " A busy job is cloned.");
            case Finding.QueueMode() ->
                    new FindingText(
                            "mode",
                            "Queue: a clone could not carry the job's secrets, so pull requests"
                                    + " wait for one another.",
                            "Move the secrets, or force clones with --concurrency=clone.");
            case Finding.DateIsBehind(var by) ->
                    new FindingText(
                            "clock",
                            "By its Date, a response is %s older than a run it shows; dbtc goes by"
                                            .formatted(Durations.clock(by))
                                    + " the run's own times.",
                            "See whether a proxy puts a Date of its own before the platform's.");
            case Finding.ClockIs(var ahead) ->
                    well(
                            "clock",
                            ahead.abs().compareTo(OTHER_TIME) > 0
                                    ? "The platform has a time of its own, as a sandbox that runs"
                                            + " fast."
                                    : clock(ahead));
            case Finding.ClockIsOff(var ahead) ->
                    new FindingText(
                            "clock",
                            clock(ahead) + " dbtc goes by the platform's.",
                            "Correct this machine's clock.");
            case Finding.Clones(var count) ->
                    well("clones", count == 0 ? "None." : count + ", none of them expired.");
            case Finding.StaleClones(var jobs, var ttl) ->
                    new FindingText(
                            "clones",
                            "Clones idle for more than %2$s: %1$s."
                                    .formatted(
                                            jobs.stream()
                                                    .map(String::valueOf)
                                                    .collect(Collectors.joining(", ")),
                                            Durations.clock(ttl)),
                            "`dbtc reap` deletes them.");
        };
    }

    private static String subject(JobWarning consideration) {
        return switch (consideration) {
            case ALSO_TRIGGERED_BY_PULL_REQUESTS, ALSO_STARTED_OTHERWISE -> "triggers";
            case NO_DEFERRAL -> "deferral";
            case NO_STATE_SELECTION -> "steps";
            case DEACTIVATED -> "job state";
        };
    }

    private static FindingText token(io.github.dbtc4j.client.access.TokenKind kind) {
        return switch (kind) {
            case SERVICE -> well("token", "A service token, by its prefix dbtc_.");
            case PERSONAL ->
                    well(
                            "token",
                            "A personal access token, by its prefix dbtu_: it may do what its owner"
                                    + " may.");
            case UNKNOWN ->
                    new FindingText(
                            "token",
                            "Unknown token type.",
                            "If the platform rejects it, make a new one.");
        };
    }

    private static String account(Account account) {
        return "%s, %s."
                .formatted(
                        account(account.id(), account.name()),
                        account.plan() == null ? "plan not known" : "plan " + account.plan());
    }

    private static String account(long id, @Nullable String name) {
        return id + (name == null ? "" : " (" + name + ")");
    }

    private static String why(Finding.CloneMode.Why why) {
        return switch (why) {
            case JOB_TYPE -> "the job is not of type ci, so its runs go one after the other.";
            case PLAN ->
                    "the plan does not run API-triggered pull requests concurrently; Enterprise"
                            + " plans do.";
            case PLAN_OPEN ->
                    "whether the plan runs API-triggered pull requests concurrently is not"
                            + " documented; dbtc assumes that it does not.";
            case PLAN_UNKNOWN -> "the plan is unknown.";
        };
    }

    private static String clock(Duration ahead) {
        long seconds = ahead.toSeconds();
        return Math.abs(seconds) <= 1
                ? "As the platform's."
                : "%s %s the platform's."
                        .formatted(
                                Durations.clock(ahead.abs()), seconds > 0 ? "ahead of" : "behind");
    }

    private static String seen(List<Job> ciJobs) {
        return "The CI jobs this token sees are %s. Name yours with --job-id or DBT_CLOUD_JOB_ID."
                .formatted(
                        ciJobs.stream().map(FindingText::name).collect(Collectors.joining(", ")));
    }

    private static String name(Job job) {
        return job.id() + " (" + job.name() + ")";
    }

    private static FindingText well(String subject, String text) {
        return new FindingText(subject, text, null);
    }
}
