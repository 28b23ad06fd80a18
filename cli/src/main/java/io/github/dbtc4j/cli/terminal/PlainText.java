package io.github.dbtc4j.cli.terminal;

import io.github.dbtc4j.pipeline.report.LogLine;

/// Text of others made fit for a terminal or a log: on one line, without anything that steers the
/// terminal, and without what the CI system that reads the log takes for a command.
public final class PlainText {

    private PlainText() {}

    public static String of(String text) {
        return LogLine.of(text);
    }
}
