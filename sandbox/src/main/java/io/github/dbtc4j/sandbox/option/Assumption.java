package io.github.dbtc4j.sandbox.option;

/// A behaviour of the platform that is not documented, with the forms it may take.
///
/// The first constant of each is what the sandbox does unless told otherwise ([AssumptionSet]). A
/// client of the platform should work with each of the constants, as each may be true.
public sealed interface Assumption {

    /// Cancelling a run that has ended: the documentation of a client says it has no effect, the
    /// HTTP answer was never recorded.
    enum CancelOfFinishedRun implements Assumption {
        /// 200 with the run as it is.
        UNCHANGED,
        /// 400.
        REJECTED,
        /// 404.
        NOT_FOUND
    }

    /// Whether cancelling needs the trailing slash. A published client and a public action leave it
    /// out (dbtc 0.11.7, since 2022); the only 405 recorded for its absence is that of `/run`.
    enum CancelWithoutSlash implements Assumption {
        /// Served as if the slash were there.
        SERVED,
        /// 405: redirected, and what arrives is a GET.
        REFUSED
    }

    /// What DELETE of a job answers: 200 with the job was recorded, 204 is what the specification
    /// says.
    enum DeleteAnswer implements Assumption {
        /// 200 with the job, its `state` 2.
        JOB,
        /// 204 without a body.
        NO_CONTENT
    }

    /// What becomes of the runs of a job that is deleted. Known: no run executes without its job.
    enum RunsOfDeletedJob implements Assumption {
        /// Queued and starting runs end as Cancelled at once, a running one seconds later.
        CANCELLED,
        /// Queued and starting runs end as Cancelled at once, a running one goes on to its end.
        RUNNING_ONE_FINISHES
    }

    /// Whether lists of runs still show the runs of deleted jobs.
    enum RunsOfDeletedJobInLists implements Assumption {
        LISTED,
        HIDDEN
    }

    /// What GET of a deleted job answers.
    enum ReadOfDeletedJob implements Assumption {
        /// 404.
        NOT_FOUND,
        /// 200 with the job, its `state` 2.
        JOB
    }

    /// What GET of a run answers whose job is deleted.
    enum ReadOfDeletedJobsRun implements Assumption {
        /// 200 with the run.
        RUN,
        /// 404.
        NOT_FOUND
    }

    /// What a trigger of a deleted job answers.
    enum TriggerOfDeletedJob implements Assumption {
        /// 404.
        NOT_FOUND,
        /// 400.
        REJECTED,
        /// 200, and the run ends as Cancelled instead of starting.
        ACCEPTED_THEN_CANCELLED
    }

    /// What a trigger of a deactivated job answers.
    enum TriggerOfDeactivatedJob implements Assumption {
        /// 400, no run.
        REJECTED,
        /// The run is queued like any other.
        ACCEPTED
    }

    /// What an API trigger of a `ci` job does on plans without API-triggered CI (Starter). The
    /// documentation says only that the feature is not available.
    enum CiTriggerOnStarter implements Assumption {
        /// Accepted as an ordinary run: one after the other, using a run slot.
        SERIAL,
        /// 400, no run.
        REJECTED,
        /// Treated as on Enterprise.
        NATIVE
    }

    /// Whether the trial plans run API-triggered CI natively.
    enum CiTriggerOnTrial implements Assumption {
        NATIVE,
        AS_ON_STARTER
    }

    /// What a trigger answers when `queue_limit` runs are queued.
    enum TriggerBeyondQueueLimit implements Assumption {
        /// 400, no run.
        REJECTED,
        /// The limit is not enforced.
        ACCEPTED
    }

    /// What happens to a `cause` of more than 255 characters; Airflow's hook cuts it there.
    enum LongCause implements Assumption {
        /// 400.
        REJECTED,
        /// 500.
        SERVER_ERROR,
        /// Cut to 255 characters.
        TRUNCATED,
        /// Kept whole.
        ACCEPTED
    }

    /// What happens to a job `description` of more than 255 characters: 500 in a report of April
    /// 2026 (dbt-jobs-as-code#204), 400 in a later check.
    enum LongDescription implements Assumption {
        /// 400.
        REJECTED,
        /// 500.
        SERVER_ERROR
    }

