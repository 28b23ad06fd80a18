package io.github.dbtc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.Stderr;
import io.github.dbtc4j.cli.terminal.Terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/// The command in this process, where starting a new one would show nothing more.
public class Prompt {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ProcessIo shell;

    public Prompt(Map<String, String> environment) {
        this(environment, "", false);
    }

    public Prompt(Map<String, String> environment, String in, boolean live) {
        this(environment, in, Terminal.of(live));
    }

    public Prompt(Map<String, String> environment, String in, Terminal terminal) {
        shell =
                new ProcessIo(
                        environment,
                        new ByteArrayInputStream(in.getBytes(UTF_8)),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        terminal);
    }

    public ProcessIo shell() {
        return shell;
    }

    public Stderr stderr() {
        return new Dbtc(shell).stderr();
    }

    public int dbtc(String... args) {
        return Main.run(shell, args);
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
