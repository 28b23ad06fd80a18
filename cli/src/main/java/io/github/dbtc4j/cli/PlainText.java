package io.github.dbtc4j.cli;

import io.github.dbtc4j.pipeline.OneLine;

import java.util.regex.Pattern;

/// Text of others made fit for a terminal or a log: on one line, without anything that steers the
/// terminal, and without what the CI system that reads the log takes for a command.
final class PlainText {

    /// Azure Pipelines obeys `##vso[`, GitHub Actions and TeamCity their own, anywhere in a line.
    private static final Pattern COMMAND = Pattern.compile("##(?=[A-Za-z]*\\[)");

    private PlainText() {}

    static String of(String text) {
        return COMMAND.matcher(OneLine.of(text)).replaceAll("# #");
    }
}
