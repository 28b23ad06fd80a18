package io.github.dbtc4j.sandbox.request;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as the platform's error messages quote them: the way Python's `repr` writes them.
public final class PythonText {

    private PythonText() {}

    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean bool -> bool ? "True" : "False";
            case String text -> quoted(text);
            case List<?> list ->
                    list.stream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(e -> of(e.getKey()) + ": " + of(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /// `('a', 'b' were unexpected)`, as the platform's validator says it.
    static String unexpected(List<String> keys) {
        return "Additional properties are not allowed (%s %s unexpected)"
                .formatted(
                        keys.stream().map(PythonText::quoted).collect(Collectors.joining(", ")),
                        keys.size() == 1 ? "was" : "were");
    }

    private static String quoted(String text) {
        String quote = text.contains("'") && !text.contains("\"") ? "\"" : "'";
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return quote + (quote.equals("'") ? escaped.replace("'", "\\'") : escaped) + quote;
    }
}
