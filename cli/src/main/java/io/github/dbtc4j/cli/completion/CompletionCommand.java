package io.github.dbtc4j.cli.completion;

import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.ExitCode;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.Locale;
import java.util.concurrent.Callable;

/// `dbtc completion`.
@Command(
        description = "Print a script that makes a shell complete commands and options.",
        footerHeading = "%nExample:%n",
        footer = {
            "  source <(${COMMAND-FULL-NAME} bash)     # bash and zsh",
            "  ${COMMAND-FULL-NAME} fish | source      # fish",
        })
public final class CompletionCommand implements Callable<Integer> {

    enum ShellName {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Dbtc dbtc;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private ShellName shell = ShellName.BASH;

    public CompletionCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        String script =
                switch (shell) {
                    // one script for both: it loads zsh's emulation of bash by itself
                    case BASH, ZSH -> AutoComplete.bash("dbtc", root);
                    case FISH -> FishCompletion.of(root);
                };
        dbtc.shell().out().print(script);
        dbtc.shell().out().flush();
        return ExitCode.SUCCESS.code();
    }
}
