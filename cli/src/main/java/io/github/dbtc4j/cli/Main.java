package io.github.dbtc4j.cli;

import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Settings;
import io.github.dbtc4j.cli.session.Version;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.StandardOutput;

import java.util.List;
import java.util.Set;

/// Where the command `dbtc` starts.
public final class Main {

    /// Alone they are answered before any command is described.
    private static final Set<String> VERSION = Set.of("--version", "-v");

    private Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        shapeNetwork();
        System.exit(run(ProcessIo.ofThisProcess(), args));
    }

    public static int run(ProcessIo shell, String... typed) {
        String[] args = Shorthand.inFull(typed);
        Settings settings =
                isVersion(args)
                        ? Settings.none(shell)
                        : Settings.of(shell, List.of(args), () -> Commands.options(shell, args));
        try (var dbtc = new Dbtc(settings)) {
            int exitCode = execute(settings.shell(), dbtc, args);
            String failure = shell.out() instanceof StandardOutput out ? out.failure() : null;
            if (failure == null) {
                return exitCode;
            }
            dbtc.stderr().line("dbtc: standard output could not be written: " + failure);
            return exitCode == ExitCode.SUCCESS.code() ? ExitCode.OUTPUT.code() : exitCode;
        }
    }

    /// An error that no one caught would print its own words, and end as if a run had failed.
    private static int execute(ProcessIo shell, Dbtc dbtc, String... args) {
        try {
            if (isVersion(args)) {
                shell.out().println(Version.line());
                return ExitCode.SUCCESS.code();
            }
            return Commands.of(shell, dbtc, args).execute(args);
        } catch (Error e) {
            return new ErrorHandler(dbtc).broken(e);
        }
    }

    private static boolean isVersion(String... args) {
        return args.length == 1 && VERSION.contains(args[0]);
    }

    /// What Java's HTTP reads from properties of the process, unless they were given: a proxy's
    /// user and password may be sent to it before a tunnel, and a connection that fails is not
    /// tried a second time at once, which would hide why the first failed.
    private static void shapeNetwork() {
        set("jdk.http.auth.tunneling.disabledSchemes", "");
        set("jdk.httpclient.disableRetryConnect", "true");
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
