package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.platform.Node;
import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.Responses;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The files a run leaves behind: `manifest.json`, `run_results.json` (schema version 6), the
/// compiled SQL of its models, and `catalog.json` of a step that generates documentation. Each step
/// that invokes dbt has its own; the last one's are the default, those of the step before included
/// where the last only generates documentation.
final class Artifacts {

    private static final String CATALOG = "catalog.json";

    private final RunRecord run;
    private final World world;

    Artifacts(RunRecord run, World world) {
        this.run = run;
        this.world = world;
    }

    /// @param index the step, from 1; null for the last one
    List<String> paths(@Nullable Long index) {
        int asked = asked(index);
        int step = index == null ? lastOfNodes() : asked;
        var paths = new ArrayList<String>();
        for (Results result : results(step)) {
            if (!result.status().equals("skipped")) {
                paths.add(compiled(result.node()));
            }
        }
        if (hasCatalog(asked)) {
            paths.add(CATALOG);
        }
        paths.add("manifest.json");
        if (!results(step).isEmpty()) {
            paths.add("run_results.json");
        }
        return paths;
    }

    /// @param index the step, from 1; null for the last one
    Response file(String path, @Nullable Long index) {
        int asked = asked(index);
        if (path.equals(CATALOG) && hasCatalog(asked)) {
            return Responses.file("application/json", Json.write(catalog()));
        }
        int step = index == null ? lastOfNodes() : asked;
        List<Results> results = results(step);
        if (path.equals("manifest.json")) {
            return Responses.file("application/json", Json.write(manifest()));
        }
        if (path.equals("run_results.json") && !results.isEmpty()) {
            return Responses.file("application/json", Json.write(runResults(step, results)));
        }
        for (Results result : results) {
            if (path.equals(compiled(result.node())) && !result.status().equals("skipped")) {
                return Responses.file("text/plain", "select * from " + result.node().name() + "\n");
            }
        }
        throw Responses.notFound();
    }

    /// The step that is meant, which has to have files.
    private int asked(@Nullable Long index) {
        List<Integer> invocations = invocations();
        int asked = index == null ? invocations.getLast() : index.intValue();
        if (!invocations.contains(asked)) {
            throw Responses.notFound();
        }
        return asked;
    }

    /// The indices of the steps that invoked dbt to their end.
    private List<Integer> invocations() {
        var indices = new ArrayList<Integer>();
        List<RunPlan.Step> begun = run.stepsBegun(run.updatedAt);
        for (int i = 0; i < begun.size(); i++) {
            if (begun.get(i).command() != null) {
                indices.add(i + 1);
            }
        }
        return indices;
    }

    /// The last step whose results and compiled SQL are the run's.
    private int lastOfNodes() {
        List<Integer> invocations = invocations();
        return invocations.stream()
                .filter(index -> !step(index).generatesDocs())
                .reduce((_, later) -> later)
                .orElse(invocations.getLast());
    }

    private boolean hasCatalog(int index) {
        return step(index).generatesDocs()
                && run.statusOf(step(index), run.updatedAt) == RunRecord.SUCCESS;
    }

    private RunPlan.Step step(int index) {
        return run.plan.steps().get(index - 1);
    }

    private List<Results> results(int index) {
        RunPlan.Step step = step(index);
        return run.statusOf(step, run.updatedAt) == RunRecord.CANCELLED
                ? List.of()
                : Results.of(run, step, world);
    }

    private String compiled(Node node) {
        return "compiled/" + run.environment.project().name() + "/models/" + node.name() + ".sql";
    }

    private Map<String, Object> manifest() {
        var nodes = new LinkedHashMap<String, Object>();
        for (Node node : run.environment.project().nodes()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("unique_id", node.id());
            entry.put("resource_type", node.isTest() ? "test" : "model");
            entry.put("name", node.name());
            entry.put("package_name", run.environment.project().name());
            entry.put(
                    "original_file_path",
                    node.isTest() ? "models/schema.yml" : "models/" + node.name() + ".sql");
            entry.put("depends_on", Map.of("nodes", node.dependsOn()));
            nodes.put(node.id(), entry);
        }
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("metadata", metadata("manifest/v12", run.updatedAt));
        manifest.put("nodes", nodes);
        manifest.put("sources", Map.of());
        manifest.put("disabled", Map.of());
        return manifest;
    }

