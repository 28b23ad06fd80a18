package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.comparison.WorkloadTrace;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A recording as a terminal shows it at one moment: run slots, the queue, each pull request's runs
/// over time, and the latest decisions.
final class DemoView {

    private static final int LABEL = 7;
    private static final String PRODUCTION = "prod";
    private static final String OTHERS = "others";

    private final Recording recording;
    private final List<DemoStory.Line> story;
    private final List<String> rows;
    private final DemoInk ink;
    private final int width;
    private final int height;
    private final Instant from;
    private final Duration cell;

    DemoView(Recording recording, DemoInk ink, int width, int height) {
        this.recording = recording;
        this.story = DemoStory.of(recording);
        this.ink = ink;
        this.width = Math.clamp(width, 60, 200);
        WorkloadTrace morning = recording.morning();
        this.rows = rows(morning);
        this.height = Math.max(rows.size() + 6, height);
        this.from = morning.start();
        this.cell =
                Duration.between(from, recording.end())
                        .dividedBy(this.width - LABEL - 2)
                        .plusMillis(1);
    }

    /// The screen at `now`: always as many lines, none wider than the terminal.
    List<String> frame(Instant now) {
        var lines = new ArrayList<String>();
        lines.add(slots(now));
        lines.add(queue(now));
        lines.add(axis());
        rows.forEach(row -> lines.add(row(row, now)));
        lines.add(legend());
        int room = Math.min(8, height - lines.size() - 2);
        List<String> told =
                story.stream()
                        .filter(line -> !line.at().isAfter(now))
                        .map(DemoStory.Line::toString)
                        .toList();
        List<String> latest = told.subList(Math.max(0, told.size() - room), told.size());
        latest.forEach(line -> lines.add(fit(line)));
        for (int i = latest.size(); i < room; i++) {
            lines.add("");
        }
        return lines;
    }

    private static List<String> rows(WorkloadTrace morning) {
        var rows = new ArrayList<String>();
        morning.newest().forEach(push -> rows.add("#" + push.pullRequest()));
        rows.add(PRODUCTION);
        if (morning.pushes().stream().anyMatch(push -> push.repository() == Repository.THEIRS)) {
            rows.add(OTHERS);
        }
        return rows;
    }

    private String slots(Instant now) {
        List<RunView> taking =
                recording.runs().stream().filter(run -> holds(run.dequeuedAt(), run, now)).toList();
        var text = new StringBuilder(now.toString().substring(11, 19)).append("  run slots ");
        int used = 0;
        for (RunView run : taking) {
            used++;
            text.append(ink.commit(commit(run), "■")).append(row(run)).append(' ');
        }
        for (; used < recording.morning().runSlots(); used++) {
            text.append(ink.dim("□ free")).append(' ');
        }
        return text.toString().stripTrailing();
    }

    private String queue(Instant now) {
        String waiting =
                recording.runs().stream()
                        .filter(run -> !run.createdAt().isAfter(now))
                        .filter(run ->
                                isAfter(run.dequeuedAt(), now) && isAfter(run.finishedAt(), now))
                        .map(run -> recording.push(run).map(DemoView::label).orElse(PRODUCTION))
                        .collect(Collectors.joining(", "));
        return fit("          queue     " + (waiting.isEmpty() ? "–" : waiting));
    }

    private String axis() {
        var axis = new StringBuilder(" ".repeat(width));
        for (Instant mark = from; mark.isBefore(recording.end()); mark = mark.plusSeconds(600)) {
            int at = LABEL + column(mark);
            if (at + 5 <= width) {
                axis.replace(at, at + 5, mark.toString().substring(11, 16));
            }
        }
        return ink.dim(axis.toString().stripTrailing());
    }

    private String row(String name, Instant now) {
        var cells = new String[width - LABEL];
        Arrays.fill(cells, " ");
        recording.runs().stream()
                .filter(run -> row(run).equals(name) && !run.createdAt().isAfter(now))
                .forEach(run -> draw(run, now, cells));
        return "%-7s".formatted(name) + String.join("", cells).stripTrailing();
    }

    private void draw(RunView run, Instant now, String[] cells) {
        int commit = commit(run);
        Instant end =
                isAfter(run.finishedAt(), now) ? now : Objects.requireNonNull(run.finishedAt());
        for (int i = column(run.createdAt()); i <= column(end); i++) {
            Instant middle = from.plus(cell.multipliedBy(i)).plus(cell.dividedBy(2));
            if (!isAfter(run.dequeuedAt(), middle)) {
                cells[i] = ink.commit(commit, isAfter(run.startedAt(), middle) ? "░" : "█");
            } else if (cells[i].equals(" ")) {
                cells[i] = ink.dim("·");
            }
        }
        if (commit > 0) {
            cells[column(run.createdAt())] = ink.commit(commit, String.valueOf(commit));
        }
        if (!isAfter(run.finishedAt(), now)) {
            cells[column(end)] =
                    switch (run.status()) {
                        case 10 -> ink.good("✓");
                        case 20 -> ink.bad("✗");
                        default -> ink.dim("×");
                    };
        }
    }

    private String legend() {
        return ink.dim(
                "1 2 commit  · queued  ░ starting  █ running  ✓ success  ✗ error  ×"
                        + " cancelled");
    }

    private int column(Instant at) {
        return (int) Duration.between(from, at).dividedBy(cell);
    }

    private String row(RunView run) {
        Optional<Push> push = recording.push(run);
        if (push.isEmpty()) {
            return PRODUCTION;
        }
        return push.get().repository() == Repository.OURS ? "#" + push.get().pullRequest() : OTHERS;
    }

    private int commit(RunView run) {
        return recording
                .push(run)
                .filter(push -> push.repository() == Repository.OURS)
                .map(Push::commit)
                .orElse(0);
    }

    private static String label(Push push) {
        return push.repository() == Repository.OURS ? push.label() : OTHERS;
    }

    private static boolean holds(@Nullable Instant since, RunView run, Instant now) {
        return !isAfter(since, now) && isAfter(run.finishedAt(), now);
    }

    /// Whether it is still to come, for which null stands as well.
    private static boolean isAfter(@Nullable Instant moment, Instant now) {
        return moment == null || moment.isAfter(now);
    }

    private String fit(String line) {
        return line.length() < width ? line : line.substring(0, width - 2) + "…";
    }
}
