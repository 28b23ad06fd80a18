package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.client.model.Include;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/// Reads what to send along with a run, such as `run_steps`, and offers it to the completion of a
/// command line.
final class Part implements ITypeConverter<Include>, Iterable<String> {

    @Override
    public Include convert(String text) {
        String name = ListText.item(text);
        for (Include include : Include.values()) {
            if (include.name().equalsIgnoreCase(name)) {
                return include;
            }
        }
        throw new TypeConversionException(
                "'%s' is not one of %s".formatted(PlainText.of(text), String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Include.values())
                .map(include -> include.name().toLowerCase(Locale.ROOT))
                .iterator();
    }
}
