package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads dbt's `run_results.json`, schema version 6 and those before it with a `unique_id`
/// (dbt-core, `core/dbt/artifacts/schemas/run`). The compiled code, most of the file, is skipped.
final class RunResults {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final Set<String> WANTED =
            Set.of("unique_id", "status", "message", "failures", "execution_time");

    /// Of a row that says what happened but not to which node.
    private static final String UNNAMED = "unnamed";

    private RunResults() {}

    /// @param file in UTF-8
    /// @param run whose results are expected: a file that says it is of another run is not read
    /// @throws IllegalArgumentException when it is not such a file; the message says why
    static List<NodeResult> read(byte[] file, long run) {
        Map<String, @Nullable Object> json = Json.readObject(file, RunResults::wanted);
        Object of = at(json, "metadata", "env", "DBT_CLOUD_RUN_ID");
        if (of != null && !of.toString().equals(Long.toString(run))) {
            throw new IllegalArgumentException("it is of another run");
        }
        if (!(json.get("results") instanceof List<?> rows)) {
            throw new IllegalArgumentException("it has no results");
        }
        var results = new ArrayList<NodeResult>(rows.size());
        for (Object row : rows) {
            if (row instanceof Map<?, ?> result && result.get("status") instanceof String status) {
                if (result.get("unique_id") instanceof String id) {
                    results.add(result(id, status, result));
                } else if (result.get("message") instanceof String) {
                    results.add(result(UNNAMED, status, result));
                }
            }
        }
        return results;
    }

    private static NodeResult result(String id, String status, Map<?, ?> row) {
        var result =
                new NodeResult(
                        OneLine.clipped(id, 300),
                        OneLine.clipped(status, 50),
                        row.get("message") instanceof String text
                                ? OneLine.clip(text, LONGEST_MESSAGE)
                                : null,
                        row.get("failures") instanceof Long failures ? failures : null,
                        row.get("execution_time") instanceof Number seconds
                                ? seconds.doubleValue()
                                : 0,
                        null);
        return result.hasFailed() || result.isWarning() ? result : result.quiet();
    }

    private static boolean wanted(List<String> path) {
        return switch (path.size()) {
            case 1 -> path.getFirst().equals("results") || path.getFirst().equals("metadata");
            case 2 ->
                    path.getFirst().equals("results")
                            ? WANTED.contains(path.getLast())
                            : path.getLast().equals("env");
            case 3 -> path.getLast().equals("DBT_CLOUD_RUN_ID");
            default -> false;
        };
    }

    private static @Nullable Object at(@Nullable Object json, String... path) {
        Object value = json;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }
}
