package io.github.dbtc4j.cli.report;

import io.github.dbtc4j.cli.option.ReportOptions;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.pipeline.report.AzureReport;
import io.github.dbtc4j.pipeline.report.GithubReport;
import io.github.dbtc4j.pipeline.report.JunitReport;
import io.github.dbtc4j.pipeline.report.MarkdownReport;
import io.github.dbtc4j.pipeline.report.Outputs;
import io.github.dbtc4j.pipeline.report.Rendering;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The files and places a report goes to; all of them could be written when this was made.
///
/// Each CI system says in its variables that it is the one:
/// https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
/// https://learn.microsoft.com/azure/devops/pipelines/build/variables and
/// https://docs.gitlab.com/ci/variables/predefined_variables/
///
/// @param github whether GitHub Actions reads what is printed
/// @param githubSummary a file to add to, or null
/// @param githubOutputs a file to add to, or null
/// @param azure whether Azure Pipelines reads what is printed
/// @param azureSummary where a summary can lie until it was taken over, or null
record Destinations(
        @Nullable Path junit,
        @Nullable Path summary,
        @Nullable Path dotenv,
        @Nullable Path artifacts,
        boolean github,
        @Nullable Path githubSummary,
        @Nullable Path githubOutputs,
        boolean azure,
        @Nullable Path azureSummary) {

    /// @throws UsageException when what an option names cannot be written. What a CI system names
    ///   instead is left out then
    static Destinations of(ReportOptions options, ProcessIo shell) {
        checkFile("--junit", options.junit);
        checkFile("--summary", options.summary);
        checkFile("--dotenv", options.dotenv);
        checkFolder(options.artifacts);
        checkDistinct(options);
        boolean github = options.ciOutput && is(shell, "GITHUB_ACTIONS");
        boolean azure = options.ciOutput && is(shell, "TF_BUILD");
        boolean gitlab = options.ciOutput && is(shell, "GITLAB_CI");
        return new Destinations(
                options.junit == null && gitlab
                        ? file(shell, "CI_PROJECT_DIR", "dbtc-junit.xml")
                        : options.junit,
                options.summary,
                options.dotenv == null && gitlab
                        ? file(shell, "CI_PROJECT_DIR", "dbtc.env")
                        : options.dotenv,
                options.artifacts,
                github,
                github ? file(shell, "GITHUB_STEP_SUMMARY", "") : null,
                github ? file(shell, "GITHUB_OUTPUT", "") : null,
                azure,
                azure ? file(shell, "AGENT_TEMPDIRECTORY", "dbtc-summary.md") : null);
    }

    /// What a CI system reads where it is printed.
    List<Rendering> commands() {
        var commands = new ArrayList<Rendering>();
        if (github) {
            commands.add(GithubReport::of);
        }
        if (azure) {
            commands.add(AzureReport::of);
        }
        return commands;
    }

    /// The files of a report, in the order in which they are written.
    List<ReportFile> files() {
        return Stream.of(
                        ReportFile.added("outputs", GithubReport::outputs, githubOutputs),
                        ReportFile.added("job summary", MarkdownReport::of, githubSummary),
                        ReportFile.asked("summary", MarkdownReport::of, summary),
                        ReportFile.announced(
                                "summary",
                                MarkdownReport::of,
                                azureSummary,
                                AzureReport::uploadSummary),
                        ReportFile.asked("JUnit report", JunitReport::of, junit),
                        ReportFile.asked("dotenv file", Outputs::dotenv, dotenv))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Whether a report lists every node, not only those that failed.
    boolean wantsEverything() {
        return junit != null;
    }

    private static boolean is(ProcessIo shell, String variable) {
        return shell.variable(variable).filter("true"::equalsIgnoreCase).isPresent();
    }

    /// The file in the place that the variable names, if it can be written.
    private static @Nullable Path file(ProcessIo shell, String variable, String name) {
        Optional<String> place = shell.variable(variable);
        try {
            return place.map(Path::of)
                    .map(path -> path.resolve(name).toAbsolutePath())
                    .filter(JsonOutput::isWritable)
                    .orElse(null);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static void checkFile(String option, @Nullable Path file) {
        if (file != null && !JsonOutput.isWritable(file.toAbsolutePath())) {
            throw new UsageException(
                    "%s: the file %s cannot be written"
                            .formatted(option, PlainText.of(file.toString())));
        }
    }

    private static void checkFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        Path absolute = folder.toAbsolutePath();
        boolean usable =
                Files.exists(absolute)
                        ? Files.isDirectory(absolute) && Files.isWritable(absolute)
                        : JsonOutput.isWritable(absolute);
        if (!usable) {
            throw new UsageException(
                    "--artifacts: the folder %s cannot be written"
                            .formatted(PlainText.of(folder.toString())));
        }
    }

    private static void checkDistinct(ReportOptions options) {
        Map<Path, String> taken = new HashMap<>();
        check("--junit", options.junit, taken);
        check("--summary", options.summary, taken);
        check("--dotenv", options.dotenv, taken);
        check("--artifacts", options.artifacts, taken);
    }

    private static void check(String option, @Nullable Path path, Map<Path, String> taken) {
        String other = path == null ? null : taken.put(path.toAbsolutePath().normalize(), option);
        if (other != null) {
            throw new UsageException(
                    "%s and %s name the same file; give each its own".formatted(other, option));
        }
    }
}
