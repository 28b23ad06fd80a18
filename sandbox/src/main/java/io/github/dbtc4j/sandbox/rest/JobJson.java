package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.platform.Humanize;
import io.github.dbtc4j.sandbox.platform.JobDefinition;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A job as the API shows it, by itself and inside a run (recorded: OpenMetadata 2024,
/// dbt-cloud-cli 2022, dbtc's guide).
final class JobJson {

    private JobJson() {}

    static Map<String, @Nullable Object> of(JobRecord job, World world, Set<String> included) {
        Map<String, @Nullable Object> shape = fields(job, world, false);
        shape.put("cron_humanized", CronWords.of(job.definition.cron()));
        Instant next = job.nextRun;
        shape.put("next_run", TimestampFormat.iso(next));
        shape.put(
                "next_run_humanized",
                next == null ? null : Humanize.words(Duration.between(world.now(), next)));
        shape.put("is_system", false);
        shape.put("account", null);
        shape.put("project", null);
        shape.put(
                "environment",
                included.contains("environment")
                        ? AccountJson.environmentV2(world.environmentOf(job), world)
                        : null);
        shape.put("fusion_readiness", null);
        shape.put(
                "most_recent_run",
                included.contains("most_recent_run") ? latest(job, false, world) : null);
        shape.put(
                "most_recent_completed_run",
                included.contains("most_recent_completed_run") ? latest(job, true, world) : null);
        if (included.contains("custom_environment_variables")) {
            shape.put(
                    "custom_environment_variables",
                    world.variables.values().stream()
                            .filter(variable -> Objects.equals(variable.jobId(), job.id))
                            .map(variable -> VariableApi.shape(variable, world))
                            .toList());
        }
        return shape;
    }

    /// Inside a run the schedule is flat, the moments end in `Z` and nothing is humanized.
    static Map<String, @Nullable Object> inRun(JobRecord job, World world) {
        return fields(job, world, true);
    }

    private static Map<String, @Nullable Object> fields(JobRecord job, World world, boolean inRun) {
        JobDefinition definition = job.definition;
        var shape = new LinkedHashMap<String, @Nullable Object>(80);
        definition
                .fields()
                .forEach((name, value) -> {
                    // The writable fields are in the order of the answer; these go between them.
                    switch (name) {
                        case "project_id" -> {
                            shape.put("id", job.id);
                            shape.put("account_id", world.accountId);
                        }
                        case "execute_steps" -> {
                            if (!inRun) {
                                shape.put("raw_dbt_version", definition.dbtVersion());
                            }
                            shape.put("created_at", moment(job.createdAt, inRun));
                            shape.put("updated_at", moment(job.updatedAt, inRun));
                        }
                        case "deferring_job_definition_id" -> {
                            shape.put("state", job.state());
                            shape.put("deactivated", job.deactivated);
                            shape.put("run_failure_count", job.failures);
                        }
                        case "triggers" -> shape.put("lifecycle_webhooks_url", null);
                        // Other jobs can defer to a job that has succeeded.
                        case "job_type" -> shape.put("is_deferrable", job.latestSuccess != null);
                        default -> {}
                    }
                    shape.put(name, inRun && name.equals("schedule") ? flat(definition) : value);
                });
        return shape;
    }

    private static @Nullable String moment(Instant moment, boolean inRun) {
        return inRun ? TimestampFormat.zulu(moment) : TimestampFormat.iso(moment);
    }

    private static Map<String, @Nullable Object> flat(JobDefinition definition) {
        Map<String, @Nullable Object> schedule = definition.object("schedule");
        var flat = new LinkedHashMap<String, @Nullable Object>();
        flat.put("cron", schedule.get("cron"));
        flat.put("date", type(schedule.get("date")));
        flat.put("time", type(schedule.get("time")));
        return flat;
    }

    private static @Nullable Object type(@Nullable Object strategy) {
        return strategy instanceof Map<?, ?> map ? map.get("type") : null;
    }

    private static @Nullable Object latest(JobRecord job, boolean completed, World world) {
        List<RunRecord> runs = job.runs;
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (!completed || runs.get(i).isTerminal()) {
                return RunJson.of(runs.get(i), world, Set.of(), false);
            }
        }
        return null;
    }
}
