package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.client.model.RunStatus.Known;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a run's status by name or number, the marks of a JSON list around it or not.
public final class RunStatusConverter implements ITypeConverter<Known> {

    @Override
    public Known convert(String text) {
        String name = ListText.item(text);
        for (Known status : Known.values()) {
            if (status.label().equalsIgnoreCase(name)
                    || Integer.toString(status.code()).equals(name)) {
                return status;
            }
        }
        throw new TypeConversionException(
                "'%s' is not one of queued, starting, running, success, error, cancelled"
                        .formatted(PlainText.of(text)));
    }
}