    /// What happens to a job name of more than 255 characters; no limit is documented.
    enum LongJobName implements Assumption {
        /// 400.
        REJECTED,
        /// 500.
        SERVER_ERROR,
        /// Kept whole.
        ACCEPTED
    }

    /// What happens to read-only keys (`created_at`, `is_deferrable`, …) in the body that creates a
    /// job. In 2023 all but `raw_dbt_version` (500) were ignored (dbtc's history).
    enum ReadOnlyKeysOnCreate implements Assumption {
        /// Ignored, and `raw_dbt_version` answered with 500.
        IGNORED,
        /// 400, as for unknown keys.
        REJECTED
    }

    /// Whether the token and the plan allow one more job. That roles exist which may run jobs and
    /// not create any is documented (docs.getdbt.com, "Enterprise permissions": Job runner), as is
    /// that plans limit what they include; the answers are those of other refusals.
    enum OneMoreJob implements Assumption {
        ALLOWED,
        /// 403.
        FORBIDDEN,
        /// 402.
        LIMIT_REACHED
    }

    /// Whether creating a job needs the keys `id` (null) and `schedule`, as recorded in 2020; the
    /// specification of 2026 lists neither as required.
    enum IdAndScheduleOnCreate implements Assumption {
        OPTIONAL,
        REQUIRED
    }

    /// The `job_type` of a job that is created without one and without any trigger.
    enum TypeOfJobWithoutTriggers implements Assumption {
        OTHER,
        SCHEDULED,
        CI
    }

    /// What a job gets that is created without `cost_optimization_features`: off in June 2026, the
    /// web interface's new jobs inherit.
    enum OmittedCostOptimization implements Assumption {
        /// The empty list.
        OFF,
        /// `inherit_environment`.
        INHERIT
    }

    /// What a list with `limit` above 100 answers.
    enum LimitAbove100 implements Assumption {
        /// 400, as announced for multi-tenant hosts in October 2023.
        REJECTED,
        /// Cut to 100.
        CAPPED,
        /// Obeyed, as on single-tenant hosts.
        ACCEPTED
    }

    /// What GET without the trailing slash answers; clients do it and live.
    enum GetWithoutSlash implements Assumption {
        /// 301 to the address with the slash.
        REDIRECTED,
        /// Served as if the slash were there.
        SERVED
    }

    /// Whether requests during the five-minute cooldown after a 429 begin it anew.
    enum TrafficInCooldown implements Assumption {
        IGNORED,
        PROLONGS
    }

    /// Whether a 429 carries `Retry-After`; documented for SCIM only.
    enum RetryAfter implements Assumption {
        ABSENT,
        SENT
    }

    /// The body of a 429.
    enum RateLimitBody implements Assumption {
        /// The platform's envelope.
        ENVELOPE,
        /// `{"detail": …}`.
        DETAIL,
        /// A page of HTML.
        HTML
    }

    /// Whether the token may read the account; a Job Admin's permission set has no account
    /// settings.
    enum AccountRead implements Assumption {
        ALLOWED,
        /// 404, which is how the platform says "not permitted".
        NOT_FOUND
    }

    /// What a call for an account answers that the token does not belong to: 403 was recorded on
    /// the live API (OpenMetadata).
    enum WrongAccount implements Assumption {
        /// 403.
        FORBIDDEN,
        /// 404.
        NOT_FOUND
    }

    /// Whether the account's IP restrictions allow the client's address (docs.getdbt.com,
    /// "Configuring IP restrictions").
    enum AddressNotAllowed implements Assumption {
        /// They do.
        OFF,
        /// 403 to every call.
        FORBIDDEN
    }

    /// Whether the files of a run that succeeded can be had at once; kestra's plugin met 404 for a
    /// while (plugin-dbt 0272b78).
    enum LateArtifacts implements Assumption {
        AT_ONCE,
        /// 404 for five seconds after the run's end.
        LATE
    }

    /// What a refused retry answers.
    enum RefusedRetry implements Assumption {
        /// 400.
        REJECTED,
        /// 404.
        NOT_FOUND
    }
}
