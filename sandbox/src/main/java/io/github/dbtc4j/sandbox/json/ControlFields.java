package io.github.dbtc4j.sandbox.json;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The fields of one control document, read one by one: an unknown field is a mistake, as is one of
/// the wrong kind.
public final class ControlFields {

    private final Map<String, ? extends @Nullable Object> json;
    private final Set<String> known = new LinkedHashSet<>();

    public ControlFields(Map<String, ? extends @Nullable Object> json) {
        this.json = json;
    }

    /// Ends the reading.
    ///
    /// @throws InvalidFieldException when there is a field that was not asked for
    public void nothingElse() {
        for (String name : json.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidFieldException(
                        name, "no such field but " + String.join(", ", known), "it");
            }
        }
    }

    /// One of `values`, written in lower case.
    public <E extends Enum<E>> @Nullable E choice(String field, List<E> values) {
        var names = values.stream().map(ControlFields::lower).toList();
        return text(
                field,
                "one of " + String.join(", ", names),
                name -> names.contains(name) ? values.get(names.indexOf(name)) : null);
    }

    public <T> @Nullable T text(
            String field, String expected, Function<String, @Nullable T> reading) {
        known.add(field);
        Object found = json.get(field);
        if (found == null) {
            return null;
        }
        T value = found instanceof String name ? reading.apply(name) : null;
        if (value == null) {
            throw new InvalidFieldException(field, expected, Json.write(found));
        }
        return value;
    }

    public @Nullable BigDecimal number(String field) {
        known.add(field);
        return switch (json.get(field)) {
            case null -> null;
            case Number number -> new BigDecimal(number.toString());
            case Object found ->
                    throw new InvalidFieldException(field, "a number", Json.write(found));
        };
    }

    public @Nullable Integer whole(String field) {
        BigDecimal number = number(field);
        try {
            return number == null ? null : number.intValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidFieldException(field, "a whole number", number);
        }
    }

    public @Nullable Long id(String field) {
        BigDecimal number = number(field);
        try {
            return number == null ? null : number.longValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidFieldException(field, "an id", number);
        }
    }

    public int requiredWhole(String field) {
        Integer number = whole(field);
        if (number == null) {
            throw new InvalidFieldException(field, "a whole number", "nothing");
        }
        return number;
    }

    public @Nullable Duration duration(String field) {
        BigDecimal number = number(field);
        if (number == null) {
            return null;
        }
        if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw new InvalidFieldException(field, "seconds, 0 to 1000000", number);
        }
        return Duration.ofNanos(number.movePointRight(9).longValue());
    }

    public Duration required(String field) {
        Duration duration = duration(field);
        if (duration == null) {
            throw new InvalidFieldException(field, "seconds", "nothing");
        }
        return duration;
    }

    public static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
