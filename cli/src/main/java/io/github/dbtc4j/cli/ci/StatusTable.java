package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.CiStatus;
import io.github.dbtc4j.autoscaler.CiStatus.ActiveRun;
import io.github.dbtc4j.cli.narration.Plural;
import io.github.dbtc4j.cli.narration.RunLabel;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What goes on now as people read it.
final class StatusTable {

    private static final String RUN = "%-13s %-15s %-9s %9s  %-12s  %s";
    private static final String CLONE = "%-13s %-15s %-15s %s";

    private StatusTable() {}

    static List<Line> lines(CiStatus overview) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(slots(overview)));
        if (overview.runs().isEmpty()) {
            lines.add(Line.of("No run of the job or its clones is in progress."));
        } else {
            lines.add(
                    Line.of(
                            Tone.DIM,
                            RUN.formatted(
                                    "PULL REQUEST", "RUN", "STATUS", "FOR", "COMMIT", "JOB")));
            overview.runs().forEach(run -> lines.add(Line.of(line(run, overview.at()))));
        }
        if (overview.clones().isEmpty()) {
            lines.add(Line.of("There are no clones."));
        } else {
            lines.add(
                    Line.of(
                            Tone.DIM,
                            CLONE.formatted("PULL REQUEST", "CLONE", "OF JOB", "IN USE")));
            overview.clones().forEach(clone -> lines.add(Line.of(line(clone))));
        }
        return lines;
    }

    private static String slots(CiStatus overview) {
        String queued = Plural.of(overview.queued(), "run");
        return overview.runSlots() == null
                ? "%s in use, of how many is not known; %s queued."
                        .formatted(Plural.of(overview.slotsInUse(), "run slot"), queued)
                : "%d of %s in use; %s queued."
                        .formatted(
                                overview.slotsInUse(),
                                Plural.of(overview.runSlots(), "run slot"),
                                queued);
    }

    private static String line(ActiveRun activity, Instant at) {
        Run run = activity.run();
        return RUN.formatted(
                        label(activity.pullRequest()),
                        run.id(),
                        run.status().label(),
                        Durations.clock(Duration.between(since(run), at)),
                        activity.commit() == null ? "" : RunLabel.commit(activity.commit()),
                        job(activity) + behind(run))
                .stripTrailing();
    }

    /// Since when it stands where it stands.
    static Instant since(Run run) {
        return Objects.requireNonNullElse(
                run.startedAt(), Objects.requireNonNullElse(run.dequeuedAt(), run.createdAt()));
    }

    private static String job(ActiveRun activity) {
        Run run = activity.run();
        if (activity.isOnClone()) {
            return "%d, a clone of %s".formatted(run.jobId(), activity.base());
        }
        return RunLabel.job(run);
    }

    private static String behind(Run run) {
        return run.blockedBy().isEmpty()
                ? ""
                : ", behind "
                        + run.blockedBy().stream()
                                .map(id -> "run " + id)
                                .collect(Collectors.joining(", "));
    }

    private static String line(CloneInspection clone) {
        String use =
                clone.active().isEmpty()
                        ? "idle for "
                                + Durations.clock(Duration.between(clone.idleSince(), clone.at()))
                        : clone.active().stream()
                                .map(run -> "run " + run)
                                .collect(Collectors.joining(", "));
        return CLONE.formatted(
                label(clone.pullRequest()),
                clone.job(),
                clone.base() == null ? "not known" : clone.base(),
                use);
    }

    private static String label(@Nullable PullRequest pullRequest) {
        return pullRequest == null ? "" : pullRequest.label();
    }
}
