package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.TokenShape;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the address of a job's page.
final class JobUrlConverter implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        try {
            JobUrl.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            // user information may be a password
            String shown =
                    text.contains("@") || TokenShape.isIn(text)
                            ? ""
                            : "'" + PlainText.of(text) + "': ";
            throw new TypeConversionException(shown + e.getMessage());
        }
    }
}
