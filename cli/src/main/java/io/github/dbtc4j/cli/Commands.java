package io.github.dbtc4j.cli;

import io.github.dbtc4j.cli.api.ApiCommand;
import io.github.dbtc4j.cli.ci.CiCommands;
import io.github.dbtc4j.cli.completion.CompletionCommand;
import io.github.dbtc4j.cli.doctor.DoctorCommand;
import io.github.dbtc4j.cli.init.InitCommand;
import io.github.dbtc4j.cli.jobs.JobCommands;
import io.github.dbtc4j.cli.lab.LabCommands;
import io.github.dbtc4j.cli.probe.ProbeCommand;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.EnvironmentDefaults;
import io.github.dbtc4j.cli.session.StrayToken;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.ProcessIo;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Every command under its name.
public final class Commands {

    static final int WIDTH = 100;

    private static final List<String> EXIT_CODES =
            List.of(
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

    private static final String ABOUT_ALL = "completion";
    private static final List<String> SENDING =
            List.of("--token", "--api-key", "--ca-file", "--output");
    private static final List<String> CONNECTION =
            List.of("--token", "--api-key", "--host", "--job-url", "--ca-file", "--output");

    private Commands() {}

    /// All of them.
    public static CommandLine of(ProcessIo shell) {
        return of(shell, new Dbtc(shell), "", "");
    }

    /// Those that `args` may be about: to describe a command takes some milliseconds, and there are
    /// two dozens.
    static CommandLine of(ProcessIo shell, Dbtc dbtc, String... args) {
        String first = args.length > 0 && !ABOUT_ALL.equals(args[0]) ? args[0] : "";
        String second = args.length > 1 ? args[1] : "";
        var command = new CommandLine(dbtc);
        add(command, dbtc, first, second);
        shapeHelp(command);
        CommandGroups.listedIn(command);
        command.setInterpolateVariables(false); // a value is meant as it is written
        var errors = new ErrorHandler(dbtc);
        var strayToken = new StrayToken(shell);
        return command.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setUsageHelpWidth(WIDTH)
                .setDefaultValueProvider(new EnvironmentDefaults(shell))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // `--payload @file` is ours
                .setAllowOptionsAsOptionParameters(true) // `--order-by=-id`
                .setOverwrittenOptionsAllowed(true) // the last one counts, as in the original
                .setExecutionStrategy(parsed -> {
                    strayToken.refuse(parsed);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(errors::wrongUsage)
                .setExecutionExceptionHandler(errors::failed);
    }

    /// The options among `args`, by their long names, with the value that counts; none where `args`
    /// cannot be read, which is said when they are read to be obeyed.
    public static Map<String, String> options(ProcessIo shell, String... args) {
        var options = new HashMap<String, String>();
        try {
            var command = of(shell, new Dbtc(shell), args);
            collectErrors(command);
            for (ParseResult at = command.parseArgs(args);
                    at != null;
                    at = at.hasSubcommand() ? at.subcommand() : null) {
                for (OptionSpec option : at.matchedOptions()) {
                    option.originalStringValues().stream()
                            .reduce((_, last) -> last)
                            .ifPresent(value -> options.put(option.longestName(), value));
                }
            }
        } catch (ParameterException e) {
            return Map.of();
        }
        return options;
    }

    /// An option that is missing may be what is looked for.
    private static void collectErrors(CommandLine command) {
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(Commands::collectErrors);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /// Adds the commands that are called `first second`; where none is, all that are called `first`
    /// or below it; else all of them.
    private static void add(CommandLine dbtc, Dbtc root, String first, String second) {
        Map<String, Supplier<Object>> commands = all(root);
        List<String> names = CommandGroups.names();
        List<String> meant = below(names, first);
        String whole = first + " " + second;
        List<String> wanted =
                meant.isEmpty() ? names : meant.contains(whole) ? List.of(whole) : meant;
        for (String name : wanted) {
            int space = name.indexOf(' ');
            CommandLine group = space < 0 ? dbtc : group(dbtc, name.substring(0, space), commands);
            group.addSubcommand(name.substring(space + 1), get(commands, name));
            if (CommandGroups.WITHOUT_ACCOUNT.contains(name)) {
                hide(CommandGroups.find(dbtc, name), CONNECTION);
            } else if (CommandGroups.WITHOUT_CONNECTION.contains(name)) {
                hide(CommandGroups.find(dbtc, name), SENDING);
            }
        }
    }

    /// Leaves out of the help what a command ignores.
    private static void hide(CommandLine hiding, List<String> names) {
        CommandSpec command = hiding.getCommandSpec();
        for (String name : names) {
            OptionSpec option = Objects.requireNonNull(command.findOption(name), name);
            command.remove(option);
            command.addOption(OptionSpec.builder(option).hidden(true).build());
        }
    }

    private static List<String> below(List<String> names, String first) {
        return names.stream()
                .filter(name -> name.equals(first) || name.startsWith(first + " "))
                .toList();
    }

    private static CommandLine group(
            CommandLine dbtc, String name, Map<String, Supplier<Object>> commands) {
        if (!dbtc.getSubcommands().containsKey(name)) {
            dbtc.addSubcommand(name, get(commands, name));
        }
        return Objects.requireNonNull(dbtc.getSubcommands().get(name), name);
    }

    private static Object get(Map<String, Supplier<Object>> commands, String name) {
        return Objects.requireNonNull(commands.get(name), name).get();
    }

    private static Map<String, Supplier<Object>> all(Dbtc dbtc) {
        var commands = new HashMap<String, Supplier<Object>>();
        commands.putAll(CiCommands.of(dbtc));
        commands.putAll(JobCommands.of(dbtc));
        commands.putAll(LabCommands.of(dbtc));
        commands.put("init", () -> new InitCommand(dbtc));
        commands.put("doctor", () -> new DoctorCommand(dbtc));
        commands.put("probe", () -> new ProbeCommand(dbtc));
        commands.put("api", () -> new ApiCommand(dbtc));
        commands.put("completion", () -> new CompletionCommand(dbtc));
        return commands;
    }

    private static void shapeHelp(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.footer(help.footer()) // with its own name in it
                .abbreviateSynopsis(true)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
        var sections = new ArrayList<>(command.getHelpSectionKeys());
        sections.removeAll(EXIT_CODES);
        sections.addAll(EXIT_CODES); // what is the same for all comes last
        command.setHelpSectionKeys(sections);
        command.getSubcommands().values().forEach(Commands::shapeHelp);
    }
}
