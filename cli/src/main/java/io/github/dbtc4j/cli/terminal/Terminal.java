package io.github.dbtc4j.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/// Where a person reads what the process prints, and how.
///
/// @param out whether standard output ends at a terminal
/// @param err whether standard error does, at one on which a line can be rewritten
/// @param coloured whether it shows colours, and they are wanted
/// @param columns how wide it is now; asking may take some milliseconds
public record Terminal(boolean out, boolean err, boolean coloured, IntSupplier columns) {

    private static final int OUT = 1;
    private static final int ERR = 2;

    /// A usual terminal without colours behind both streams, or none.
    public static Terminal of(boolean live) {
        return new Terminal(live, live, false, () -> TerminalSize.USUAL.width());
    }

    /// That of this process.
    static Terminal ofThisProcess(Map<String, String> environment) {
        return of(environment, Terminal::isTerminal, () -> columns(environment));
    }

    /// That of a process with these variables.
    ///
    /// @param isTerminal whether the stream of this number ends at a terminal
    static Terminal of(
            Map<String, String> environment, IntPredicate isTerminal, IntSupplier columns) {
        if (environment.containsKey("CI")) {
            return of(false);
        }
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        // any value that is not empty counts: no-color.org
        boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(isTerminal.test(OUT), !dumb && isTerminal.test(ERR), !plain, columns);
    }

    /// What the kernel calls it tells; elsewhere `test` does, and where there is none, Java.
    private static boolean isTerminal(int stream) {
        try {
            String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
            return name.startsWith("/dev/pts/")
                    || name.startsWith("/dev/tty")
                    || name.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isTerminalByTest(stream);
        }
    }

    private static boolean isTerminalByTest(int stream) {
        try {
            Process test = new ProcessBuilder("test", "-t", "" + stream).inheritIO().start();
            return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int columns(Map<String, String> environment) {
        String said = environment.getOrDefault("COLUMNS", "");
        return said.matches("[1-9]\\d{0,3}")
                ? Integer.parseInt(said)
                : TerminalSize.ofThisProcess().width();
    }
}
