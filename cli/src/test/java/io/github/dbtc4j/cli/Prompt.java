package io.github.dbtc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/// The command in this process, where starting a new one would show nothing more.
final class Prompt {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Shell shell;

    Prompt(Map<String, String> environment) {
        this(environment, "", false);
    }

    Prompt(Map<String, String> environment, String in, boolean live) {
        shell =
                new Shell(
                        environment,
                        new ByteArrayInputStream(in.getBytes(UTF_8)),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        live);
    }

    Shell shell() {
        return shell;
    }

    Stderr stderr() {
        return new Dbtc(shell).stderr();
    }

    int dbtc(String... args) {
        return Main.run(shell, args);
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
