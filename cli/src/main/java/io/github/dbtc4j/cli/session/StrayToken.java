package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.TokenShape;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Refuses a token where none belongs, before it is sent, printed or made a file's name.
public final class StrayToken {

    private static final Set<String> FOR_TOKENS = Set.of("--token", "--api-key");

    private final EnvironmentDefaults variables;

    public StrayToken(ProcessIo shell) {
        this.variables = new EnvironmentDefaults(shell);
    }

    /// Refuses arguments and variables that hold a token where none belongs.
    ///
    /// @throws ParameterException when an argument, or the variable of an option that was not
    ///   given, holds a token; the message names which and repeats nothing
    public void refuse(ParseResult parsed) {
        for (ParseResult at = parsed;
                at != null;
                at = at.hasSubcommand() ? at.subcommand() : null) {
            ParseResult level = at;
            level.commandSpec().args().stream()
                    .filter(arg -> !isForTokens(arg))
                    .filter(arg -> values(arg, level).anyMatch(TokenShape::isIn))
                    .findFirst()
                    .ifPresent(arg -> {
                        throw new ParameterException(
                                level.commandSpec().commandLine(), message(arg, level));
                    });
        }
    }

    private static boolean isForTokens(ArgSpec arg) {
        return arg instanceof OptionSpec option && FOR_TOKENS.contains(option.longestName());
    }

    private Stream<String> values(ArgSpec arg, ParseResult parsed) {
        List<String> given = arg.originalStringValues();
        return isGiven(arg, parsed)
                ? given.stream()
                : Stream.ofNullable(variables.defaultValue(arg));
    }

    private static boolean isGiven(ArgSpec arg, ParseResult parsed) {
        return arg instanceof OptionSpec option
                ? parsed.hasMatchedOption(option)
                : parsed.matchedPositionals().contains(arg);
    }

    private static String message(ArgSpec arg, ParseResult parsed) {
        String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
        String from =
                isGiven(arg, parsed)
                        ? ""
                        : EnvironmentDefaults.of(arg)
                                .map(text -> " (in the variable " + text + ")")
                                .orElse("");
        return name
                + from
                + " holds what looks like a dbt token, and nothing was sent; a token belongs into"
                + " DBT_CLOUD_SERVICE_TOKEN or DBT_CLOUD_API_KEY alone";
    }
}
