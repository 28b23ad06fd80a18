package io.github.dbtc4j.cli;

import io.github.dbtc4j.cli.api.ApiCommand;
import io.github.dbtc4j.cli.ci.CiCommands;
import io.github.dbtc4j.cli.completion.CompletionCommand;
import io.github.dbtc4j.cli.doctor.DoctorCommand;
import io.github.dbtc4j.cli.help.HelpPage;
import io.github.dbtc4j.cli.init.InitCommand;
import io.github.dbtc4j.cli.jobs.JobCommands;
import io.github.dbtc4j.cli.lab.LabCommands;
import io.github.dbtc4j.cli.probe.ProbeCommand;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.EnvironmentDefaults;
import io.github.dbtc4j.cli.session.StrayToken;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.Terminal;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Every command under its name.
public final class Commands {

    private static final String ABOUT_ALL = "completion";
    private static final List<String> SENDING =
            List.of("--token", "--api-key", "--ca-file", "--output", "--quiet", "--verbose");
    private static final List<String> CONNECTION =
            List.of(
                    "--token",
                    "--api-key",
                    "--host",
                    "--job-url",
                    "--ca-file",
                    "--output",
                    "--quiet",
                    "--verbose");

    /// What `--json` does where it does something of its own, empty for nothing.
    private static final Map<String, String> JSON_ELSEWHERE =
            Map.of(
                    "demo", "",
                    "sandbox", "",
                    "completion", "",
                    "init", "",
                    "simulate", "Print the figures as JSON in place of text [env: DBTC_JSON].",
                    "probe",
                            "Print a report as JSON too, without token, names or ids [env:"
                                    + " DBTC_JSON].");

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
        HelpPage.shape(command, CommandGroups::text, ExitCode.list());
        command.setInterpolateVariables(false); // a value is meant as it is written
        var errors = new ErrorHandler(dbtc);
        var strayToken = new StrayToken(shell);
        return command.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setUsageHelpWidth(HelpPage.USUAL_WIDTH)
                .setDefaultValueProvider(new EnvironmentDefaults(shell))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // `--payload @file` is ours
                .setAllowOptionsAsOptionParameters(true) // `--order-by=-id`
                .setOverwrittenOptionsAllowed(true) // the last one counts, as in the original
                .setExecutionStrategy(parsed -> {
                    strayToken.refuse(parsed);
                    shapeHelp(command, shell, parsed);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(errors::wrongUsage)
                .setExecutionExceptionHandler(errors::failed);
    }

    /// Help is as wide as the terminal. What it was asked for has to be there.
    private static void shapeHelp(CommandLine dbtc, ProcessIo shell, ParseResult parsed) {
        for (ParseResult at = parsed;
                at != null;
                at = at.hasSubcommand() ? at.subcommand() : null) {
            if (at.isUsageHelpRequested()) {
                widen(dbtc, shell);
                if (!at.unmatched().isEmpty()) {
                    throw new UnmatchedArgumentException(
                            at.commandSpec().commandLine(), at.unmatched());
                }
            }
        }
    }

    /// Gives help the width of the terminal that shows it.
    static void widen(CommandLine dbtc, ProcessIo shell) {
        Terminal terminal = shell.terminal();
        if (terminal.out() || terminal.err()) {
            dbtc.setUsageHelpWidth(HelpPage.width(terminal.columns().getAsInt()));
        }
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
            adapt(name, CommandGroups.find(dbtc, name).getCommandSpec());
        }
    }

    /// Leaves out of a command's help what it ignores, and says what `--json` does there.
    private static void adapt(String name, CommandSpec command) {
        if (CommandGroups.WITHOUT_ACCOUNT.contains(name)) {
            CONNECTION.forEach(option -> change(command, option, of -> of.hidden(true)));
        } else if (CommandGroups.WITHOUT_CONNECTION.contains(name)) {
            SENDING.forEach(option -> change(command, option, of -> of.hidden(true)));
        }
        String json = JSON_ELSEWHERE.get(name);
        if (json != null) {
            change(
                    command,
                    "--json",
                    of -> json.isEmpty() ? of.hidden(true) : of.description(json));
        }
    }

    private static void change(
            CommandSpec command, String name, UnaryOperator<OptionSpec.Builder> change) {
        OptionSpec option = Objects.requireNonNull(command.findOption(name), name);
        command.remove(option);
        command.addOption(change.apply(OptionSpec.builder(option)).build());
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
}
