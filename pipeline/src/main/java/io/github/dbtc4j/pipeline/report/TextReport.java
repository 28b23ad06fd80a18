package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.OneLine;
import io.github.dbtc4j.pipeline.explanation.StepReport;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Why a run failed, or a step of a run that succeeded, for a person who reads the log of a
/// pipeline: the step, a line or two for each failure, and last where to click.
///
/// No line is a command to the CI system, also where others wrote it; see [LogLine].
public final class TextReport {

    private static final int WIDTH = 100;
    private static final int MOST_IN_TEXT = 20;
    private static final int LONGEST_IN_TEXT = 400;

    private TextReport() {}

    /// The lines, without those that [Report#sentence] has; empty unless something failed in a run
    /// that came to its own end.
    public static String of(Ending ending) {
        return switch (ending) {
            case Report report -> Lines.of(failures(report));
            case Closing _, Aborted _, Skipped _ -> "";
        };
    }

    private static List<String> failures(Report report) {
        boolean warning = report.severity() == Report.Severity.WARNING;
        if (!warning && !(report.verdict() instanceof Verdict.Failed)) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        List<StepReport> steps = report.why().failedSteps();
        int left = MOST_IN_TEXT;
        for (StepReport step : steps) {
            lines.add(
                    (warning
                                    ? "Warning: step %d, \"%s\", failed although the run succeeded:"
                                    : "In step %d, \"%s\":")
                            .formatted(step.index(), step.name()));
            List<NodeResult> failures = step.failures();
            for (NodeResult failure : failures.subList(0, Math.min(left, failures.size()))) {
                wrap("  ", headline(failure) + ": " + failure.said(LONGEST_IN_TEXT), lines);
            }
            if (failures.size() > left) {
                lines.add("  ... and %d more.".formatted(failures.size() - left));
            }
            left = Math.max(0, left - failures.size());
            step.logTail().forEach(line -> lines.add("  | " + line));
        }
        if (steps.isEmpty() && report.why().run() != null) {
            lines.add("No step of it failed: it ended before its first, or between two.");
        }
        String counts = report.why().counts().text();
        if (!counts.isEmpty()) {
            lines.add("Nodes: " + counts + ".");
        }
        report.why().advice().ifPresent(advice -> wrap("", advice, lines));
        report.why().gaps().forEach(gap -> lines.add("(" + OneLine.clipped(gap, 300) + ")"));
        String link = report.link();
        if (link != null) {
            lines.add("See " + link);
        }
        lines.replaceAll(LogLine::of);
        return lines;
    }

    private static String headline(NodeResult failure) {
        return failure.type() + " " + failure.name() + in(failure.file());
    }

    private static String in(@Nullable String file) {
        return file == null ? "" : " (" + file + ")";
    }

    private static void wrap(String margin, String text, List<String> lines) {
        String indent = margin;
        String rest = text;
        while (indent.length() + rest.length() > WIDTH) {
            int most = WIDTH - indent.length();
            int blank = rest.lastIndexOf(' ', most);
            if (blank <= 0) {
                blank = rest.indexOf(' ');
            }
            if (blank <= 0) {
                break;
            }
            lines.add(indent + rest.substring(0, blank));
            rest = rest.substring(blank + 1);
            indent = margin.isEmpty() ? "" : "      ";
        }
        lines.add(indent + rest);
    }
}
