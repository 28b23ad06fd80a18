package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.DeletionCriterion;
import io.github.dbtc4j.planner.Origin;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Clones as people read them: a line each, with the conditions for deleting it, met or not.
final class ReapTable {

    private static final String ROW = "%-15s %-12s %10s  %-6s  %s";

    private ReapTable() {}

    static List<Line> lines(List<CloneInspection> clones, Duration ttl) {
        var lines = new ArrayList<Line>();
        if (!clones.isEmpty()) {
            lines.add(
                    Line.of(
                            Tone.DIM,
                            ROW.formatted("CLONE", "PULL REQUEST", "IDLE", "", "CONDITIONS")));
        }
        clones.forEach(clone -> lines.add(Line.of(line(clone, ttl))));
        return lines;
    }

    private static String line(CloneInspection clone, Duration ttl) {
        return ROW.formatted(
                clone.job(),
                label(clone.pullRequest()),
                idle(clone),
                clone.isExpired(ttl) ? "delete" : "keep",
                clone.criteria(ttl).stream()
                        .map(criterion -> (criterion.isMet() ? "+ " : "- ") + words(criterion))
                        .collect(Collectors.joining(" ")));
    }

    private static String idle(CloneInspection clone) {
        return clone.active().isEmpty()
                ? Durations.clock(Duration.between(clone.idleSince(), clone.at()))
                : "";
    }

    private static String label(@Nullable PullRequest pullRequest) {
        return pullRequest == null ? "" : pullRequest.label();
    }

    private static String words(DeletionCriterion criterion) {
        return switch (criterion) {
            case DeletionCriterion.NameTagged() -> "name of a clone";
            case DeletionCriterion.NameUntagged() -> "not the name of a clone";
            case DeletionCriterion.MarkerNamesBase(var base) -> "marked as clone of job " + base;
            case DeletionCriterion.BaseInDoubt(var base, var origin) -> doubt(base, origin);
            case DeletionCriterion.NoMarker() -> "not marked as a clone";
            case DeletionCriterion.Retained() -> "kept by --cleanup=never";
            case DeletionCriterion.TriggersOff() -> "triggers off";
            case DeletionCriterion.TriggersOn() -> "may start by itself";
            case DeletionCriterion.NoActiveRuns() -> "no active runs";
            case DeletionCriterion.ActiveRuns(var runs) -> "in progress: " + ids(runs);
            case DeletionCriterion.IdleExpired(var idle, var ttl) ->
                    "idle for over " + Durations.clock(ttl);
            case DeletionCriterion.IdleRecent(var idle, var ttl) ->
                    "not idle for " + Durations.clock(ttl);
        };
    }

    private static String doubt(JobId base, Origin origin) {
        String said = "marked as clone of job " + base + ", which ";
        return switch (origin) {
            case CONFIRMED -> said + "exists";
            case MISSING -> said + "does not exist, or not for this token";
            case REFUSED -> said + "this token may not read";
            case ELSEWHERE -> said + "is in another project";
            case ITSELF_A_CLONE -> said + "is a clone itself";
        };
    }

    private static String ids(List<RunId> runs) {
        return runs.stream().map(run -> "run " + run).collect(Collectors.joining(", "));
    }
}
