package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.CiStatus;
import io.github.dbtc4j.autoscaler.CiStatus.ActiveRun;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What goes on now as JSON: `{"at": "…", "run_slots": {"total": 5, "in_use": 2, "queued": 1},
/// "pull_requests": [{"pull_request": "github:50", "job": 73797, "runs": [101], "clones": []}],
/// "runs": [{"run": 101, "status": "Running", …}], "clones": [{"job": 70471824000001, …}]}`.
final class StatusJson {

    private StatusJson() {}

    /// A pull request of one base job.
    private record Key(PullRequest pullRequest, JobId base) {}

    static String of(CiStatus overview) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("at", overview.at().toString());
        var slots = new LinkedHashMap<String, @Nullable Object>();
        slots.put("total", overview.runSlots());
        slots.put("in_use", overview.slotsInUse());
        slots.put("queued", overview.queued());
        json.put("run_slots", slots);
        json.put("pull_requests", pullRequests(overview));
        json.put("runs", overview.runs().stream().map(StatusJson::of).toList());
        json.put("clones", overview.clones().stream().map(StatusJson::of).toList());
        return Json.write(json);
    }

    private static List<Map<String, @Nullable Object>> pullRequests(CiStatus overview) {
        Set<Key> keys = new LinkedHashSet<>();
        for (ActiveRun run : overview.runs()) {
            if (run.pullRequest() != null) {
                keys.add(new Key(run.pullRequest(), run.base()));
            }
        }
        for (CloneInspection clone : overview.clones()) {
            if (clone.pullRequest() != null && clone.base() != null) {
                keys.add(new Key(clone.pullRequest(), clone.base()));
            }
        }
        return keys.stream().map(key -> of(key, overview)).toList();
    }

    private static Map<String, @Nullable Object> of(Key key, CiStatus overview) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("pull_request", key.pullRequest().label());
        json.put("job", key.base().value());
        json.put(
                "runs",
                overview.runs().stream()
                        .filter(run -> key.pullRequest().equals(run.pullRequest()))
                        .filter(run -> key.base().equals(run.base()))
                        .map(run -> run.run().id())
                        .toList());
        json.put(
                "clones",
                overview.clones().stream()
                        .filter(clone -> key.pullRequest().equals(clone.pullRequest()))
                        .filter(clone -> Objects.equals(key.base(), clone.base()))
                        .map(clone -> clone.job().value())
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> of(ActiveRun activity) {
        Run run = activity.run();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run", run.id());
        json.put("status", run.status().label());
        json.put("since", StatusTable.since(run).toString());
        json.put("pull_request", label(activity.pullRequest()));
        json.put("commit", activity.commit());
        json.put("job", run.jobId());
        json.put("base", activity.base().value());
        json.put("blocked_by", run.blockedBy());
        json.put("url", run.href());
        return json;
    }

    private static Map<String, @Nullable Object> of(CloneInspection clone) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("job", clone.job().value());
        json.put("name", clone.name());
        json.put("base", clone.base() == null ? null : clone.base().value());
        json.put("pull_request", label(clone.pullRequest()));
        json.put("idle_since", clone.idleSince().toString());
        json.put("active_runs", clone.active().stream().map(RunId::value).toList());
        return json;
    }

    private static @Nullable String label(@Nullable PullRequest pullRequest) {
        return pullRequest == null ? null : pullRequest.label();
    }
}
