package io.github.dbtc4j.sandbox.request;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the body of a request may look like, checked as the platform does: with the messages of
/// Python's jsonschema, all fields at once.
///
/// @param fields what each field has to be
/// @param required the fields that must be there
public record BodySchema(Map<String, Type> fields, List<String> required) {

    /// What a field has to be.
    public enum Type {
        TEXT("string", false),
        NULLABLE_TEXT("string", true),
        NULLABLE_ANY_TEXT("string", true),
        INTEGER("integer", false),
        NULLABLE_INTEGER("integer", true),
        BOOLEAN("boolean", false),
        NULLABLE_BOOLEAN("boolean", true),
        TEXTS("array", false),
        NULLABLE_TEXTS("array", true),
        NULLABLE_INTEGERS("array", true),
        OBJECT("object", false),
        NULLABLE_OBJECT("object", true);

        private final String name;
        private final boolean nullable;

        Type(String name, boolean nullable) {
            this.name = name;
            this.nullable = nullable;
        }

        /// What is wrong with `value`, or null.
        @Nullable String problem(@Nullable Object value) {
            if (value == null ? nullable : fits(value)) {
                return this == TEXT && "".equals(value) ? "'' is too short" : null;
            }
            return nullable
                    ? PythonText.of(value) + " is not valid under any of the given schemas"
                    : PythonText.of(value) + " is not of type '" + name + "'";
        }

        private boolean fits(Object value) {
            return switch (this) {
                case TEXT, NULLABLE_ANY_TEXT -> value instanceof String;
                case NULLABLE_TEXT -> value instanceof String text && !text.isEmpty();
                case INTEGER, NULLABLE_INTEGER -> value instanceof Long;
                case BOOLEAN, NULLABLE_BOOLEAN -> value instanceof Boolean;
                case TEXTS, NULLABLE_TEXTS -> areTexts(value);
                case NULLABLE_INTEGERS ->
                        value instanceof List<?> list
                                && list.stream().allMatch(item -> item instanceof Long);
                case OBJECT, NULLABLE_OBJECT -> value instanceof Map;
            };
        }
    }

    /// Checks that `body` has the fields it must have, and no others.
    ///
    /// @throws ApiErrorException 400 when `body` does not fit
    public void check(Map<String, @Nullable Object> body) {
        List<String> unknown = unknown(body);
        if (!unknown.isEmpty()) {
            throw Responses.invalid(PythonText.unexpected(unknown));
        }
        Map<String, Object> problems = problems(body);
        if (!problems.isEmpty()) {
            throw Responses.invalid(problems);
        }
    }

    /// What is wrong with an object inside the body: a sentence, sentences by field, or null.
    public @Nullable Object problem(Map<String, @Nullable Object> object) {
        List<String> unknown = unknown(object);
        if (!unknown.isEmpty()) {
            return PythonText.unexpected(unknown);
        }
        Map<String, Object> problems = problems(object);
        return problems.isEmpty() ? null : problems;
    }

    List<String> unknown(Map<String, @Nullable Object> body) {
        return body.keySet().stream().filter(key -> !fields.containsKey(key)).toList();
    }

    Map<String, Object> problems(Map<String, @Nullable Object> body) {
        var problems = new LinkedHashMap<String, Object>();
        for (String name : required) {
            if (!body.containsKey(name)) {
                problems.put(name, "required key not provided");
            }
        }
        fields.forEach((name, type) -> {
            String problem = body.containsKey(name) ? type.problem(body.get(name)) : null;
            if (problem != null) {
                problems.put(name, problem);
            }
        });
        return problems;
    }

    /// The object at `key`, which was checked to be there.
    @SuppressWarnings("unchecked") // checked as an object
    public static Map<String, @Nullable Object> object(
            Map<String, @Nullable Object> parent, String key) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(parent.get(key));
    }

    private static boolean areTexts(Object value) {
        return value instanceof List<?> list
                && list.stream().allMatch(item -> item instanceof String s && !s.isEmpty());
    }
}
