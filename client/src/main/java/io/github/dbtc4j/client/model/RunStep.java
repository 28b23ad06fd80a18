package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// One step of a run, such as ``Invoke dbt with `dbt build` ``.
///
/// @param index 1 for the first
/// @param logs what people read, or null when there is none yet
/// @param debugLogs dbt's full log, or null; cut to the last 1,000 lines unless
///   [Include#DEBUG_LOGS] was asked for
/// @param fields everything the platform sent, in its order, unmodifiable
public record RunStep(
        int index,
        String name,
        RunStatus status,
        @Nullable String logs,
        @Nullable String debugLogs,
        Map<String, @Nullable Object> fields) {

    static RunStep of(Fields step) {
        return new RunStep(
                step.integer("index"),
                step.text("name"),
                RunStatus.of(step.integer("status")),
                step.textOrNull("logs"),
                step.textOrNull("debug_logs"),
                step.all());
    }
}
