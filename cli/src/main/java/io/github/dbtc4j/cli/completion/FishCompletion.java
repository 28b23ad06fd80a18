package io.github.dbtc4j.cli.completion;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.ArrayList;
import java.util.List;

/// The script for the shell fish: one `complete` line a command and an option.
final class FishCompletion {

    private final StringBuilder script = new StringBuilder("complete -c dbtc -f\n");

    private FishCompletion() {}

    static String of(CommandLine root) {
        var completion = new FishCompletion();
        completion.add(root, List.of());
        return completion.script.toString();
    }

    /// @param path the names that lead to the command, without `dbtc`
    private void add(CommandLine command, List<String> path) {
        String here = condition(command, path);
        command.getSubcommands()
                .forEach((name, subcommand) -> {
                    line(here, "-a " + quoted(name) + " -d " + quoted(summary(subcommand)));
                });
        for (OptionSpec option : command.getCommandSpec().options()) {
            line(here, option(option));
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            line(here, "-a " + quoted(parameter.paramLabel().replace('|', ' ')));
        }
        command.getSubcommands()
                .forEach((name, subcommand) -> {
                    var deeper = new ArrayList<>(path);
                    deeper.add(name);
                    add(subcommand, deeper);
                });
    }

    /// When the line being completed is within this command and not within one below it.
    private static String condition(CommandLine command, List<String> path) {
        var condition = new StringBuilder();
        for (String name : path) {
            condition.append("__fish_seen_subcommand_from ").append(name).append("; and ");
        }
        var below = command.getSubcommands().keySet();
        if (below.isEmpty()) {
            return condition.substring(0, condition.length() - "; and ".length());
        }
        return condition + "not __fish_seen_subcommand_from " + String.join(" ", below);
    }

    private static String option(OptionSpec option) {
        var line = new StringBuilder();
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? "-l " : "-s ")
                    .append(name.replaceFirst("^-+", ""))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            line.append(option.paramLabel().equals("FILE") ? "-r -F " : "-x ");
        }
        if (option.paramLabel().contains("|")) {
            line.append("-a ").append(quoted(option.paramLabel().replace('|', ' '))).append(' ');
        }
        String negated =
                option.negatable() ? "; no: --no-" + option.longestName().substring(2) : "";
        return line + "-d " + quoted(String.join(" ", option.description()) + negated);
    }

    private static String summary(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return String.join(" ", spec.usageMessage().description());
    }

    private void line(String condition, String rest) {
        script.append("complete -c dbtc -n ")
                .append(quoted(condition))
                .append(' ')
                .append(rest)
                .append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
