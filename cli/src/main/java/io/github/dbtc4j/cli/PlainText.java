package io.github.dbtc4j.cli;

import java.util.regex.Pattern;

/// Text of others made fit for a terminal or a log: on one line and without anything that steers.
///
/// Job names, causes and messages are written by whoever may edit a job. An escape sequence in one
/// could rewrite what was printed before; a new line could forge a line of a CI system's log.
final class PlainText {

    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile(
                    "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|.)?");

    /// Control characters, line and paragraph separators, and those that turn the direction of
    /// writing.
    private static final Pattern STEERING =
            Pattern.compile(
                    "[\\p{Cntrl}\u0080-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+");

    private PlainText() {}

    static String of(String text) {
        return STEERING.matcher(ESCAPE_SEQUENCE.matcher(text).replaceAll("")).replaceAll(" ");
    }
}
