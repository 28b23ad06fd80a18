package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.platform.JobDefinition;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.BodySchema;
import io.github.dbtc4j.sandbox.request.Responses;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The body that creates or updates a job, and the definition it comes to.
final class JobRequest {

    private JobRequest() {}

    /// The definition that `body` creates.
    ///
    /// @throws ApiErrorException 400, 405 or 500 when it cannot
    static JobDefinition create(Map<String, @Nullable Object> body, World world) {
        var required = new ArrayList<>(JobFields.REQUIRED);
        if (world.switches.is(Assumption.IdAndScheduleOnCreate.REQUIRED)) {
            required.add("id");
            required.add("schedule");
        }
        Map<String, @Nullable Object> fields = withoutReadOnly(body, world.switches);
        if (fields.size() < body.size() && body.get("raw_dbt_version") != null) {
            throw Responses.serverError();
        }
        JobFields.check(fields, required, world);
        if (fields.get("id") != null) {
            throw Responses.invalid(Map.of("id", "The id must be null when creating."));
        }
        return definition(fields, defaults(), null, world);
    }

    /// The definition that `body` turns the job `id` into.
    ///
    /// @throws ApiErrorException 400, 405 or 500 when it cannot
    static JobDefinition update(
            long id, JobDefinition old, Map<String, @Nullable Object> body, World world) {
        var fields = new LinkedHashMap<String, @Nullable Object>(body);
        fields.keySet().removeAll(JobFields.READ_ONLY);
        if (!Objects.equals(fields.get("id"), id)) {
            throw Responses.invalid(Map.of("id", "The provided id does not match."));
        }
        JobFields.check(fields, JobFields.REQUIRED, world);
        return definition(fields, old.fields(), old, world);
    }

    private static Map<String, @Nullable Object> withoutReadOnly(
            Map<String, @Nullable Object> body, AssumptionSet switches) {
        if (switches.is(Assumption.ReadOnlyKeysOnCreate.REJECTED)) {
            return body;
        }
        var fields = new LinkedHashMap<String, @Nullable Object>(body);
        fields.keySet().removeAll(JobFields.READ_ONLY);
        return fields;
    }

    private static JobDefinition definition(
            Map<String, @Nullable Object> body,
            Map<String, @Nullable Object> before,
            @Nullable JobDefinition old,
            World world) {
        var fields = new LinkedHashMap<String, @Nullable Object>(before);
        body.forEach((name, value) -> {
            if (!name.equals("id") && (value != null || isNullable(name))) {
                fields.put(name, value);
            }
        });
        fields.remove("state");
        Map<String, @Nullable Object> triggers = BodySchema.object(fields, "triggers");
        var shown = new LinkedHashMap<String, @Nullable Object>();
        for (String name :
                List.of("github_webhook", "git_provider_webhook", "schedule", "on_merge")) {
            shown.put(name, triggers.get(name));
        }
        fields.put("triggers", shown);
        fields.put("schedule", Schedules.normal(BodySchema.object(fields, "schedule")));
        String type = type(body, shown, old, world.switches);
        fields.put("job_type", type);
        CostOptimization.settle(body, fields, old, type, world.switches);
        return new JobDefinition(fields);
    }

    /// The type is what was asked for, or follows from the triggers; `scheduled` and `other` always
    /// do. `ci` and `adaptive` cannot be changed to or from.
    private static String type(
            Map<String, @Nullable Object> body,
            Map<String, @Nullable Object> triggers,
            @Nullable JobDefinition old,
            AssumptionSet switches) {
        String asked = (String) body.get("job_type");
        if (old != null) {
            String was = old.jobType();
            if (asked == null) {
                asked = was;
            }
            for (String fixed : List.of("ci", "adaptive")) {
                if (was.equals(fixed) != asked.equals(fixed)) {
                    throw Responses.invalid(
                            Map.of(
                                    "job_type",
                                    "the job type field for this job can only be set to '%s'"
                                            .formatted(was)));
                }
            }
        }
        if (asked != null && !Set.of("scheduled", "other").contains(asked)) {
            return asked;
        }
        if (old == null
                && (Boolean.TRUE.equals(triggers.get("github_webhook"))
                        || Boolean.TRUE.equals(triggers.get("git_provider_webhook")))) {
            return "ci";
        }
        if (Boolean.TRUE.equals(triggers.get("on_merge"))) {
            return "merge";
        }
        if (Boolean.TRUE.equals(triggers.get("schedule"))) {
            return "scheduled";
        }
        return asked != null || old != null
                ? "other"
                : switch (switches.get(Assumption.TypeOfJobWithoutTriggers.class)) {
                    case OTHER -> "other";
                    case SCHEDULED -> "scheduled";
                    case CI -> "ci";
                };
    }

    private static Map<String, @Nullable Object> defaults() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        JobFields.FIELDS.keySet().forEach(name -> fields.put(name, null));
        fields.keySet().removeAll(Set.of("id", "account_id"));
        fields.put("execution", Map.of("timeout_seconds", 0L));
        fields.put("run_generate_sources", false);
        fields.put("run_compare_changes", false);
        fields.put("compare_changes_flags", "--select state:modified");
        fields.put("run_lint", false);
        fields.put("errors_on_lint_failure", true);
        fields.put("lifecycle_webhooks", false);
        fields.put("description", "");
        fields.put("execute_steps", List.of());
        fields.put("triggers_on_draft_pr", false);
        fields.put("generate_sources", false);
        fields.put("cost_optimization_features", List.of());
        fields.put("schedule", Schedules.everyHour());
        return fields;
    }

    private static boolean isNullable(String name) {
        return Set.of(
                        "dbt_version",
                        "deferring_environment_id",
                        "deferring_job_definition_id",
                        "job_completion_trigger_condition",
                        "force_node_selection")
                .contains(name);
    }
}
