package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.OneLine;
import io.github.dbtc4j.pipeline.explanation.StepReport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One thing to point a person to, in a list or at a line of a change.
///
/// @param severity not [Report.Severity#NONE]
/// @param title what it is about
/// @param message what is the matter, over several lines perhaps; no line steers a terminal
/// @param file where to look, or null
record Annotation(Report.Severity severity, String title, String message, @Nullable String file) {

    private static final int LONGEST_ANNOTATION = 1_000;

    Annotation {
        title = OneLine.clipped(title, 300);
        file = file == null ? null : OneLine.of(file);
    }

    /// What `report` has to point to: each failure, the end of the log of a step of which no
    /// failure is known, or the verdict itself; nothing when all is well.
    ///
    /// @param most how many at most; the last then says how many more there are
    static List<Annotation> of(Report report, int most) {
        var annotations = new ArrayList<Annotation>();
        if (report.severity() == Report.Severity.NONE) {
            return annotations;
        }
        Report.Severity failed =
                report.severity() == Report.Severity.WARNING
                        ? Report.Severity.WARNING
                        : Report.Severity.ERROR;
        for (StepReport step : report.why().failedSteps()) {
            step.failures().forEach(failure -> annotations.add(of(failure, step, failed)));
            if (step.failures().isEmpty()) {
                annotations.add(of(step, failed));
            }
        }
        if (annotations.isEmpty()) {
            Run run = report.why().run();
            String title = run == null ? "dbt" : "dbt run " + run.id();
            annotations.add(
                    new Annotation(report.severity(), title, lines(report.sentence()), null));
        }
        if (annotations.size() <= most) {
            return annotations;
        }
        String more = "%d more failures".formatted(annotations.size() - most + 1);
        var some = new ArrayList<>(annotations.subList(0, most - 1));
        some.add(new Annotation(failed, more, more + " are listed in the run.", null));
        return some;
    }

    private static Annotation of(NodeResult failure, StepReport step, Report.Severity severity) {
        String said = lines(step.reason(failure));
        Long rows = failure.failures();
        return new Annotation(
                severity,
                failure.type() + " " + failure.name(),
                rows == null || rows == 0 ? said : String.join("\n", said, "Failing rows: " + rows),
                failure.file());
    }

    private static Annotation of(StepReport step, Report.Severity severity) {
        String headline = step.headline();
        List<String> tail = step.logTail();
        return new Annotation(
                severity,
                "Step %d, %s".formatted(step.index(), step.name()),
                headline == null
                        ? "The step failed and left no log."
                        : String.join(
                                "\n",
                                headline.equals(tail.getFirst())
                                        ? tail
                                        : Stream.concat(Stream.of(headline), tail.stream())
                                                .toList()),
                null);
    }

    private static String lines(String text) {
        return OneLine.clip(text, LONGEST_ANNOTATION)
                .lines()
                .map(OneLine::of)
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
