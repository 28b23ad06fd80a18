package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A job: what dbt runs, in which environment, and what starts it.
///
/// The job inside a [Run] is one too, as it was when the run was triggered; it lacks some fields,
/// and its `schedule` has another shape in [#fields].
///
/// @param description never null, often empty
/// @param jobType `ci`, `scheduled`, `merge`, `other` …, or null where the platform leaves it out
/// @param deferringJobId the job whose artifacts this one defers to, or null (the older way)
/// @param deferringEnvironmentId the environment this one defers to, or null
/// @param timeoutSeconds after how many seconds a run is cancelled; 0 means no limit of its own
/// @param state 1 active, 2 deleted
/// @param deactivated switched off by the platform after 100 failures in a row
/// @param createdAt by the platform's clock, or null
/// @param fields everything the platform sent, in its order, unmodifiable
public record Job(
        long id,
        long accountId,
        long projectId,
        long environmentId,
        String name,
        String description,
        @Nullable String jobType,
        JobTriggers triggers,
        List<String> executeSteps,
        @Nullable Long deferringJobId,
        @Nullable Long deferringEnvironmentId,
        int timeoutSeconds,
        int state,
        boolean deactivated,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        Map<String, @Nullable Object> fields) {

    /// The types whose runs the triggers alone start. A job of another type (`adaptive`,
    /// `exposure_sync`, `hybrid`, one to come) is started for reasons of its own.
    private static final Set<String> STARTED_BY_TRIGGERS =
            Set.of("ci", "merge", "scheduled", "other");

    /// Reads the object the platform sends for a job.
    ///
    /// @throws IllegalArgumentException when an id or the name is missing or a field has the wrong
    ///   type
    public static Job of(Map<String, @Nullable Object> fields) {
        return of(Fields.of("job", fields));
    }

    public static Job of(Fields job) {
        Integer timeout = job.object("execution", execution -> timeout(execution));
        return new Job(
                job.number("id"),
                job.number("account_id"),
                job.number("project_id"),
                job.number("environment_id"),
                job.text("name"),
                Objects.requireNonNullElse(job.textOrNull("description"), ""),
                job.textOrNull("job_type"),
                Objects.requireNonNullElse(
                        job.object("triggers", JobTriggers::of), JobTriggers.NONE),
                job.texts("execute_steps"),
                job.numberOrNull("deferring_job_definition_id"),
                job.numberOrNull("deferring_environment_id"),
                Objects.requireNonNullElse(timeout, 0),
                Objects.requireNonNullElse(job.intOrNull("state"), 1),
                job.flag("deactivated"),
                job.parsedOrNull("created_at", Timestamps::read),
                job.parsedOrNull("updated_at", Timestamps::read),
                job.all());
    }

    /// Whether the platform may start it without an API call or a person: by a trigger, after the
    /// run of another job (OpenAPI v2, `job_completion_trigger_condition`), because of its type, or
    /// in a way that is not known here. True also for a job that does not tell its triggers.
    public boolean mayStartByItself() {
        return triggers.any()
                || !(fields.get("triggers") instanceof Map)
                || startsAfterAnotherJob()
                || startsByType();
    }

    /// The `deployment_type` of its environment, `production` or `staging`; null for another
    /// environment, and where that was not [sent along][Include#ENVIRONMENT].
    public @Nullable String deploymentType() {
        return fields.get("environment") instanceof Map<?, ?> environment
                        && environment.get("deployment_type") instanceof String type
                ? type
                : null;
    }

    /// Whether the end of another job's run starts it (`job_completion_trigger_condition`).
    public boolean startsAfterAnotherJob() {
        Object condition = fields.get("job_completion_trigger_condition");
        return condition != null && !(condition instanceof Map<?, ?> map && map.isEmpty());
    }

    /// Whether the job's type alone makes the platform start it, even without a trigger.
    public boolean startsByType() {
        return jobType != null && !STARTED_BY_TRIGGERS.contains(jobType);
    }

    private static Integer timeout(Fields execution) {
        return Objects.requireNonNullElse(execution.intOrNull("timeout_seconds"), 0);
    }

    /// Whether the job was deleted: the platform keeps a deleted job with state 2.
    public boolean isDeleted() {
        return state == 2;
    }
}
