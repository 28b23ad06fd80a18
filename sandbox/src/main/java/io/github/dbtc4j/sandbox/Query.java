package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The query of a request: every parameter with all its values, in order.
record Query(Map<String, List<String>> values) {

    static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final Pattern BRACKETS = Pattern.compile("[\\[\\]\"']");

    static Query parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return new Query(Map.of());
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
        return new Query(values);
    }

    /// @throws Refusal 400 when there are other parameters than `names`
    void allow(Set<String> names) {
        List<String> unknown =
                values.keySet().stream().filter(name -> !names.contains(name)).sorted().toList();
        if (!unknown.isEmpty()) {
            throw Answers.invalid(PythonText.unexpected(unknown));
        }
    }

    @Nullable String text(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.getLast();
    }

    @Nullable Long number(String name) {
        String text = text(name);
        return text == null ? null : number(name, text);
    }

    @Nullable Boolean bool(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default ->
                    throw Answers.invalid(
                            Map.of(name, PythonText.of(text) + " is not of type 'boolean'"));
        };
    }

    /// The numbers of a `…__in` parameter, written as JSON (`[1, 2]`) or repeated.
    @Nullable Set<Long> numbers(String name) {
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
    @Nullable List<String> texts(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.stream().flatMap(text -> items(text).stream()).toList();
    }

    /// The related objects asked for, in any of the spellings clients use: `a,b`, `["a","b"]`,
    /// `[a]`, `['a']`, repeated parameters.
    Set<String> included() {
        List<String> items = texts("include_related");
        return items == null ? Set.of() : Set.copyOf(items);
    }

    private static List<String> items(String text) {
        var items = new ArrayList<String>();
        for (String item : text.split(",", -1)) {
            String bare = BRACKETS.matcher(item).replaceAll("").strip();
            if (!bare.isEmpty()) {
                items.add(bare);
            }
        }
        return items;
    }

    private static Long number(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw Answers.invalid(Map.of(name, PythonText.of(text) + " is not of type 'integer'"));
        }
        return Long.parseLong(text);
    }
}
