package io.github.dbtc4j.cli;

import io.github.dbtc4j.cli.help.HelpPage;

import picocli.CommandLine;
import picocli.CommandLine.Help;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/// The commands as `dbtc --help` lists them: by what one wants, the most wanted first.
///
/// @param commands their names from behind `dbtc` on
public record CommandGroups(String heading, List<String> commands) {

    /// The commands that connect to no platform.
    static final List<String> WITHOUT_ACCOUNT = List.of("demo", "sandbox", "simulate");

    /// The commands that only write down where a job is.
    static final List<String> WITHOUT_CONNECTION = List.of("init");

    public static final List<CommandGroups> ALL =
            List.of(
                    new CommandGroups(
                            "In the pipeline of a pull request",
                            List.of(
                                    "ci run",
                                    "ci cancel",
                                    "ci close",
                                    "trigger-autoscaling-ci-job",
                                    "jobs trigger-autoscaling")),
                    new CommandGroups("Set it up", WITHOUT_CONNECTION),
                    new CommandGroups(
                            "Look, and change nothing", List.of("doctor", "plan", "ci status")),
                    new CommandGroups("Tidy up", List.of("reap")),
                    new CommandGroups("Try the platform", List.of("probe")),
                    new CommandGroups(
                            "Start other jobs, and start again",
                            List.of(
                                    "jobs trigger",
                                    "jobs trigger-from-failure",
                                    "runs retry",
                                    "trigger-job",
                                    "trigger-job-from-failure")),
                    new CommandGroups(
                            "Single calls",
                            List.of(
                                    "jobs get",
                                    "jobs list",
                                    "runs get",
                                    "runs list",
                                    "runs list-artifacts",
                                    "runs get-artifact",
                                    "runs cancel",
                                    "api",
                                    "get-job",
                                    "list-jobs",
                                    "get-run",
                                    "list-runs",
                                    "list-run-artifacts",
                                    "get-run-artifact",
                                    "cancel-run")),
                    new CommandGroups("Without an account", WITHOUT_ACCOUNT),
                    new CommandGroups("Your shell", List.of("completion")));

    /// The names of all commands.
    static List<String> names() {
        return ALL.stream().flatMap(group -> group.commands.stream()).toList();
    }

    /// The command of this name.
    public static CommandLine find(CommandLine dbtc, String name) {
        CommandLine command = dbtc;
        for (String part : name.split(" ", -1)) {
            command = Objects.requireNonNull(command.getSubcommands().get(part), name);
        }
        return command;
    }

    /// Lists them for the help of `dbtc`.
    static String text(Help help) {
        CommandLine dbtc = help.commandSpec().commandLine();
        var firstNames = new HashMap<String, String>();
        int names = names().stream().mapToInt(String::length).max().orElse(0);
        var text = new StringBuilder();
        for (CommandGroups group : ALL) {
            var rows = new LinkedHashMap<String, String>();
            for (String name : group.commands) {
                String summary = summary(find(dbtc, name));
                String first = firstNames.putIfAbsent(summary, name);
                rows.put(name, first == null ? summary : "The same as " + first + ".");
            }
            text.append("\n")
                    .append(group.heading)
                    .append(":\n")
                    .append(HelpPage.table(rows, names, HelpPage.width(help)));
        }
        return text.toString();
    }

    private static String summary(CommandLine command) {
        return command.getCommandSpec().usageMessage().description()[0];
    }
}
