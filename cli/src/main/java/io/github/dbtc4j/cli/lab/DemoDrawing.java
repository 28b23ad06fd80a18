package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.comparison.WorkloadTrace;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// One recording as a timeline in SVG: a row for each job, a bar for each run.
final class DemoDrawing {

    private static final int LEFT = 76;
    private static final int DRAWING_WIDTH = 1240;
    private static final int TOP = 18;
    private static final int ROW = 24;
    private static final int BAR = 19;
    private static final int CHART = 54;
    private static final String PRODUCTION = "production";
    private static final String OTHERS = "other repo";

    private final Recording recording;
    private final Instant from;
    private final Duration length;
    private final List<String> rows = new ArrayList<>();
    private final Map<Long, String> cloneRows = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();

    private DemoDrawing(Recording recording, Instant end) {
        this.recording = recording;
        this.from = recording.morning().start();
        this.length = Duration.between(from, end);
    }

    /// The drawing, whose time ends at `end`.
    static String of(Recording recording, Instant end) {
        var drawing = new DemoDrawing(recording, end);
        drawing.draw();
        return drawing.svg.toString();
    }

    /// The colour of a pull request, in degrees.
    static int hue(WorkloadTrace morning, Push push) {
        List<Integer> numbers = morning.newest().stream().map(Push::pullRequest).toList();
        // neighbours in number are neighbours in time: they get colours far apart
        return (int) (numbers.indexOf(push.pullRequest()) * 137.5 % 360);
    }

    private void draw() {
        rows.add("CI job");
        packClones();
        rows.add(PRODUCTION);
        rows.add(OTHERS);
        int chart = TOP + rows.size() * ROW + 6;
        int height = chart + CHART + 4;
        svg.append(
                ("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Timeline: %s\">\n"
                                + "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\""
                                + " patternUnits=\"userSpaceOnUse\""
                                + " patternTransform=\"rotate(45)\"><line class=\"hatch\" x1=\"1\""
                                + " y1=\"0\" x2=\"1\" y2=\"6\"/></pattern></defs>\n")
                        .formatted(
                                DRAWING_WIDTH, height, Html.escape(recording.strategy().title())));
        grid(chart + CHART);
        for (int i = 0; i < rows.size(); i++) {
            text("soft", 0, TOP + i * ROW + 14, rows.get(i));
        }
        recording.runs().forEach(this::bar);
        chart(chart);
        svg.append("</svg>\n");
    }

    /// Clones that are never there at the same time share a row.
    private void packClones() {
        var free = new ArrayList<Instant>();
        for (JobView clone : recording.clones()) {
            List<RunView> runs =
                    recording.runs().stream().filter(run -> run.jobId() == clone.id()).toList();
            if (runs.isEmpty()) {
                continue;
            }
            int row = 0;
            while (row < free.size() && free.get(row).isAfter(runs.getFirst().createdAt())) {
                row++;
            }
            if (row == free.size()) {
                free.add(from);
                rows.add("clone " + (row + 1));
            }
            free.set(row, end(runs.getLast()));
            cloneRows.put(clone.id(), "clone " + (row + 1));
        }
    }

    private void grid(int bottom) {
        for (Instant mark = from; mark.isBefore(from.plus(length)); mark = mark.plusSeconds(600)) {
            double x = x(mark);
            svg.append(
                    "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n"
                            .formatted(x, TOP - 4, x, bottom));
            text("soft", x, 10, mark.toString().substring(11, 16));
        }
    }

    private void bar(RunView run) {
        Instant dequeued = run.dequeuedAt();
        if (dequeued == null) {
            return;
        }
        Instant executing = Objects.requireNonNullElse(run.startedAt(), end(run));
        Optional<Push> push = recording.push(run);
        Optional<Push> ours = push.filter(each -> each.repository() == Repository.OURS);
        int y = TOP + rows.indexOf(row(run, push)) * ROW;
        String style = ours.isPresent() ? "bar" : "other";
        int hue = ours.map(each -> hue(recording.morning(), each)).orElse(0);
        svg.append("<g style=\"--h:%d\"><title>%s</title>".formatted(hue, tooltip(run, push)));
        rect(style + " prep", dequeued, executing, y);
        rect(style, executing, end(run), y);
        if (isOutOfDate(run, ours)) {
            rect("over", dequeued, end(run), y);
        }
        double width = x(end(run)) - x(dequeued);
        String label = push.map(Push::label).orElse("production") + mark(run);
        if (width > 6.2 * label.length()) {
            text("tag", x(dequeued) + 3, y + 14, label);
        } else if (width > 22 && push.isPresent()) {
            text("tag", x(dequeued) + 2, y + 14, String.valueOf(push.get().pullRequest()));
        }
        svg.append("</g>\n");
    }

