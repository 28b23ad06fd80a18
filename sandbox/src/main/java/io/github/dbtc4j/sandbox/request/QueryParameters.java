package io.github.dbtc4j.sandbox.request;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The query of a request: every parameter with all its values, in order.
public record QueryParameters(Map<String, List<String>> values) {

    public static QueryParameters parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return new QueryParameters(Map.of());
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Forms.decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Forms.decode(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
        }
        return new QueryParameters(values);
    }

    /// Checks that there are no parameters but `names`.
    ///
    /// @throws ApiErrorException 400 when there are other parameters than `names`
    public void allow(Set<String> names) {
        if (!names.containsAll(values.keySet())) {
            List<String> unknown =
                    values.keySet().stream()
                            .filter(name -> !names.contains(name))
                            .sorted()
                            .toList();
            throw Responses.invalid(PythonText.unexpected(unknown));
        }
    }

    public @Nullable String text(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.getLast();
    }

    public @Nullable Long number(String name) {
        String text = text(name);
        return text == null ? null : number(name, text);
    }

    public @Nullable Boolean bool(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default ->
                    throw Responses.invalid(
                            Map.of(name, PythonText.of(text) + " is not of type 'boolean'"));
        };
    }

    /// The numbers of a `…__in` parameter, written as JSON (`[1, 2]`) or repeated.
    public @Nullable Set<Long> numbers(String name) {
        List<String> items = texts(name);
        if (items == null) {
            return null;
        }
        var numbers = new LinkedHashSet<Long>();
        for (String item : items) {
            numbers.add(number(name, item));
        }
        return numbers;
    }

    /// The items of a list parameter, written as JSON or repeated.
    public @Nullable List<String> texts(String name) {
        List<String> all = values.get(name);
        if (all == null) {
            return null;
        }
        var items = new ArrayList<String>();
        for (String text : all) {
            addItems(text, items);
        }
        return items;
    }

    /// The related objects asked for, in any of the spellings clients use: `a,b`, `["a","b"]`,
    /// `[a]`, `['a']`, repeated parameters.
    public Set<String> included() {
        List<String> items = texts("include_related");
        return items == null ? Set.of() : Set.copyOf(items);
    }

    /// Whether `text` is a whole number of at most 18 digits.
    static boolean isNumber(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        for (int at = first; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return text.length() > first && text.length() <= first + 18;
    }

    private static void addItems(String text, List<String> items) {
        for (String item : text.split(",", -1)) {
            var bare = new StringBuilder(item.length());
            for (int at = 0; at < item.length(); at++) {
                if ("[]\"'".indexOf(item.charAt(at)) < 0) {
                    bare.append(item.charAt(at));
                }
            }
            String name = bare.toString().strip();
            if (!name.isEmpty()) {
                items.add(name);
            }
        }
    }

    private static Long number(String name, String text) {
        if (!isNumber(text)) {
            throw Responses.invalid(
                    Map.of(name, PythonText.of(text) + " is not of type 'integer'"));
        }
        return Long.parseLong(text);
    }
}
