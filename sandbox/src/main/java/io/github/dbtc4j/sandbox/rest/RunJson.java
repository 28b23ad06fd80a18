package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.platform.Humanize;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.RetryRules;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.TriggerRecord;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A run as the API shows it (recorded: OpenMetadata 2024, dbt-cloud-cli 2022, dbtc's guide).
final class RunJson {

    private final World world;
    private final Set<String> included;
    private final boolean withSteps;

    /// The jobs of the runs of one answer, of which many are of the same.
    private final Map<JobRecord, Json.Written> jobs = new HashMap<>();

    private RunJson(World world, Set<String> included, boolean withSteps) {
        this.world = world;
        this.included = included;
        this.withSteps = withSteps;
    }

    /// @param withSteps whether run steps may be shown; lists never show them
    static Map<String, @Nullable Object> of(
            RunRecord run, World world, Set<String> included, boolean withSteps) {
        return new RunJson(world, included, withSteps).of(run);
    }

    /// For the runs of one answer, without their steps.
    static Function<RunRecord, Map<String, @Nullable Object>> inList(
            World world, Set<String> included) {
        return new RunJson(world, included, false)::of;
    }

    private Map<String, @Nullable Object> of(RunRecord run) {
        Instant now = world.now();
        boolean saved = hasArtifacts(run);
        var shape = new LinkedHashMap<String, @Nullable Object>(100);
        shape.put("id", run.id);
        shape.put("trigger_id", run.trigger.id());
        shape.put("account_id", world.accountId);
        shape.put("environment_id", run.environment.id());
        shape.put("project_id", run.environment.project().id());
        shape.put("job_definition_id", run.job.id);
        shape.put("status", run.status);
        shape.put("dbt_version", run.dbtVersion);
        shape.put("git_branch", run.commit == null ? null : run.branch());
        shape.put("git_sha", run.commit);
        shape.put("status_message", run.statusMessage);
        shape.put("owner_thread_id", null);
        shape.put("executed_by_thread_id", run.dequeuedAt == null ? null : thread(run));
        shape.put("deferring_run_id", run.deferredTo);
        shape.put("artifacts_saved", saved);
        shape.put(
                "artifact_s3_path",
                saved ? "prod-us-c1/runs/" + run.id + "/artifacts/target" : null);
        shape.put("has_docs_generated", saved && run.hasDocs());
        shape.put("has_sources_generated", false);
        shape.put("notifications_sent", run.isTerminal() && run.dequeuedAt != null);
        shape.put("blocked_by", run.blockedBy());
        shape.put("scribe_enabled", true);
        shape.put("created_at", TimestampFormat.spaced(run.createdAt));
        shape.put("updated_at", TimestampFormat.spaced(run.updatedAt));
        shape.put("dequeued_at", TimestampFormat.spaced(run.dequeuedAt));
        shape.put("started_at", TimestampFormat.spaced(run.startedAt));
        shape.put("finished_at", TimestampFormat.spaced(run.finishedAt));
        shape.put("last_checked_at", run.dequeuedAt == null ? null : heartbeat(run, now));
        shape.put("last_heartbeat_at", run.dequeuedAt == null ? null : heartbeat(run, now));
        shape.put("should_start_at", null);
        shape.put(
                "trigger",
                included.contains("trigger") ? run.triggerShape(() -> trigger(run)) : null);
        shape.put(
                "job", included.contains("job") ? jobs.computeIfAbsent(run.job, this::job) : null);
        shape.put(
                "environment",
                included.contains("environment")
                        ? AccountJson.environmentV2(run.environment, world)
                        : null);
        shape.put(
                "run_steps",
                withSteps && included.contains("run_steps")
                        ? StepJson.all(run, world, included.contains("debug_logs"))
                        : List.of());
        putDerived(shape, run, now);
        String reason = RetryRules.refusal(run);
        shape.put("retrying_run_id", run.retried == null ? null : run.retried.id);
        shape.put("can_retry", reason == null);
        shape.put("retry_not_supported_reason", reason);
        shape.put("job_id", run.job.id);
        shape.put("is_running", null);
        shape.put(
                "href",
                "https://abc12.us1.dbt.com/deploy/"
                        + world.accountId
                        + "/projects/"
                        + run.environment.project().id()
                        + "/runs/"
                        + run.id
                        + "/");
        shape.put("used_repo_cache", null);
        if (included.contains("audit")) {
            shape.put("audit", audit(run));
        }
        return shape;
    }

    /// Whether the run left files behind: it got as far as invoking dbt.
    static boolean hasArtifacts(RunRecord run) {
        return run.isTerminal()
                && run.stepsBegun(run.updatedAt).stream().anyMatch(step -> step.command() != null);
    }

    private static void putDerived(
            Map<String, @Nullable Object> shape, RunRecord run, Instant now) {
        Duration took = run.tookSoFar(now);
        Duration queued = run.queuedFor(now);
        Duration ran = run.ranFor(now);
        shape.put("status_humanized", status(run.status));
        shape.put("in_progress", !run.isTerminal());
        shape.put("is_complete", run.isTerminal());
        shape.put("is_success", run.status == RunRecord.SUCCESS);
        shape.put("is_error", run.status == RunRecord.ERROR);
        shape.put("is_cancelled", run.status == RunRecord.CANCELLED);
        shape.put("duration", Humanize.clock(took));
        shape.put("queued_duration", Humanize.clock(queued));
        shape.put("run_duration", Humanize.clock(ran));
        shape.put("duration_humanized", Humanize.words(took));
        shape.put("queued_duration_humanized", Humanize.words(queued));
        shape.put("run_duration_humanized", Humanize.words(ran));
        shape.put("created_at_humanized", Humanize.ago(run.createdAt, now));
        shape.put("finished_at_humanized", Humanize.ago(run.finishedAt, now));
    }

    private Json.Written job(JobRecord job) {
        return Json.written(JobJson.inRun(job, world));
    }

    private static Json.Written trigger(RunRecord run) {
        TriggerRecord trigger = run.trigger;
        var shape = new LinkedHashMap<String, @Nullable Object>(40);
        shape.put("id", trigger.id());
        shape.put("cause", trigger.cause());
        shape.put("job_definition_id", run.job.id);
        for (String field : TriggerRequest.FIELDS.keySet()) {
            if (!field.equals("cause")) {
                shape.put(field, trigger.fields().get(field));
            }
        }
        shape.put("created_at", TimestampFormat.spaced(trigger.createdAt()));
        shape.put("cause_humanized", trigger.cause());
        shape.put("job", null);
        shape.put("cause_category", trigger.category());
        return Json.written(shape);
    }

    private static Map<String, @Nullable Object> audit(RunRecord run) {
        Actor by = run.status == RunRecord.CANCELLED ? run.cancelRequestedBy : null;
        var audit = new LinkedHashMap<String, @Nullable Object>();
        audit.put("trigger", Map.of("actor", actor(run.trigger.by())));
        audit.put("cancellation", by == null ? null : Map.of("actor", actor(by)));
        return audit;
    }

    private static Map<String, String> actor(Actor actor) {
        var shape = new LinkedHashMap<String, String>();
        shape.put("id", actor.id());
        shape.put("type", actor.type());
        shape.put("name", actor.name());
        return shape;
    }

    static String status(int status) {
        return switch (status) {
            case RunRecord.QUEUED -> "Queued";
            case RunRecord.STARTING -> "Starting";
            case RunRecord.RUNNING -> "Running";
            case RunRecord.SUCCESS -> "Success";
            case RunRecord.ERROR -> "Error";
            default -> "Cancelled";
        };
    }

    private static String thread(RunRecord run) {
        return "scheduler-run-0-557678648f-"
                + String.valueOf(100_000 + run.number % 100_000).substring(1);
    }

    private static @Nullable String heartbeat(RunRecord run, Instant now) {
        return TimestampFormat.spaced(run.finishedAt != null ? run.finishedAt : now);
    }
}
