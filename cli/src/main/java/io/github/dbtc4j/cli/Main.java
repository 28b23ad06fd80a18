package io.github.dbtc4j.cli;

/// Where the command `dbtc` starts.
public final class Main {

    private Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(run(Shell.ofThisProcess(), args));
    }

    static int run(Shell shell, String... args) {
        return Commands.of(shell, args).execute(args);
    }
}
