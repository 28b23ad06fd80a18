package io.github.dbtc4j.sandbox.platform;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The writable part of a job, valid and complete, as the API spells it.
public record JobDefinition(Map<String, @Nullable Object> fields) {

    public JobDefinition {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public String name() {
        return text("name");
    }

    String description() {
        return text("description");
    }

    public String jobType() {
        return text("job_type");
    }

    public long projectId() {
        return (long) Objects.requireNonNull(fields.get("project_id"));
    }

    public long environmentId() {
        return (long) Objects.requireNonNull(fields.get("environment_id"));
    }

    public @Nullable String dbtVersion() {
        return (String) fields.get("dbt_version");
    }

    @Nullable Long number(String field) {
        return (Long) fields.get(field);
    }

    public boolean isTriggered(String trigger) {
        return Boolean.TRUE.equals(object("triggers").get(trigger));
    }

    boolean hasTrigger() {
        return object("triggers").containsValue(true)
                || fields.get("job_completion_trigger_condition") != null;
    }

    long timeoutSeconds() {
        return object("execution").get("timeout_seconds") instanceof Long seconds ? seconds : 0;
    }

    List<String> executeSteps() {
        var steps = new ArrayList<String>();
        for (Object step : (List<?>) Objects.requireNonNull(fields.get("execute_steps"))) {
            steps.add((String) Objects.requireNonNull(step));
        }
        return steps;
    }

    public String cron() {
        return (String) Objects.requireNonNull(object("schedule").get("cron"));
    }

    boolean generatesDocs() {
        return Boolean.TRUE.equals(fields.get("generate_docs"));
    }

    /// Whether the run `status` of the job `jobId` starts this job.
    boolean startsAfter(long jobId, int status) {
        return fields.get("job_completion_trigger_condition") instanceof Map<?, ?> trigger
                && trigger.get("condition") instanceof Map<?, ?> condition
                && Objects.equals(condition.get("job_id"), jobId)
                && condition.get("statuses") instanceof List<?> statuses
                && statuses.contains((long) status);
    }

    @SuppressWarnings("unchecked") // validated as an object
    public Map<String, @Nullable Object> object(String field) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(fields.get(field));
    }

    private String text(String field) {
        return (String) Objects.requireNonNull(fields.get(field));
    }
}
