package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.client.access.Unfilled;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the hash of a commit, which may be cut to its first digits.
final class CommitConverter implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        Unfilled.problem(text)
                .ifPresent(problem -> {
                    throw new TypeConversionException("the commit " + problem);
                });
        if (!text.matches("[0-9A-Fa-f]{7,64}")) {
            throw new TypeConversionException(
                    "'%s' is not the hash of a commit, 7 to 64 hexadecimal digits; `git rev-parse HEAD` prints one"
                            .formatted(PlainText.of(text)));
        }
        return text;
    }
}
