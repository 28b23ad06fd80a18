package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.SharedSchema;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/// The words for the constants of an enum, such as `after-run`: reads them, and offers them to the
/// completion of a command line.
public abstract sealed class EnumConverter<E extends Enum<E>>
        implements ITypeConverter<E>, Iterable<String> {

    static final class OfCleanup extends EnumConverter<Cleanup> {
        OfCleanup() {
            super(Cleanup.values());
        }
    }

    public static final class OfLanes extends EnumConverter<LanePolicy> {
        OfLanes() {
            super(LanePolicy.values());
        }
    }

    public static final class OfSharedSchema extends EnumConverter<SharedSchema> {
        OfSharedSchema() {
            super(SharedSchema.values());
        }
    }

    private final E[] constants;

    private EnumConverter(E[] constants) {
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
        return Arrays.stream(constants).map(EnumConverter::of).iterator();
    }

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
