package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.pipeline.explanation.OneLine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A report in the logging commands of Azure Pipelines.
///
/// The agent looks for them anywhere in a line, on standard output and standard error alike
/// (microsoft/azure-pipelines-agent, `Command.cs` and `NodeHandler.cs`); see
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
public final class AzureReport {

    private static final int MOST_ISSUES = 20;

    private AzureReport() {}

    /// Issues and output variables, a command each. The variables are outputs of the step: others
    /// reach them once it has a name, as `$(name.run_id)`.
    public static List<String> commands(Report report) {
        var commands = new ArrayList<String>();
        for (Annotation annotation : Annotation.of(report, MOST_ISSUES)) {
            commands.add(issue(annotation));
        }
        commands.addAll(variables(Outputs.of(report)));
        return commands;
    }

    /// The same of `closing`.
    public static List<String> commands(Closing closing) {
        var commands = new ArrayList<String>();
        closing.problems()
                .forEach(problem ->
                        commands.add(
                                "##vso[task.logissue type=error]dbtc ci close: "
                                        + data(OneLine.of(problem))));
        commands.addAll(variables(Outputs.of(closing)));
        return commands;
    }

    private static List<String> variables(Map<String, String> outputs) {
        return outputs.entrySet().stream()
                .map(output ->
                        "##vso[task.setvariable variable=%s;isOutput=true]%s"
                                .formatted(output.getKey(), data(output.getValue())))
                .toList();
    }

    /// The issue of an invocation that `message` ended before there was a verdict.
    public static String noVerdict(String message) {
        return "##vso[task.logissue type=error]dbtc: " + data(LogLine.of(message));
    }

    /// The command that shows a Markdown file on the build's summary page.
    ///
    /// @param file its absolute path
    public static String uploadSummary(String file) {
        return "##vso[task.uploadsummary]" + data(file);
    }

    private static String issue(Annotation annotation) {
        String type = annotation.severity() == Report.Severity.ERROR ? "error" : "warning";
        String file = annotation.file() == null ? "" : ";sourcepath=" + property(annotation.file());
        String message = annotation.title() + ": " + annotation.message();
        return "##vso[task.logissue type=%s%s]%s".formatted(type, file, data(message));
    }

    /// As Microsoft's own task library escapes them (azure-pipelines-task-lib, `taskcommand.ts`).
    private static String data(String text) {
        return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace("]", "%5D").replace(";", "%3B");
    }
}
