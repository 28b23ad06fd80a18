package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.DeletionCriterion;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Clones as JSON: `[{"job": 70471824000001, "name": "…", "base": 73797, "pull_request":
/// "github:50", "idle_since": "…", "delete": true, "deleted": true, "for": ["name_tagged", …],
/// "against": []}]`.
final class ReapJson {

    private ReapJson() {}

    static String of(List<CloneInspection> clones, Duration ttl, List<JobId> deleted) {
        return Json.write(
                clones.stream()
                        .map(inspection -> of(inspection, ttl, deleted.contains(inspection.job())))
                        .toList());
    }

    private static Map<String, @Nullable Object> of(
            CloneInspection clone, Duration ttl, boolean deleted) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("job", clone.job().value());
        json.put("name", clone.name());
        json.put("base", clone.base() == null ? null : clone.base().value());
        json.put("pull_request", clone.pullRequest() == null ? null : clone.pullRequest().label());
        json.put("idle_since", clone.idleSince().toString());
        json.put("active_runs", clone.active().stream().map(RunId::value).toList());
        json.put("delete", clone.isExpired(ttl));
        json.put("deleted", deleted);
        json.put("for", names(clone, ttl, true));
        json.put("against", names(clone, ttl, false));
        return json;
    }

    private static List<String> names(CloneInspection clone, Duration ttl, boolean forDeletion) {
        return clone.criteria(ttl).stream()
                .filter(ground -> ground.isMet() == forDeletion)
                .map(ReapJson::name)
                .toList();
    }

    private static String name(DeletionCriterion ground) {
        return switch (ground) {
            case DeletionCriterion.NameTagged() -> "name_tagged";
            case DeletionCriterion.NameUntagged() -> "name_untagged";
            case DeletionCriterion.MarkerNamesBase(var base) -> "marker_names_base";
            case DeletionCriterion.BaseInDoubt(var base, var origin) ->
                    "base_" + origin.name().toLowerCase(Locale.ROOT);
            case DeletionCriterion.NoMarker() -> "no_marker";
            case DeletionCriterion.Retained() -> "retained";
            case DeletionCriterion.TriggersOff() -> "triggers_off";
            case DeletionCriterion.TriggersOn() -> "triggers_on";
            case DeletionCriterion.NoActiveRuns() -> "no_active_runs";
            case DeletionCriterion.ActiveRuns(var runs) -> "active_runs";
            case DeletionCriterion.IdleExpired(var idle, var ttl) -> "idle_expired";
            case DeletionCriterion.IdleRecent(var idle, var ttl) -> "idle_recent";
        };
    }
}
