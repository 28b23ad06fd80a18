package io.github.dbtc4j.autoscaler.state;

import io.github.dbtc4j.autoscaler.observation.ObserverMemory;
import io.github.dbtc4j.autoscaler.observation.ObserverMemory.FreshClone;
import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.planner.state.Build;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An [ObserverMemory] as JSON.
final class MemoryJson {

    private MemoryJson() {}

    static Map<String, Object> of(ObserverMemory memory) {
        return new Members()
                .put("floor", memory.floor())
                .put("ended", memory.ended().stream().map(MemoryJson::of).toList())
                .put("in_progress", memory.inProgress().stream().map(MemoryJson::of).toList())
                .put("ci_jobs", memory.ciJobs())
                .put("queue_observations", memory.queueObservations())
                .put("own_run", memory.ownRun() == null ? null : of(memory.ownRun()))
                .put("triggered_at", memory.triggeredAt())
                .put("fresh_clones", memory.freshClones().stream().map(MemoryJson::of).toList())
                .put("outdated", memory.outdated())
                .all();
    }

    static ObserverMemory read(Fields memory) {
        return new ObserverMemory(
                memory.numberOrNull("floor"),
                memory.objects("ended", MemoryJson::run),
                memory.objects("in_progress", MemoryJson::run),
                Set.copyOf(memory.numbers("ci_jobs")),
                memory.integer("queue_observations"),
                memory.object("own_run", MemoryJson::run),
                memory.parsedOrNull("triggered_at", Instant::parse),
                memory.objects("fresh_clones", MemoryJson::freshClone),
                StateJson.ids(memory.numbers("outdated"), JobId::new));
    }

    private static Map<String, Object> of(ObservedRun run) {
        return new Members()
                .put("id", run.id())
                .put("job", run.job())
                .put("status", run.status())
                .put("pull_request", label(run.pullRequest()))
                .put("claim", run.claim() == null ? null : run.claim().appendTo(""))
                .put("build", of(run.build()))
                .put("commit", run.commit())
                .put("clone_of", run.cloneOf())
                .put("created_at", run.createdAt())
                .put("started_at", run.startedAt())
                .put("finished_at", run.finishedAt())
                .put("uses_run_slot", run.usesRunSlot())
                .all();
    }

    private static ObservedRun run(Fields run) {
        return new ObservedRun(
                new RunId(run.number("id")),
                new JobId(run.number("job")),
                run.parsed("status", RunStatus::valueOf),
                run.parsedOrNull("pull_request", MemoryJson::pullRequest),
                run.parsedOrNull("claim", text -> Claim.parse(text).orElseThrow(MemoryJson::odd)),
                build(run.required("build")),
                run.textOrNull("commit"),
                StateJson.id(run.numberOrNull("clone_of"), JobId::new),
                run.parsed("created_at", Instant::parse),
                run.parsedOrNull("started_at", Instant::parse),
                run.parsedOrNull("finished_at", Instant::parse),
                run.flag("uses_run_slot"));
    }

    private static Map<String, Object> of(Build build) {
        return new Members()
                .put("project", build.project())
                .put("sha", build.sha())
                .put("branch", build.branch())
                .put("schema", build.schema())
                .put("overrides", build.overrides())
                .all();
    }

    private static Build build(Fields build) {
        var overrides = new LinkedHashMap<String, String>();
        Fields given = build.required("overrides");
        given.all().keySet().forEach(name -> overrides.put(name, given.text(name)));
        return new Build(
                build.number("project"),
                build.textOrNull("sha"),
                build.textOrNull("branch"),
                build.textOrNull("schema"),
                overrides);
    }

    private static Map<String, Object> of(FreshClone fresh) {
        ObservedClone clone = fresh.job();
        return new Members()
                .put("id", clone.id())
                .put("pull_request", label(clone.pullRequest()))
                .put("condition", clone.condition())
                .put("nonce", clone.nonce())
                .put("created_at", clone.createdAt())
                .put("made_at", fresh.madeAt())
                .all();
    }

    private static FreshClone freshClone(Fields fresh) {
        return new FreshClone(
                new ObservedClone(
                        new JobId(fresh.number("id")),
                        fresh.parsedOrNull("pull_request", MemoryJson::pullRequest),
                        fresh.parsed("condition", ObservedClone.Condition::valueOf),
                        fresh.text("nonce"),
                        fresh.parsed("created_at", Instant::parse)),
                fresh.parsed("made_at", Instant::parse));
    }

    private static @Nullable String label(@Nullable PullRequest pullRequest) {
        return pullRequest == null ? null : pullRequest.label();
    }

    private static PullRequest pullRequest(String label) {
        return PullRequest.labelled(label).orElseThrow(MemoryJson::odd);
    }

    private static IllegalArgumentException odd() {
        return new IllegalArgumentException("not what this version writes");
    }
}
