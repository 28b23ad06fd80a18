package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.pipeline.explanation.OneLine;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text of others as a line of a log takes it: without anything that steers a terminal, and without
/// what a CI system that reads the log takes for a command. Everything that is printed for people
/// goes through here, as it is about to be printed.
///
/// - GitHub Actions obeys `::name::` behind any white space, and `##[name]` anywhere in a line
///   (actions/runner, `ActionCommand.cs`). .NET compares texts as people read them: characters that
///   cannot be seen may stand in between.
/// - Azure Pipelines obeys `##vso[` and shows `##[` anywhere (microsoft/azure-pipelines-agent,
///   `Command.cs`), TeamCity `##teamcity[`.
/// - Buildkite begins and opens groups at `---`, `+++`, `~~~` and `^^^`, the first in their line
///   (buildkite/agent, `header_times_streamer.go`), and shows pictures for an escape sequence.
/// - GitLab CI's `section_start` takes a carriage return and an escape sequence behind it (GitLab,
///   `regex.rb`), the notes of Jenkins an escape sequence (`ConsoleNote.java`).
/// - Bitbucket Pipelines, CircleCI and CodeBuild read no commands.
public final class LogLine {

    /// What is there and cannot be seen (https://www.unicode.org/reports/tr44, default ignorable).
    private static final String NO_SIGN =
            "\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2065}"
                + "\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}";

    private static final Pattern UNSEEN = Pattern.compile("[" + NO_SIGN + "]+");

    private static final Pattern ANYWHERE = Pattern.compile("#(?=#[A-Za-z]*\\[)");

    private static final Pattern FIRST = Pattern.compile("^(\\p{IsWhite_Space}*:)(?=:)");

    private static final Pattern GROUP = Pattern.compile("^(?=---|\\+\\+\\+|~~~|\\^\\^\\^)");

    /// What no JSON has at the beginning of a line, or anywhere.
    private static final Pattern NO_JSON =
            Pattern.compile(
                    "(?:^|[\r\n])(?:[\\p{IsWhite_Space}%s]*+::|---|\\+\\+\\+|~~~|\\^\\^\\^)|\u001B"
                            .formatted(NO_SIGN));

    private static final Pattern IN_JSON =
            Pattern.compile(
                    "(?<=#["
                            + NO_SIGN
                            + "]{0,99})#"
                            + "|[\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]");

    private LogLine() {}

    /// `text` on one line. What would be a command has a blank in it, or before it.
    public static String of(String text) {
        String line = UNSEEN.matcher(OneLine.of(text)).replaceAll("");
        String harmless = ANYWHERE.matcher(line).replaceAll("# ");
        return GROUP.matcher(FIRST.matcher(harmless).replaceFirst("$1 ")).replaceFirst(" ");
    }

    /// Text for machines on its way into a log. JSON stays the same value, spelt differently where
    /// something in it would be a command; what is no JSON has the lines of [#of].
    public static String ofJson(String text) {
        return NO_JSON.matcher(text).find()
                ? text.lines().map(LogLine::of).collect(Collectors.joining("\n"))
                : IN_JSON.matcher(text)
                        .replaceAll(sign -> "\\\\u%04x".formatted((int) sign.group().charAt(0)));
    }
}
