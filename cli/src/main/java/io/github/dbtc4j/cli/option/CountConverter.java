package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a number of things: 0 or more.
public final class CountConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new TypeConversionException(
                    "'" + PlainText.of(text) + "' is not a whole number from 0 on");
        }
        return Integer.valueOf(text);
    }
}
