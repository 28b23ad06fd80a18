package io.github.dbtc4j.http.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A typed view of one JSON object. Absent and null are the same; a wrong type is an
/// [IllegalArgumentException] that names the field and the type found, never the value.
public final class Fields {

    private final String path;
    private final Map<String, @Nullable Object> map;

    private Fields(String path, Map<String, @Nullable Object> map) {
        this.path = path;
        this.map = map;
    }

    /// A view of an unmodifiable copy of `object`.
    ///
    /// @param path what the object is, for messages, such as `run`
    public static Fields of(String path, @Nullable Object object) {
        if (frozen(object) instanceof Map<?, ?> map) {
            return new Fields(path, strings(map));
        }
        throw mismatch(path, "an object", object);
    }

    /// A view of `object` itself, which is unmodifiable: it was read by [Json#readFrozen].
    public static Fields ofRead(String path, @Nullable Object object) {
        if (object instanceof Map<?, ?> map) {
            return new Fields(path, strings(map));
        }
        throw mismatch(path, "an object", object);
    }

    /// Everything that was sent, unmodifiable, in the order it was sent.
    public Map<String, @Nullable Object> all() {
        return map;
    }

    /// Whether `name` is there and not null.
    public boolean has(String name) {
        return map.get(name) != null;
    }

    /// A whole number that must be there. A number in a text counts: `"50"` is 50.
    public long number(String name) {
        return required(name, numberOrNull(name));
    }

    /// A whole number, or null when there is none.
    public @Nullable Long numberOrNull(String name) {
        Object value = map.get(name);
        return switch (value) {
            case null -> null;
            case Long number -> number;
            case Integer number -> number.longValue();
            case String text when text.matches("-?\\d{1,18}") -> Long.valueOf(text);
            default -> throw mismatch(at(name), "a whole number", value);
        };
    }

    /// A whole number of 32 bits, or null when there is none.
    public @Nullable Integer intOrNull(String name) {
        Long number = numberOrNull(name);
        if (number == null) {
            return null;
        }
        if (number != number.intValue()) {
            throw new IllegalArgumentException(at(name) + " is too large a number");
        }
        return number.intValue();
    }

    /// A whole number of 32 bits that must be there.
    public int integer(String name) {
        return required(name, intOrNull(name));
    }

    /// A text that must be there.
    public String text(String name) {
        return required(name, textOrNull(name));
    }

    /// A text, or null when there is none.
    public @Nullable String textOrNull(String name) {
        Object value = map.get(name);
        return switch (value) {
            case null -> null;
            case String text -> text;
            default -> throw mismatch(at(name), "text", value);
        };
    }

    /// True only when `true` was sent.
    public boolean flag(String name) {
        Object value = map.get(name);
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw mismatch(at(name), "true or false", value);
        };
    }

    /// What `read` makes of a text that must be there.
    ///
    /// @param read throws [IllegalArgumentException] or [DateTimeException] with what the text is,
    ///   for a message that begins with the field
    public <T> T parsed(String name, Function<String, T> read) {
        return required(name, parsedOrNull(name, read));
    }

    /// What `read` makes of a text, or null when there is none.
    public <T> @Nullable T parsedOrNull(String name, Function<String, T> read) {
        String text = textOrNull(name);
        if (text == null) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(at(name) + " is " + e.getMessage(), e);
        }
    }

    /// What `read` makes of the object `name`, or null when there is none.
    public <T> @Nullable T object(String name, Function<Fields, T> read) {
        Object value = map.get(name);
        return value == null ? null : read.apply(ofRead(at(name), value));
    }

    /// The object `name`, which must be there.
    public Fields required(String name) {
        return ofRead(at(name), required(name, map.get(name)));
    }

    /// What `read` makes of each object of the array `name`; empty when there is none.
    public <T> List<T> objects(String name, Function<Fields, T> read) {
        List<T> results = new ArrayList<>();
        for (Object item : items(name)) {
            results.add(read.apply(ofRead(at(name) + "[" + results.size() + "]", item)));
        }
        return List.copyOf(results);
    }

    /// The texts of an array; empty when there is none.
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof String text)) {
                throw mismatch(at(name) + "[" + texts.size() + "]", "text", item);
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /// The whole numbers of an array; empty when there is none.
    public List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof Long number)) {
                throw mismatch(at(name) + "[" + numbers.size() + "]", "a whole number", item);
            }
            numbers.add(number);
        }
        return List.copyOf(numbers);
    }

    private List<?> items(String name) {
        Object value = map.get(name);
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw mismatch(at(name), "an array", value);
        };
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(at(name) + " is missing");
        }
        return value;
    }

    private String at(String name) {
        return path + "." + name;
    }

    /// What to throw for a value of a wrong type, which it does not quote.
    public static IllegalArgumentException mismatch(
            String at, String expected, @Nullable Object found) {
        return new IllegalArgumentException(
                at + ": expected " + expected + ", found " + kind(found));
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "text";
            case Boolean _ -> "true or false";
            case Long _, Integer _, BigInteger _ -> "a whole number";
            case BigDecimal _ -> "a decimal number";
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "an array";
            default -> value.getClass().getSimpleName();
        };
    }

    private static @Nullable Object frozen(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((name, member) -> copy.put(String.valueOf(name), frozen(member)));
                yield Collections.unmodifiableMap(copy);
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(frozen(item)));
                yield Collections.unmodifiableList(copy);
            }
            case null, default -> value;
        };
    }

    @SuppressWarnings("unchecked") // JSON has no other names than strings
    private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
