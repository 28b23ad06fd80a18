package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.OneLine;
import io.github.dbtc4j.pipeline.explanation.StepReport;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A summary in Markdown: for GitHub's job summary, that of Azure Pipelines, or any other place.
///
/// GitHub takes a megabyte a step
/// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits);
/// this stays far below.
public final class MarkdownReport {

    private static final int MOST_IN_MARKDOWN = 100;
    private static final int MOST_WARNINGS = 20;
    private static final int LONGEST_IN_MARKDOWN = 500;

    private MarkdownReport() {}

    /// The summary of `ending`.
    public static String of(Ending ending) {
        return of(ending, true);
    }

    /// The same for a place that may show HTML as text.
    ///
    /// @param html whether it renders HTML
    public static String of(Ending ending, boolean html) {
        return switch (ending) {
            case Report report -> summary(report, html);
            case Closing closing -> summary(closing);
            case Skipped(var message, _) -> "### dbtc: " + Markdown.text(message) + "\n\n";
            case Aborted aborted ->
                    "### %s\n\n%s\n\n"
                            .formatted(aborted.heading(), Markdown.text(aborted.message()));
        };
    }

    private static String summary(Report report, boolean html) {
        var text = new StringBuilder();
        text.append("### ").append(Markdown.text(report.sentence())).append("\n\n");
        text.append(facts(report)).append("\n\n");
        for (String reason : report.reasons()) {
            text.append("- ").append(Markdown.text(reason)).append('\n');
        }
        if (!report.reasons().isEmpty()) {
            text.append('\n');
        }
        int left = MOST_IN_MARKDOWN;
        for (StepReport step : report.why().failedSteps()) {
            List<NodeResult> failures = step.failures();
            boolean warning = report.severity() == Report.Severity.WARNING;
            text.append(warning ? "**Warning: step " : "**Step ")
                    .append(step.index())
                    .append(", ")
                    .append(Markdown.text(step.name()))
                    .append(warning ? "**, failed although the run succeeded\n\n" : "**\n\n");
            table("Failed", failures.subList(0, Math.min(left, failures.size())), text);
            if (failures.size() > left) {
                text.append("… and ").append(failures.size() - left).append(" more.\n\n");
            }
            left = Math.max(0, left - failures.size());
            log(step.logTail(), html, text);
        }
        List<NodeResult> warnings =
                report.why().steps().stream().flatMap(step -> step.warnings().stream()).toList();
        table("Warned", warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size())), text);
        if (warnings.size() > MOST_WARNINGS) {
            text.append("… and ").append(warnings.size() - MOST_WARNINGS).append(" more.\n\n");
        }
        report.why()
                .advice()
                .ifPresent(advice -> text.append(Markdown.text(advice)).append("\n\n"));
        for (String gap : report.why().gaps()) {
            text.append("_").append(Markdown.text(OneLine.clipped(gap, 300))).append("_\n\n");
        }
        return text.toString();
    }

    private static String summary(Closing closing) {
        var text = new StringBuilder("### ").append(Markdown.text(closing.sentence()));
        text.append("\n\n");
        Stream.concat(closing.problems().stream(), closing.lines().stream())
                .forEach(line -> text.append("- ").append(Markdown.text(line)).append('\n'));
        return text.append('\n').toString();
    }

    private static String facts(Report report) {
        var run = report.why().run();
        String counts = report.why().counts().text();
        String link = report.link();
        String page = run == null ? "No run" : "Run " + run.id();
        return (link == null ? page : "[" + page + "](<" + link + ">)")
                + " · job "
                + report.baseJob()
                + (report.jobName() == null
                        ? ""
                        : " (" + Markdown.text(OneLine.clipped(report.jobName(), 80)) + ")")
                + fact("clone", report.clonedJob())
                + fact("commit", report.commit())
                + fact("schema", report.schema())
                + (report.times() == null ? "" : " · " + report.times())
                + (report.pullRequestLink() == null
                        ? ""
                        : " · [pull request](<" + report.pullRequestLink() + ">)")
                + (counts.isEmpty() ? "" : "\n\nNodes: " + counts);
    }

    private static String fact(String name, @Nullable Object value) {
        return value == null
                ? ""
                : " · " + name + " " + Markdown.code(OneLine.clipped(value.toString(), 60));
    }

    private static void table(String what, List<NodeResult> nodes, StringBuilder text) {
        if (nodes.isEmpty()) {
            return;
        }
        text.append("| ").append(what).append(" | File | What happened |\n|---|---|---|\n");
        for (NodeResult node : nodes) {
            text.append("| ")
                    .append(Markdown.text(node.type()))
                    .append(' ')
                    .append(Markdown.code(node.name()))
                    .append(" | ")
                    .append(node.file() == null ? "" : Markdown.code(node.file()))
                    .append(" | ")
                    .append(Markdown.text(node.said(LONGEST_IN_MARKDOWN)))
                    .append(" |\n");
        }
        text.append('\n');
    }

    private static void log(List<String> lines, boolean html, StringBuilder text) {
        if (lines.isEmpty()) {
            return;
        }
        text.append(
                html
                        ? lines.stream()
                                .map(Markdown::html)
                                .collect(Collectors.joining("\n", "<pre>\n", "\n</pre>\n\n"))
                        : lines.stream()
                                .map(line -> "    " + LogLine.of(line))
                                .collect(Collectors.joining("\n", "", "\n\n")));
    }
}
