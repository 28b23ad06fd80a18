package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A [SandboxEvent] as `GET /sandbox/history` shows it.
final class EventJson {

    private EventJson() {}

    static Map<String, @Nullable Object> write(SandboxEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", event.at().toString());
        json.put("event", name(event));
        switch (event) {
            case SandboxEvent.CancelRequested(_, RunView run, Actor by) -> {
                run(run, json);
                json.put("by", by.type());
            }
            case SandboxEvent.OfRun ofRun -> run(ofRun.run(), json);
            case SandboxEvent.OfJob ofJob -> {
                job(ofJob.job(), json);
                json.put("by", ofJob.by().type());
            }
            case SandboxEvent.Requested(_, String method, String path, int status) -> {
                json.put("method", method);
                json.put("path", path);
                json.put("status", status);
            }
        }
        return json;
    }

    private static String name(SandboxEvent event) {
        return switch (event) {
            case SandboxEvent.RunQueued _ -> "run_queued";
            case SandboxEvent.RunStarting _ -> "run_starting";
            case SandboxEvent.RunRunning _ -> "run_running";
            case SandboxEvent.RunFinished _ -> "run_finished";
            case SandboxEvent.CancelRequested _ -> "cancel_requested";
            case SandboxEvent.JobCreated _ -> "job_created";
            case SandboxEvent.JobUpdated _ -> "job_updated";
            case SandboxEvent.JobDeleted _ -> "job_deleted";
            case SandboxEvent.Requested _ -> "requested";
        };
    }

    private static void run(RunView run, Map<String, @Nullable Object> json) {
        json.put("run_id", run.id());
        json.put("job_id", run.jobId());
        json.put("project_id", run.projectId());
        json.put("cause", run.cause());
        json.put("cause_category", run.causeCategory());
        json.put("git_sha", run.gitSha());
        json.put("git_branch", run.gitBranch());
        json.put("pull_request", run.pullRequest());
        json.put("schema_override", run.schemaOverride());
        json.put("status", run.status());
        json.put("status_message", run.statusMessage());
        json.put("uses_slot", run.usesSlot());
        json.put("created_at", text(run.createdAt()));
        json.put("dequeued_at", text(run.dequeuedAt()));
        json.put("started_at", text(run.startedAt()));
        json.put("finished_at", text(run.finishedAt()));
    }

    private static void job(JobView job, Map<String, @Nullable Object> json) {
        json.put("job_id", job.id());
        json.put("project_id", job.projectId());
        json.put("name", job.name());
        json.put("description", job.description());
        json.put("job_type", job.jobType());
        json.put("triggered", job.triggered());
        json.put("state", job.state());
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
