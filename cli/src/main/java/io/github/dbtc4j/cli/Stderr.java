package io.github.dbtc4j.cli;

import java.io.PrintStream;

/// Standard error: lines for people, below which a terminal shows one that is rewritten.
///
/// What is printed for people is stripped of control characters, wherever it came from.
final class Stderr {

    private static final String REWRITE = "\r\u001B[2K";

    private final PrintStream stream;
    private final boolean live;
    private boolean statusShown;

    Stderr(Shell shell) {
        this.stream = shell.err();
        this.live = shell.live();
    }

    /// Whether [#status] shows anything.
    boolean isLive() {
        return live;
    }

    /// Prints a line that stays.
    synchronized void line(String text) {
        stream.print((statusShown ? REWRITE : "") + PlainText.of(text) + "\n");
        stream.flush();
        statusShown = false;
    }

    /// Prints a command to the CI system that reads the log. It stays as it is: whoever made it
    /// escaped what is in it.
    synchronized void command(String line) {
        stream.print((statusShown ? REWRITE : "") + line + "\n");
        stream.flush();
        statusShown = false;
    }

    /// Shows `text` in place of the last status, on a terminal. Too long a line would wrap, and
    /// could not be rewritten.
    synchronized void status(String text) {
        if (live) {
            String plain = PlainText.of(text);
            stream.print(REWRITE + (plain.length() < 79 ? plain : plain.substring(0, 78) + "…"));
            stream.flush();
            statusShown = true;
        }
    }
}
