package io.github.dbtc4j.cli.terminal;

import io.github.dbtc4j.client.access.Redaction;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Standard error: lines for people, below which a terminal shows one that is rewritten.
///
/// All that is printed there goes through here. What is for people has nothing in it that steers a
/// terminal or a CI system, wherever it came from; and no token is in anything.
public final class Stderr {

    private static final String REWRITE = "\r\u001B[2K";
    private static final int NARROW = 79;

    private final PrintStream stream;
    private final Terminal terminal;
    private final Supplier<Redaction> secrets;
    private final BooleanSupplier coloured;
    private boolean statusShown;

    /// @param secrets what must not be seen, as far as it is known when something is printed
    /// @param coloured whether colours are wanted where the terminal has them
    public Stderr(ProcessIo shell, Supplier<Redaction> secrets, BooleanSupplier coloured) {
        this.stream = shell.err();
        this.terminal = shell.terminal();
        this.secrets = secrets;
        this.coloured = coloured;
    }

    /// Whether [#status] shows anything.
    public boolean isLive() {
        return terminal.err();
    }

    /// Prints a line that stays.
    public void line(String text) {
        line(Line.of(text));
    }

    /// The same in colours, on a terminal.
    public void line(Line line) {
        print(line.shown(this::plain, isColoured()));
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

    /// Shows `text` in place of the last status, on a terminal.
    public void status(String text) {
        status(text, NARROW);
    }

    /// The same, cut to so many columns: too long a line would wrap, and could not be rewritten.
    public synchronized void status(String text, int columns) {
        if (terminal.err()) {
            String plain = plain(text);
            boolean fits = plain.length() <= columns;
            stream.print(REWRITE + (fits ? plain : plain.substring(0, columns - 1) + "…"));
            stream.flush();
            statusShown = true;
        }
    }

    /// Takes the status away.
    public synchronized void clear() {
        if (statusShown) {
            stream.print(REWRITE);
            stream.flush();
            statusShown = false;
        }
    }

    /// How wide the terminal is; asking takes some milliseconds.
    public int columns() {
        return terminal.columns().getAsInt();
    }

    private boolean isColoured() {
        return terminal.err() && terminal.coloured() && coloured.getAsBoolean();
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
