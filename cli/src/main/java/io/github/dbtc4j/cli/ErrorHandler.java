package io.github.dbtc4j.cli;

import io.github.dbtc4j.autoscaler.UnsuitableJobException;
import io.github.dbtc4j.autoscaler.payload.InvalidPayloadException;
import io.github.dbtc4j.cli.api.NoListException;
import io.github.dbtc4j.cli.help.Suggestion;
import io.github.dbtc4j.cli.narration.VerdictText;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.EnvironmentDefaults;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.TokenShape;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.ReadOnlyException;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What goes wrong, as a message for people and an exit code for machines.
final class ErrorHandler {

    private static final Set<String> IN_THE_URL = Set.of("--account-id", "--job-id");
    private static final String JOB_URL =
            "; --job-url, the address of the job's page, names host, account and job at once";

    private static final String PICOCLIS_NO_COMMAND = "Missing required subcommand";

    private final Dbtc dbtc;

    ErrorHandler(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    /// The arguments are not right.
    int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (args.length == 0) {
            Commands.widen(command, dbtc.shell());
            command.usage(dbtc.shell().err());
            return ExitCode.USAGE.code();
        }
        String message =
                switch (e) {
                    case UnmatchedArgumentException unmatched -> unmatched(unmatched);
                    case MissingParameterException missing -> missing(missing);
                    default ->
                            PICOCLIS_NO_COMMAND.equals(e.getMessage())
                                    ? "name one of its commands: "
                                            + String.join(", ", command.getSubcommands().keySet())
                                    : e.getMessage() + source(e.getArgSpec(), args);
                };
        dbtc.stderr().line(Line.of(Tone.BAD, name + ": " + TokenShape.hidden(message)));
        dbtc.settings().problems().forEach(dbtc.stderr()::line);
        dbtc.stderr().line(Line.of(Tone.DIM, "Try '" + name + " --help'."));
        return ExitCode.USAGE.code();
    }

    /// The command did not come to its end.
    int failed(Exception e, CommandLine command, ParseResult parsed) throws IOException {
        ExitCode code =
                switch (e) {
                    case UsageException usage -> ExitCode.USAGE;
                    case InvalidPayloadException payload -> ExitCode.USAGE;
                    case UnsuitableJobException job -> ExitCode.USAGE;
                    case ReadOnlyException readOnly -> ExitCode.USAGE;
                    case DbtCloudException platform -> ExitCode.PLATFORM;
                    case NoListException list -> ExitCode.PLATFORM;
                    case IOException io -> ExitCode.OUTPUT;
                    default -> ExitCode.DEFECT;
                };
        String message =
                code == ExitCode.DEFECT
                        ? unexpected(e)
                        : e.getMessage() + sources(String.valueOf(e.getMessage()), parsed);
        if (code == ExitCode.USAGE || code == ExitCode.DEFECT) {
            message = TokenShape.hidden(message);
        }
        int ended = end(e, code, message);
        printAnswer(e);
        return ended;
    }

    /// Something is wrong with this program, or with the Java that runs it.
    int broken(Error e) {
        return end(e, ExitCode.DEFECT, TokenShape.hidden(unexpected(e)));
    }

    private static String unexpected(Throwable e) {
        return "unexpected %s; please report it, with what DBTC_DEBUG=1 prints".formatted(e);
    }

    private int end(Throwable e, ExitCode code, String message) {
        dbtc.narration().ending();
        dbtc.stderr().line(Line.of(Tone.BAD, "dbtc: " + message));
        if (dbtc.reports != null) {
            dbtc.reports.noVerdict(message, !mayHaveTriggered(e));
        }
        dbtc.narration()
                .unfinishedRun()
                .ifPresent(run -> dbtc.narration().say(VerdictText.mayGoOn(run)));
        if (dbtc.shell().variable("DBTC_DEBUG").isPresent()) {
            dbtc.stderr().trace(e);
        }
        return code.code();
    }

    private boolean mayHaveTriggered(Throwable e) {
        return dbtc.narration().lastRun().isPresent()
                || (e instanceof DbtCloudException platform && platform.ambiguous())
                || e instanceof Error;
    }

    /// What the platform answered is what scripts of the original read, refusals included.
    private void printAnswer(Exception e) throws IOException {
        String json = e instanceof DbtCloudException platform ? platform.json() : null;
        if (json != null && dbtc.output == null) {
            new JsonOutput(dbtc).offer(json);
        }
    }

    /// Names only what is not ours: the value behind it may be a token.
    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().getFirst();
        if (e.isUnknownOption()) {
            String option = first.replaceFirst("=.*", "");
            return "there is no option " + option + suggestion(option, options(e.getCommandLine()));
        }
        String shown = first.startsWith("dbt") && first.contains("_") ? "a token" : first;
        return "there is no command or argument '"
                + shown
                + "' here"
                + suggestion(first, e.getCommandLine().getSubcommands().keySet());
    }

    private static String suggestion(String typed, Collection<String> names) {
        return Suggestion.of(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    private static String missing(MissingParameterException e) {
        if (e.getMissing().isEmpty()) {
            return String.valueOf(e.getMessage());
        }
        boolean inTheUrl =
                e.getMissing().stream()
                        .anyMatch(arg ->
                                arg instanceof OptionSpec option
                                        && IN_THE_URL.contains(option.longestName()));
        return e.getMissing().stream()
                .map(ErrorHandler::missing)
                .collect(Collectors.joining(", ", "missing: ", inTheUrl ? JOB_URL : ""));
    }

    private static String missing(ArgSpec arg) {
        String name =
                arg instanceof OptionSpec option
                        ? option.longestName() + "=" + option.paramLabel()
                        : arg.paramLabel();
        return name
                + EnvironmentDefaults.of(arg)
                        .map(text -> " (or the variable " + text + ")")
                        .orElse("");
    }

    /// Where a wrong value came from, when it was not an argument.
    private static String source(ArgSpec arg, String[] args) {
        if (!(arg instanceof OptionSpec option)
                || Arrays.stream(args).anyMatch(given -> isFor(option, given))) {
            return "";
        }
        return EnvironmentDefaults.of(arg)
                .map(name -> " (in the variable " + name + ")")
                .orElse("");
    }

    /// Where the options that a message names came from, when they were not arguments.
    private String sources(String message, ParseResult parsed) {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        ParseResult given = deepest;
        return given.commandSpec().options().stream()
                .filter(option -> !given.hasMatchedOption(option))
                .filter(option -> message.matches("(?s).*" + option.longestName() + "(?![a-z-]).*"))
                .flatMap(option -> EnvironmentDefaults.of(option).stream())
                .filter(name -> dbtc.shell().variable(name).isPresent())
                .filter(name -> !message.contains(name))
                .map(name -> " (in the variable " + name + ")")
                .collect(Collectors.joining());
    }

    private static boolean isFor(OptionSpec option, String arg) {
        return Arrays.stream(option.names())
                .anyMatch(name ->
                        name.startsWith("--")
                                ? arg.equals(name) || arg.startsWith(name + "=")
                                : arg.startsWith(name));
    }
}
