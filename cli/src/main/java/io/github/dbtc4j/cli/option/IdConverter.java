package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the id of something on the platform. Those of cell accounts exceed 32 bits.
public final class IdConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        if (!text.matches("0*[1-9]\\d{0,17}")) {
            throw new TypeConversionException(
                    "'" + PlainText.of(text) + "' is not an id, a positive whole number");
        }
        return Long.valueOf(text);
    }
}
