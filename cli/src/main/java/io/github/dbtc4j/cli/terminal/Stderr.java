package io.github.dbtc4j.cli.terminal;

import io.github.dbtc4j.client.access.Redaction;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;

/// Standard error: lines for people, below which a terminal shows one that is rewritten.
///
/// All that is printed there goes through here. What is for people has nothing in it that steers a
/// terminal or a CI system, wherever it came from; and no token is in anything.
public final class Stderr {

    private static final String REWRITE = "\r\u001B[2K";

    private final PrintStream stream;
    private final boolean live;
    private final Supplier<Redaction> secrets;
    private boolean statusShown;

    /// @param secrets what must not be seen, as far as it is known when something is printed
    public Stderr(ProcessIo shell, Supplier<Redaction> secrets) {
        this.stream = shell.err();
        this.live = shell.live();
        this.secrets = secrets;
    }

    /// Whether [#status] shows anything.
    public boolean isLive() {
        return live;
    }

    /// Prints a line that stays.
    public void line(String text) {
        print(plain(text));
    }

    /// Prints where `thrown` came from, a line each.
    public void trace(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        TokenShape.hidden(redacted(trace.toString())).lines().map(this::plain).forEach(this::print);
    }

    /// Prints a command to the CI system that reads the log. It stays as it is: its author has
    /// escaped what is in it.
    public void command(String line) {
        print(redacted(line));
    }

    /// Shows `text` in place of the last status, on a terminal. Too long a line would wrap, and
    /// could not be rewritten.
    public synchronized void status(String text) {
        if (live) {
            String plain = plain(text);
            stream.print(REWRITE + (plain.length() < 79 ? plain : plain.substring(0, 78) + "…"));
            stream.flush();
            statusShown = true;
        }
    }

    private synchronized void print(String line) {
        stream.print((statusShown ? REWRITE : "") + line + "\n");
        stream.flush();
        statusShown = false;
    }

    /// What is seen: what is taken out of `text` may have stood between the letters of a token.
    private String plain(String text) {
        return redacted(PlainText.of(redacted(text)));
    }

    private String redacted(String text) {
        return secrets.get().of(text);
    }
}
