package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_BOOLEAN;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_TEXT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_TEXTS;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.TEXT;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.platform.TriggerRecord;
import io.github.dbtc4j.sandbox.request.BodySchema;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.Responses;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The body that triggers a run. Null stands for "not given" in every optional field: Airflow sends
/// its overrides that way.
final class TriggerRequest {

    /// The fields in the order a run's trigger shows them.
    static final Map<String, BodySchema.Type> FIELDS = fields();

    /// What dbt-cloud-cli sends along although the path says it (0.8.2 and newer): taken, without
    /// effect.
    private static final List<String> SAID_BY_THE_PATH = List.of("account_id", "job_id");

    private static final BodySchema SCHEMA = new BodySchema(accepted(), List.of("cause"));
    private static final int MAX_CAUSE = 255;

    private TriggerRequest() {}

    /// The fields that are given.
    ///
    /// @throws ApiErrorException 400 when the body is not valid
    static Map<String, Object> check(Map<String, @Nullable Object> body, AssumptionSet switches) {
        SCHEMA.check(body);
        var given = new LinkedHashMap<String, Object>();
        body.forEach((name, value) -> {
            if (value != null && FIELDS.containsKey(name)) {
                given.put(name, value);
            }
        });
        String cause = (String) given.get("cause");
        if (cause != null && cause.length() > MAX_CAUSE) {
            switch (switches.get(Assumption.LongCause.class)) {
                case REJECTED ->
                        throw Responses.invalid(
                                Map.of("cause", PythonText.of(cause) + " is too long"));
                case SERVER_ERROR -> throw Responses.serverError();
                case TRUNCATED -> given.put("cause", cause.substring(0, MAX_CAUSE));
                case ACCEPTED -> {}
            }
        }
        return given;
    }

    private static Map<String, BodySchema.Type> accepted() {
        var accepted = new LinkedHashMap<>(FIELDS);
        SAID_BY_THE_PATH.forEach(name -> accepted.put(name, NULLABLE_INTEGER));
        return accepted;
    }

    private static Map<String, BodySchema.Type> fields() {
        var fields = new LinkedHashMap<String, BodySchema.Type>();
        fields.put("cause", TEXT);
        fields.put("git_branch", NULLABLE_TEXT);
        fields.put("git_sha", NULLABLE_TEXT);
        TriggerRecord.PULL_REQUEST_FIELDS.forEach(name -> fields.put(name, NULLABLE_INTEGER));
        fields.put("schema_override", NULLABLE_TEXT);
        fields.put("dbt_version_override", NULLABLE_TEXT);
        fields.put("threads_override", NULLABLE_INTEGER);
        fields.put("target_name_override", NULLABLE_TEXT);
        fields.put("generate_docs_override", NULLABLE_BOOLEAN);
        fields.put("timeout_seconds_override", NULLABLE_INTEGER);
        fields.put("steps_override", NULLABLE_TEXTS);
        return fields;
    }
}