    private static String mark(RunView run) {
        return switch (run.status()) {
            case 10 -> " ✓";
            case 20 -> " ✗";
            default -> " ×";
        };
    }

    private boolean isOutOfDate(RunView run, Optional<Push> push) {
        return run.status() == 30
                || push.flatMap(recording.morning()::staleSince)
                        .filter(stale -> stale.isBefore(end(run)))
                        .isPresent();
    }

    private String row(RunView run, Optional<Push> push) {
        if (push.isEmpty()) {
            return PRODUCTION;
        }
        return push.get().repository() == Repository.THEIRS
                ? OTHERS
                : cloneRows.getOrDefault(run.jobId(), "CI job");
    }

    private String tooltip(RunView run, Optional<Push> push) {
        String how =
                switch (run.status()) {
                    case 10 -> "success";
                    case 20 -> "error";
                    default -> "cancelled";
                };
        String times =
                "queued %s, started %s, %s %s"
                        .formatted(
                                time(run.createdAt()), time(run.startedAt()), how, time(end(run)));
        String pushed =
                push.map(each -> each.label() + ", pushed " + time(each.at()) + ": ").orElse("");
        return Html.escape(pushed + times + ", on " + run.jobName());
    }

    private void chart(int top) {
        int slots = recording.morning().runSlots();
        List<Step> queued = steps(RunView::createdAt, this::leftTheQueue);
        List<Step> used = steps(RunView::dequeuedAt, this::end);
        int most =
                Stream.concat(queued.stream(), used.stream()).mapToInt(Step::count).max().orElse(0);
        double unit = (CHART - 10.0) / Math.max(most, slots);
        int bottom = top + CHART;
        text("soft", 0, top + 14, "slots");
        text("soft", 0, top + 30, "and queue");
        svg.append("<path class=\"queue\" d=\"%sZ\"/>\n".formatted(path(queued, bottom, unit)));
        svg.append("<path class=\"slots\" d=\"%s\"/>\n".formatted(path(used, bottom, unit)));
        svg.append(
                "<line class=\"limit\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"><title>%d run slots</title></line>\n"
                        .formatted(
                                LEFT,
                                bottom - slots * unit,
                                DRAWING_WIDTH,
                                bottom - slots * unit,
                                slots));
        text("soft", DRAWING_WIDTH - 46, bottom - slots * unit - 3, slots + " slots");
    }

    private String path(List<Step> steps, int bottom, double unit) {
        var path = new StringBuilder("M%d %d".formatted(LEFT, bottom));
        for (Step step : steps) {
            path.append("H%.1fV%.1f".formatted(x(step.at), bottom - step.count * unit));
        }
        return path + "H%.1fV%d".formatted(x(recording.end()), bottom);
    }

    /// So many from this moment on.
    private record Step(Instant at, int count) {}

    private List<Step> steps(
            Function<RunView, @Nullable Instant> from, Function<RunView, Instant> until) {
        var changes = new TreeMap<Instant, Integer>();
        for (RunView run : recording.runs()) {
            Instant began = from.apply(run);
            if (began != null) {
                changes.merge(began, 1, Integer::sum);
                changes.merge(until.apply(run), -1, Integer::sum);
            }
        }
        var steps = new ArrayList<Step>();
        int count = 0;
        for (Map.Entry<Instant, Integer> change : changes.entrySet()) {
            count += change.getValue();
            steps.add(new Step(change.getKey(), count));
        }
        return steps;
    }

    private Instant leftTheQueue(RunView run) {
        return Objects.requireNonNullElse(run.dequeuedAt(), end(run));
    }

    private Instant end(RunView run) {
        return Objects.requireNonNullElse(run.finishedAt(), recording.end());
    }

    private void rect(String style, Instant since, Instant until, int y) {
        double x = x(since);
        svg.append(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>"
                        .formatted(style, x, y, Math.max(0, x(until) - x), BAR));
    }

    private void text(String style, double x, double y, String text) {
        svg.append(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>"
                        .formatted(style, x, y, Html.escape(text)));
    }

    private double x(Instant moment) {
        double share = (double) Duration.between(from, moment).toMillis() / length.toMillis();
        return LEFT + share * (DRAWING_WIDTH - LEFT);
    }

    private static String time(@Nullable Instant moment) {
        return moment == null ? "never" : moment.toString().substring(11, 19);
    }
}
