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

    /// Issues and output variables of `ending`, a command each. The variables are outputs of the
    /// step: others reach them once it has a name, as `$(name.run_id)`.
    public static String of(Ending ending) {
        var commands = new ArrayList<String>();
        switch (ending) {
            case Report report ->
                    Annotation.of(report, MOST_ISSUES)
                            .forEach(annotation -> commands.add(issue(annotation)));
            case Closing closing ->
                    closing.problems()
                            .forEach(problem ->
                                    commands.add(error("dbtc ci close: " + OneLine.of(problem))));
            case Skipped _ -> {}
            case Aborted aborted -> commands.add(error("dbtc: " + LogLine.of(aborted.message())));
        }
        commands.addAll(variables(Outputs.of(ending)));
        return Lines.of(commands);
    }

    private static String error(String text) {
        return "##vso[task.logissue type=error]" + data(text);
    }

    private static List<String> variables(Map<String, String> outputs) {
        return outputs.entrySet().stream()
                .map(output ->
                        "##vso[task.setvariable variable=%s;isOutput=true]%s"
                                .formatted(output.getKey(), data(output.getValue())))
                .toList();
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
