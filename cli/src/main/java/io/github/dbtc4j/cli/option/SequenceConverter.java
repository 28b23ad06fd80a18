package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.planner.state.Sequence;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a pipeline's number and attempt.
public final class SequenceConverter implements ITypeConverter<Sequence> {

    @Override
    public Sequence convert(String text) {
        return Sequence.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'%s' is not a pipeline's number, or number and attempt, such as 7"
                                                .formatted(PlainText.of(text))
                                        + " or 7.2, of at most 16 digits each"));
    }
}