    private Map<String, @Nullable Object> catalog() {
        var nodes = new LinkedHashMap<String, Object>();
        for (Node node : run.environment.project().nodes()) {
            if (!node.isTest()) {
                Map<String, Object> table =
                        Map.of("type", "BASE TABLE", "schema", "analytics", "name", node.name());
                nodes.put(
                        node.id(),
                        Map.of(
                                "metadata", table,
                                "columns", Map.of(),
                                "stats", Map.of(),
                                "unique_id", node.id()));
            }
        }
        var catalog = new LinkedHashMap<String, @Nullable Object>();
        catalog.put("metadata", metadata("catalog/v1", run.updatedAt));
        catalog.put("nodes", nodes);
        catalog.put("sources", Map.of());
        catalog.put("errors", null);
        return catalog;
    }

    private Map<String, Object> runResults(int index, List<Results> results) {
        RunPlan.Step step = step(index);
        Instant begin = Objects.requireNonNull(run.startedAt).plus(step.from());
        Duration all = step.until().minus(step.from());
        Duration each = all.dividedBy(results.size());
        var shapes = new ArrayList<Object>();
        for (int i = 0; i < results.size(); i++) {
            shapes.add(result(results.get(i), begin.plus(each.multipliedBy(i)), each, i));
        }
        var file = new LinkedHashMap<String, Object>();
        file.put("metadata", metadata("run-results/v6", begin.plus(all)));
        file.put("results", shapes);
        file.put("elapsed_time", seconds(all));
        String command = Objects.requireNonNull(step.command());
        file.put(
                "args",
                Map.of("which", command.split("\\s+", -1)[1], "invocation_command", command));
        return file;
    }

    private Map<String, @Nullable Object> result(
            Results result, Instant from, Duration time, int place) {
        boolean skipped = result.status().equals("skipped");
        Node node = result.node();
        var shape = new LinkedHashMap<String, @Nullable Object>();
        shape.put("status", result.status());
        shape.put("timing", skipped ? List.of() : timing(from, time));
        shape.put("thread_id", "Thread-" + (place % 4 + 1));
        shape.put("execution_time", skipped ? 0 : seconds(time));
        shape.put("adapter_response", Map.of());
        shape.put("message", result.message());
        shape.put("failures", result.failures());
        shape.put("unique_id", node.id());
        shape.put("compiled", skipped ? null : true);
        shape.put("compiled_code", skipped ? null : "select * from " + node.name());
        shape.put("relation_name", node.isTest() ? null : "analytics." + node.name());
        return shape;
    }

    private static List<Object> timing(Instant from, Duration time) {
        Instant compiled = from.plus(time.dividedBy(10));
        return List.of(
                phase("compile", from, compiled), phase("execute", compiled, from.plus(time)));
    }

    private static Map<String, Object> phase(String name, Instant from, Instant until) {
        var phase = new LinkedHashMap<String, Object>();
        phase.put("name", name);
        phase.put("started_at", TimestampFormat.zulu(from));
        phase.put("completed_at", TimestampFormat.zulu(until));
        return phase;
    }

    private Map<String, Object> metadata(String schema, Instant at) {
        var environment = new LinkedHashMap<String, Object>();
        environment.put("DBT_CLOUD_PROJECT_ID", String.valueOf(run.environment.project().id()));
        environment.put("DBT_CLOUD_RUN_ID", String.valueOf(run.id));
        environment.put("DBT_CLOUD_JOB_ID", String.valueOf(run.job.id));
        environment.put("DBT_CLOUD_RUN_REASON", run.trigger.cause());
        environment.put("DBT_CLOUD_RUN_REASON_CATEGORY", run.trigger.category());
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("dbt_schema_version", "https://schemas.getdbt.com/dbt/" + schema + ".json");
        metadata.put("dbt_version", "1.10.0");
        metadata.put("generated_at", TimestampFormat.zulu(at));
        metadata.put("invocation_id", new UUID(run.id, run.trigger.id()).toString());
        metadata.put("env", environment);
        return metadata;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
