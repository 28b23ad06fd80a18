package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A plan as JSON: `{"steps": [{"step": "trigger", "lane": "base", "job": 73797}], "reasons":
/// [{"reason": "base_idle", "job": 73797}]}`.
final class PlanJson {

    private PlanJson() {}

    static String of(Plan plan) {
        var json = new LinkedHashMap<String, Object>();
        json.put("steps", plan.steps().stream().map(PlanJson::of).toList());
        json.put("reasons", plan.reasons().stream().map(PlanJson::of).toList());
        return Json.write(json);
    }

    private static Map<String, @Nullable Object> of(Step step) {
        return switch (step) {
            case Step.Cancel(var run) -> step("cancel", "run", id(run));
            case Step.AwaitCompletion(var runs) -> step("await_completion", "runs", ids(runs));
            case Step.DeleteClone(var job) -> step("delete_clone", "job", id(job));
            case Step.CreateClone() -> step("create_clone");
            case Step.AwaitVisibility(var job) -> step("await_visibility", "job", id(job));
            case Step.Trigger(Lane.Base(var job)) ->
                    step("trigger", "lane", "base", "job", id(job));
            case Step.Trigger(Lane.Clone(var job)) ->
                    step("trigger", "lane", "clone", "job", id(job));
            case Step.Trigger(Lane.NewClone()) -> step("trigger", "lane", "new_clone");
            case Step.ResolveWrite(var lost) -> step("resolve_write");
            case Step.Watch(var run) -> step("watch", "run", id(run));
            case Step.VerifySuccess(var run) -> step("verify_success", "run", id(run));
            case Step.Finish(var verdict) -> finish(verdict);
        };
    }

    private static Map<String, @Nullable Object> finish(Verdict verdict) {
        String name = verdict.label();
        Long run = id(verdict.run());
        return switch (verdict) {
            case Verdict.Superseded(var _, var by) ->
                    step("finish", "verdict", name, "run", run, "by", id(by));
            case Verdict.Conflicted(var _, var by) ->
                    step("finish", "verdict", name, "run", run, "by", id(by));
            case Verdict.Triggered _,
                    Verdict.Succeeded _,
                    Verdict.Failed _,
                    Verdict.Cancelled _,
                    Verdict.DeadlinePassed _ ->
                    step("finish", "verdict", name, "run", run);
        };
    }

    private static Map<String, @Nullable Object> of(Reason reason) {
        return switch (reason) {
            case Reason.StaleRun(var run, var job, var _) ->
                    reason("stale_run", "run", id(run), "job", id(job));
            case Reason.BaseIdle(var job) -> reason("base_idle", "job", id(job));
            case Reason.BaseBusy(var job, var run, var pullRequest) ->
                    reason(
                            "base_busy",
                            "job",
                            id(job),
                            "run",
                            id(run),
                            "pull_request",
                            label(pullRequest));
            case Reason.SlotsFree(var used, var runSlots) ->
                    reason("slots_free", "used", used, "run_slots", runSlots);
            case Reason.SlotsExhausted(var used, var runSlots) ->
                    reason("slots_exhausted", "used", used, "run_slots", runSlots);
            case Reason.SlotsUnknown() -> reason("slots_unknown");
            case Reason.CapReached(var busy, var cap) ->
                    reason("cap_reached", "busy", busy, "max_run_slots", cap);
            case Reason.PlatformRunsConcurrently(var job) ->
                    reason("platform_runs_concurrently", "job", id(job));
            case Reason.NativeForced(var job) -> reason("native_forced", "job", id(job));
            case Reason.SecretsNotClonable(var names) ->
                    reason("secrets_not_clonable", "names", names);
            case Reason.SchemaShared(var schema, var run, var pullRequest) ->
                    reason(
                            "schema_shared",
                            "schema",
                            schema,
                            "run",
                            id(run),
                            "pull_request",
                            label(pullRequest));
            case Reason.CloneRefused() -> reason("clone_refused");
            case Reason.CloneExists(var job) -> reason("clone_exists", "job", id(job));
            case Reason.SlotFreed(var run, var behind) ->
                    reason("slot_freed", "run", id(run), "behind", id(behind));
            case Reason.LaneDeleted(var job) -> reason("lane_deleted", "job", id(job));
            case Reason.NewerRun(var run) -> reason("newer_run", "run", id(run));
            case Reason.SameCommit(var run) -> reason("same_commit", "run", id(run));
            case Reason.Conflict(var run, var by) ->
                    reason("conflict", "run", id(run), "by", id(by));
            case Reason.CloneOutdated(var job) -> reason("clone_outdated", "job", id(job));
            case Reason.LanesDedicated() -> reason("lanes_dedicated");
        };
    }

    private static Map<String, @Nullable Object> step(
            String name, @Nullable Object... namesAndValues) {
        return object("step", name, namesAndValues);
    }

    private static Map<String, @Nullable Object> reason(
            String name, @Nullable Object... namesAndValues) {
        return object("reason", name, namesAndValues);
    }

    private static Map<String, @Nullable Object> object(
            String kind, String name, @Nullable Object[] namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(kind, name);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    private static long id(JobId job) {
        return job.value();
    }

    private static @Nullable Long id(@Nullable RunId run) {
        return run == null ? null : run.value();
    }

    private static List<Long> ids(List<RunId> runs) {
        return runs.stream().map(RunId::value).toList();
    }

    private static @Nullable String label(@Nullable PullRequest pullRequest) {
        return pullRequest == null ? null : pullRequest.label();
    }
}
