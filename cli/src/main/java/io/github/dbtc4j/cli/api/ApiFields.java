package io.github.dbtc4j.cli.api;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The fields of `dbtc api`, as `gh api` knows them.
final class ApiFields {

    private static final int LARGEST_INPUT = 1 << 24;

    private final InputStream in;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    ApiFields(InputStream in) {
        this.in = in;
    }

    /// Takes `key=value` as text.
    ApiFields raw(List<String> given) {
        for (String field : given) {
            put("-f", field, value(field, "-f"));
        }
        return this;
    }

    /// Takes `key=value`, its value typed: true, false, null, a whole number, `@FILE`, else text.
    ApiFields typed(List<String> given) {
        for (String field : given) {
            put("-F", field, typed(value(field, "-F")));
        }
        return this;
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /// For the body.
    Map<String, @Nullable Object> map() {
        return fields;
    }

    /// `path` with the fields behind it, encoded.
    String behind(String path) {
        if (fields.isEmpty()) {
            return path;
        }
        String query =
                fields.entrySet().stream()
                        .map(field ->
                                encoded(field.getKey()) + "=" + encoded(shown(field.getValue())))
                        .collect(Collectors.joining("&"));
        return path + (path.contains("?") ? "&" : "?") + query;
    }

    /// The text of a file, `-` for standard input.
    String read(String option, String file) {
        try (InputStream from = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = from.readNBytes(LARGEST_INPUT + 1);
            if (bytes.length > LARGEST_INPUT) {
                throw new UsageException(
                        option + ": " + PlainText.of(file) + " is over 16 megabytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "%s: the file %s cannot be read (%s)"
                            .formatted(option, PlainText.of(file), e.getClass().getSimpleName()));
        }
    }

    private void put(String option, String field, @Nullable Object value) {
        String key = field.substring(0, field.indexOf('='));
        if (key.endsWith("[]")) {
            String name = key.substring(0, key.length() - 2);
            if (fields.computeIfAbsent(name, _ -> new ArrayList<@Nullable Object>())
                    instanceof List<?> list) {
                var longer = new ArrayList<@Nullable Object>(list);
                longer.add(value);
                fields.put(name, longer);
                return;
            }
        } else if (!fields.containsKey(key)) {
            fields.put(key, value);
            return;
        }
        throw new UsageException(
                "%s: the field %s is given twice; for an array write %s[]=VALUE for each element"
                        .formatted(option, PlainText.of(key), PlainText.of(key.replace("[]", ""))));
    }

    private static String value(String field, String option) {
        int equals = field.indexOf('=');
        if (equals < 1) {
            throw new UsageException(
                    "%s: '%s' is not a field such as cause=CI"
                            .formatted(option, PlainText.of(field)));
        }
        return field.substring(equals + 1);
    }

    private @Nullable Object typed(String text) {
        if (text.startsWith("@")) {
            return read("-F", text.substring(1));
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
        };
    }

    private static String shown(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
