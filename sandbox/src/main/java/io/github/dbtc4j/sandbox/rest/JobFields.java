package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.request.BodySchema.Type.BOOLEAN;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_ANY_TEXT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_BOOLEAN;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_OBJECT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_TEXT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_TEXTS;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.OBJECT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.TEXT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.TEXTS;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.EnvironmentRecord;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.ApiErrorException;
import io.github.dbtc4j.sandbox.request.BodySchema;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.Responses;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What the fields of a job have to be when they are written.
final class JobFields {

    private static final int MAX_TEXT = 255;

    /// The writable fields, in the order a job shows them.
    static final Map<String, BodySchema.Type> FIELDS = fields();

    /// What has to be there: of the keys that the specification requires, those that published
    /// clients send too. Terraform's provider (August 2026) and dbt-cloud-cli leave out the others,
    /// so the platform must have defaults for them.
    static final List<String> REQUIRED =
            List.of(
                    "account_id",
                    "environment_id",
                    "generate_docs",
                    "name",
                    "project_id",
                    "settings",
                    "state",
                    "triggers");

    /// The fields that a job shows and no client may set.
    static final Set<String> READ_ONLY =
            Set.of(
                    "raw_dbt_version",
                    "is_deferrable",
                    "created_at",
                    "updated_at",
                    "deactivated",
                    "run_failure_count",
                    "lifecycle_webhooks_url",
                    "cron_humanized",
                    "next_run",
                    "next_run_humanized",
                    "is_system",
                    "account",
                    "project",
                    "environment",
                    "most_recent_run",
                    "most_recent_completed_run",
                    "custom_environment_variables",
                    "fusion_readiness");

    private static final Set<String> TYPES =
            Set.of("ci", "scheduled", "other", "merge", "exposure_sync", "adaptive", "hybrid");

    private static final BodySchema TRIGGERS =
            new BodySchema(
                    Map.of(
                            "github_webhook", BOOLEAN,
                            "schedule", BOOLEAN,
                            "git_provider_webhook", NULLABLE_BOOLEAN,
                            "on_merge", NULLABLE_BOOLEAN),
                    List.of("github_webhook", "schedule"));
    private static final BodySchema SETTINGS =
            new BodySchema(
                    Map.of("threads", INTEGER, "target_name", TEXT),
                    List.of("threads", "target_name"));
    private static final BodySchema EXECUTION =
            new BodySchema(Map.of("timeout_seconds", INTEGER), List.of("timeout_seconds"));

    private JobFields() {}

    /// @throws ApiErrorException 400 when `body` is not valid, or 500 where the platform is said to
    static void check(Map<String, @Nullable Object> body, List<String> required, World world) {
        var schema = new BodySchema(FIELDS, required);
        schema.check(body);
        var problems = new LinkedHashMap<String, Object>();
        nested(problems, body, "triggers", TRIGGERS);
        nested(problems, body, "settings", SETTINGS);
        nested(problems, body, "execution", EXECUTION);
        if (body.get("schedule") instanceof Map<?, ?>) {
            put(problems, "schedule", Schedules.problem(BodySchema.object(body, "schedule")));
        }
        if (body.get("job_type") instanceof String type && !TYPES.contains(type)) {
            problems.put(
                    "job_type",
                    PythonText.of(type) + " is not one of " + TYPES.stream().sorted().toList());
        }
        if (problems.isEmpty()) {
            problems.putAll(mismatches(body, world));
        }
        if (!problems.isEmpty()) {
            throw Responses.invalid(problems);
        }
        if (isLong(body.get("name"))) {
            switch (world.switches.get(Assumption.LongJobName.class)) {
                case REJECTED -> throw tooLong("name", body);
                case SERVER_ERROR -> throw Responses.serverError();
                case ACCEPTED -> {}
            }
        }
        if (isLong(body.get("description"))) {
            switch (world.switches.get(Assumption.LongDescription.class)) {
                case REJECTED -> throw tooLong("description", body);
                case SERVER_ERROR -> throw Responses.serverError();
            }
        }
    }

    private static Map<String, Object> mismatches(Map<String, @Nullable Object> body, World world) {
        var problems = new LinkedHashMap<String, Object>();
        if (!Objects.equals(body.get("account_id"), world.accountId)) {
            problems.put("account_id", "The provided account_id does not match.");
        }
        EnvironmentRecord environment =
                world.environments.get(Objects.requireNonNull((Long) body.get("environment_id")));
        if (environment == null
                || !Objects.equals(body.get("project_id"), environment.project().id())) {
            problems.put("environment_id", "The environment does not belong to the project.");
        }
        if (!Set.of(1L, 2L).contains(Objects.requireNonNull(body.get("state")))) {
            problems.put("state", PythonText.of(body.get("state")) + " is not one of [1, 2]");
        }
        Map<String, @Nullable Object> triggers = BodySchema.object(body, "triggers");
        if (Boolean.TRUE.equals(triggers.get("on_merge"))
                && triggers.values().stream().filter(Boolean.TRUE::equals).count() > 1) {
            problems.put("triggers", "on_merge cannot be combined with other triggers");
        }
        return problems;
    }

    private static boolean isLong(@Nullable Object text) {
        return text instanceof String s && s.codePointCount(0, s.length()) > MAX_TEXT;
    }

    private static ApiErrorException tooLong(String name, Map<String, @Nullable Object> body) {
        return Responses.invalid(Map.of(name, PythonText.of(body.get(name)) + " is too long"));
    }

    private static void nested(
            Map<String, Object> problems,
            Map<String, @Nullable Object> body,
            String name,
            BodySchema schema) {
        if (body.containsKey(name)) {
            put(problems, name, schema.problem(BodySchema.object(body, name)));
        }
    }

    private static void put(Map<String, Object> problems, String name, @Nullable Object problem) {
        if (problem != null) {
            problems.put(name, problem);
        }
    }

    private static Map<String, BodySchema.Type> fields() {
        var fields = new LinkedHashMap<String, BodySchema.Type>();
        fields.put("execution", OBJECT);
        fields.put("generate_docs", BOOLEAN);
        fields.put("run_generate_sources", BOOLEAN);
        fields.put("run_compare_changes", BOOLEAN);
        fields.put("compare_changes_flags", NULLABLE_TEXT);
        fields.put("run_lint", BOOLEAN);
        fields.put("errors_on_lint_failure", BOOLEAN);
        fields.put("id", NULLABLE_INTEGER);
        fields.put("account_id", INTEGER);
        fields.put("project_id", INTEGER);
        fields.put("environment_id", INTEGER);
        fields.put("name", TEXT);
        fields.put("description", NULLABLE_ANY_TEXT);
        fields.put("dbt_version", NULLABLE_TEXT);
        fields.put("execute_steps", TEXTS);
        fields.put("state", INTEGER);
        fields.put("deferring_job_definition_id", NULLABLE_INTEGER);
        fields.put("deferring_environment_id", NULLABLE_INTEGER);
        fields.put("lifecycle_webhooks", BOOLEAN);
        fields.put("triggers", OBJECT);
        fields.put("settings", OBJECT);
        fields.put("schedule", NULLABLE_OBJECT);
        fields.put("job_type", NULLABLE_TEXT);
        fields.put("triggers_on_draft_pr", BOOLEAN);
        fields.put("job_completion_trigger_condition", NULLABLE_OBJECT);
        fields.put("generate_sources", BOOLEAN);
        fields.put("force_node_selection", NULLABLE_BOOLEAN);
        fields.put("cost_optimization_features", NULLABLE_TEXTS);
        return fields;
    }
}
