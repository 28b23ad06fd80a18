package io.github.dbtc4j.cli;

import picocli.CommandLine;

/// Where the command `dbtc` starts.
public final class Main {

    private Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(run(Shell.ofThisProcess(), args));
    }

    static int run(Shell shell, String... args) {
        CommandLine command = Commands.of(shell, args);
        Dbtc dbtc = command.getCommand();
        int exitCode = command.execute(args);
        String failure = shell.out() instanceof StandardOutput out ? out.failure() : null;
        if (failure == null) {
            return exitCode;
        }
        dbtc.stderr().line("dbtc: standard output could not be written: " + failure);
        return exitCode == ExitCode.SUCCESS.code() ? ExitCode.OUTPUT.code() : exitCode;
    }
}
