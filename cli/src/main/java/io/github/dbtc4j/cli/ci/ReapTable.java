package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.planner.CloneEvidence;
import io.github.dbtc4j.planner.Ground;
import io.github.dbtc4j.planner.Origin;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Clones as people read them: a line each, with what speaks for deleting it and what against.
final class ReapTable {

    private static final String ROW = "%-15s %-12s %10s  %-6s  %s";

    private ReapTable() {}

    static List<String> lines(List<CloneEvidence> clones, Duration ttl) {
        var lines = new ArrayList<String>();
        if (!clones.isEmpty()) {
            lines.add(ROW.formatted("CLONE", "PULL REQUEST", "IDLE", "", "EVIDENCE"));
        }
        clones.forEach(clone -> lines.add(line(clone, ttl)));
        return lines;
    }

    private static String line(CloneEvidence clone, Duration ttl) {
        return ROW.formatted(
                clone.job(),
                label(clone.pullRequest()),
                idle(clone),
                clone.isExpired(ttl) ? "delete" : "keep",
                clone.grounds(ttl).stream()
                        .map(it -> (it.speaksForDeletion() ? "+ " : "- ") + words(it))
                        .collect(Collectors.joining(" ")));
    }

    private static String idle(CloneEvidence clone) {
        return clone.active().isEmpty()
                ? Durations.clock(Duration.between(clone.idleSince(), clone.at()))
                : "";
    }

    private static String label(@Nullable PullRequest pullRequest) {
        return pullRequest == null ? "" : pullRequest.label();
    }

    private static String words(Ground ground) {
        return switch (ground) {
            case Ground.NameIsTagged() -> "name of a clone";
            case Ground.NameIsNotTagged() -> "not the name of a clone";
            case Ground.MarkerNamesBase(var base) -> "marked as clone of job " + base;
            case Ground.BaseIsInDoubt(var base, var origin) -> doubt(base, origin);
            case Ground.NoMarker() -> "not marked as a clone";
            case Ground.KeptOnPurpose() -> "made to stay";
            case Ground.TriggersAreOff() -> "triggers off";
            case Ground.TriggersAreOn() -> "may start by itself";
            case Ground.NothingRuns() -> "nothing runs";
            case Ground.RunsInProgress(var runs) -> "in progress: " + ids(runs);
            case Ground.IdleForLong(var idle, var ttl) -> "idle for over " + Durations.clock(ttl);
            case Ground.IdleNotForLong(var idle, var ttl) -> "not idle for " + Durations.clock(ttl);
        };
    }

    private static String doubt(JobId base, Origin origin) {
        String said = "marked as clone of job " + base + ", which ";
        return switch (origin) {
            case CONFIRMED -> said + "is there";
            case MISSING -> said + "is not there, or not for this token";
            case REFUSED -> said + "this token may not read";
            case ELSEWHERE -> said + "is in another project";
            case ITSELF_A_CLONE -> said + "is a clone itself";
        };
    }

    private static String ids(List<RunId> runs) {
        return runs.stream().map(run -> "run " + run).collect(Collectors.joining(", "));
    }
}
