package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.NullUnmarked;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One known difference between the published specification and the platform, as a change that
/// makes the specification say what the platform does.
///
/// @param spec `v2` or `v3`
/// @param at where: the names that lead to a schema or an operation
/// @param name what it is about: a property, a status, a query parameter
@NullUnmarked // JSON is read by casts
record Deviation(String spec, List<String> at, Kind kind, String name, Object value) {

    enum Kind {
        /// The property may be null.
        NULLABLE,
        /// The property may be missing.
        OPTIONAL,
        /// The property is there or is of another kind.
        PROPERTIES,
        /// The operation answers this status.
        RESPONSES,
        /// The operation takes this query parameter.
        PARAMETERS,
        /// A keyword has another value.
        SET
    }

    void apply(Map<String, Object> root) {
        Map<String, Object> place = root;
        for (String step : at) {
            place = child(place, step);
        }
        switch (kind) {
            case NULLABLE -> {
                var properties = child(place, "properties");
                properties.put(name, orNull(existing(properties, name)));
            }
            case OPTIONAL -> {
                List<Object> required = new ArrayList<>((List<?>) existing(place, "required"));
                if (!required.remove(name)) {
                    throw new AssertionError(this + ": is optional already");
                }
                place.put("required", required);
                if (required.isEmpty()) {
                    place.remove("required");
                }
            }
            case PROPERTIES -> child(place, "properties").put(name, value);
            case RESPONSES -> child(place, "responses").put(name, response());
            case PARAMETERS -> place.put("parameters", parameters(place));
            case SET -> place.put(name, value);
        }
    }

    private List<Object> parameters(Map<String, Object> operation) {
        List<Object> parameters = new ArrayList<>((List<?>) existing(operation, "parameters"));
        parameters.removeIf(parameter -> name.equals(((Map<?, ?>) parameter).get("name")));
        parameters.add(Map.of("name", name, "in", "query", "schema", value));
        return parameters;
    }

    private Object response() {
        return value.equals("empty")
                ? Map.of("description", "")
                : Map.of(
                        "description",
                        "",
                        "content",
                        Map.of("application/json", Map.of("schema", value)));
    }

    private static Map<String, Object> orNull(Object schema) {
        Map<String, Object> none = new LinkedHashMap<>();
        none.put("type", "string");
        none.put("nullable", true);
        none.put("maxLength", 0);
        none.put("pattern", "never a text");
        return Map.of("anyOf", List.of(schema, none));
    }

    private Object existing(Map<String, Object> map, String key) {
        Object found = map.get(key);
        if (found == null) {
            throw new AssertionError(this + ": the specification has no such " + key);
        }
        return found;
    }

    @SuppressWarnings("unchecked") // JSON objects
    private Map<String, Object> child(Map<String, Object> map, String key) {
        return (Map<String, Object>) existing(map, key);
    }

    @Override
    public String toString() {
        return spec + " " + String.join("/", at) + " " + kind + " " + name;
    }
}
