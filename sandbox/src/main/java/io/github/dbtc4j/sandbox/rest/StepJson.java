package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.platform.Humanize;
import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A run's steps as the API shows them.
final class StepJson {

    private StepJson() {}

    static List<Map<String, @Nullable Object>> all(RunRecord run, World world, boolean debugLogs) {
        var shapes = new ArrayList<Map<String, @Nullable Object>>();
        int begun = run.stepsBegun(world.now()).size();
        for (int index = 1; index <= begun; index++) {
            shapes.add(of(run, index, world, debugLogs));
        }
        return shapes;
    }

    /// @param index the step's place in the run, from 1
    static Map<String, @Nullable Object> of(
            RunRecord run, int index, World world, boolean debugLogs) {
        RunPlan.Step step = run.plan.steps().get(index - 1);
        Instant now = world.now();
        int status = run.statusOf(step, now);
        boolean over = status >= RunRecord.SUCCESS;
        Instant start = Objects.requireNonNull(run.startedAt).plus(step.from());
        Duration ran = run.ranFor(now);
        Duration end = step.until().compareTo(ran) < 0 ? step.until() : ran;
        Duration took = end.minus(step.from());
        Instant finished = over ? Objects.requireNonNull(run.startedAt).plus(end) : null;
        String logs = StepLogs.of(run, index, status, world);
        var shape = new LinkedHashMap<String, @Nullable Object>(48);
        shape.put("id", World.stepId(run.number, index));
        shape.put("run_id", run.id);
        shape.put("account_id", world.accountId);
        shape.put("index", index);
        shape.put("name", step.name());
        shape.put("status", status);
        shape.put("status_humanized", RunJson.status(status));
        shape.put("status_color", color(status));
        shape.put("logs", over ? logs : null);
        shape.put("debug_logs", over && debugLogs ? logs : "");
        shape.put("log_path", null);
        shape.put("debug_log_path", null);
        shape.put("log_location", over ? "db" : "empty");
        shape.put("log_archive_type", "db_flushed");
        shape.put("truncated_debug_logs", over ? logs : null);
        shape.put("started_at", TimestampFormat.spaced(start));
        shape.put("finished_at", TimestampFormat.spaced(finished));
        shape.put("created_at", TimestampFormat.spaced(run.startedAt));
        shape.put("updated_at", TimestampFormat.spaced(finished == null ? now : finished));
        shape.put("duration", Humanize.clock(took));
        shape.put("duration_humanized", Humanize.words(took));
        shape.put("run_step_command", command(run, index, step));
        shape.put("run_step_invocation", null);
        return shape;
    }

    private static @Nullable Map<String, Object> command(
            RunRecord run, int index, RunPlan.Step step) {
        if (step.command() == null) {
            return null;
        }
        var command = new LinkedHashMap<String, Object>();
        command.put("run_step_id", World.stepId(run.number, index));
        command.put("dbt_command", step.command());
        return command;
    }

    private static String color(int status) {
        return switch (status) {
            case RunRecord.SUCCESS -> "#1ec87b";
            case RunRecord.ERROR -> "#d3322b";
            case RunRecord.CANCELLED -> "#8b8b8b";
            default -> "#2f81f7";
        };
    }
}
