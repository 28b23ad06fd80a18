package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Lanes;
import io.github.dbtc4j.planner.SharedSchema;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/// The words for the constants of an enum, such as `after-run`: reads them, and offers them to
/// whoever completes a command line.
public abstract sealed class Words<E extends Enum<E>>
        implements ITypeConverter<E>, Iterable<String> {

    static final class OfCleanup extends Words<Cleanup> {
        OfCleanup() {
            super(Cleanup.values());
        }
    }

    public static final class OfLanes extends Words<Lanes> {
        OfLanes() {
            super(Lanes.values());
        }
    }

    public static final class OfSharedSchema extends Words<SharedSchema> {
        OfSharedSchema() {
            super(SharedSchema.values());
        }
    }

    private final E[] constants;

    private Words(E[] constants) {
        this.constants = constants;
    }

    @Override
    public E convert(String text) {
        for (E constant : constants) {
            if (of(constant).equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new TypeConversionException(
                "'%s' is not one of %s".formatted(PlainText.of(text), String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(constants).map(Words::of).iterator();
    }

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
