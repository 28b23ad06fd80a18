package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.pipeline.explanation.OneLine;

import java.util.List;
import java.util.Map;

/// A report in the words of GitHub Actions.
///
/// The runner reads commands from standard output and standard error alike, at the beginning of a
/// line (actions/runner, `ScriptHandler.cs` and `ActionCommand.cs`); see
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
public final class GithubReport {

    /// More than ten errors of one step are not shown as annotations
    /// (https://docs.github.com/en/rest/checks/runs and
    /// github.com/orgs/community/discussions/26680).
    private static final int MOST_ANNOTATIONS = 10;

    private GithubReport() {}

    /// The annotations of `ending`, a command each.
    public static String of(Ending ending) {
        return Lines.of(
                switch (ending) {
                    case Report report -> annotations(report);
                    case Closing closing -> annotations(closing);
                    case Skipped(var message, _) ->
                            List.of("::notice title=dbtc::" + data(LogLine.of(message)));
                    case Aborted aborted ->
                            List.of("::error title=dbtc::" + data(LogLine.of(aborted.message())));
                });
    }

    private static List<String> annotations(Report report) {
        return Annotation.of(report, MOST_ANNOTATIONS).stream()
                .map(annotation -> annotation(annotation, report))
                .toList();
    }

    private static List<String> annotations(Closing closing) {
        return closing.problems().stream()
                .map(problem -> "::error title=dbtc ci close::" + data(OneLine.of(problem)))
                .toList();
    }

    /// The outputs of `ending` as the file of `GITHUB_OUTPUT` takes them.
    public static String outputs(Ending ending) {
        return outputs(Outputs.of(ending));
    }

    /// `outputs` as the file of `GITHUB_OUTPUT` takes them. Each value stands between two lines
    /// that it cannot contain.
    static String outputs(Map<String, String> outputs) {
        var text = new StringBuilder();
        outputs.forEach((name, value) -> {
            String end = "end_of_" + name;
            while (value.contains(end)) {
                end += "_";
            }
            text.append(name).append("<<").append(end).append('\n');
            text.append(value).append('\n').append(end).append('\n');
        });
        return text.toString();
    }

    private static String annotation(Annotation annotation, Report report) {
        String name =
                switch (annotation.severity()) {
                    case ERROR -> "error";
                    case WARNING -> "warning";
                    case NOTICE, NONE -> "notice";
                };
        String file = annotation.file() == null ? "" : "file=" + property(annotation.file()) + ",";
        String link = report.link() == null ? "" : "\n" + report.link();
        return "::%s %stitle=%s::%s"
                .formatted(
                        name,
                        file,
                        property(annotation.title()),
                        data(annotation.message() + link));
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(OneLine.of(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
