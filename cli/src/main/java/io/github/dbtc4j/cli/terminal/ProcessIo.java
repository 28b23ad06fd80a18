package io.github.dbtc4j.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What a process gets from its parent, but for its arguments.
///
/// @param terminal where a person reads `out` and `err`
public record ProcessIo(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal terminal) {

    /// A process at a usual terminal, or none.
    public ProcessIo(
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            boolean live) {
        this(environment, in, out, err, Terminal.of(live));
    }

    /// That of this process. Both streams are UTF-8 in any locale: JSON is, and so are the logs of
    /// CI systems.
    public static ProcessIo ofThisProcess() {
        Map<String, String> environment = System.getenv();
        return new ProcessIo(
                environment,
                System.in,
                new StandardOutput(new FileOutputStream(FileDescriptor.out)),
                utf8(FileDescriptor.err),
                Terminal.ofThisProcess(environment));
    }

    /// The same process with other variables.
    public ProcessIo with(Map<String, String> variables) {
        return new ProcessIo(variables, in, out, err, terminal);
    }

    /// Whether a person reads both outputs on a terminal, on which a line can be rewritten.
    public boolean live() {
        return terminal.out() && terminal.err();
    }

    /// The variable's value; empty for one that is not set. A pipeline that passes on a variable or
    /// secret it does not have passes an empty or blank text.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
