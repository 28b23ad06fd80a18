package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.NullUnmarked;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes of a published OpenAPI file what a contract is made of: paths, methods, parameters,
/// schemas, types, enums, what is required. Prose and examples stay behind.
@NullUnmarked // JSON is read by casts
final class Distiller {

    /// What is left out; so is each key that begins with `x-`.
    static final Set<String> PROSE =
            Set.of(
                    "description",
                    "summary",
                    "title",
                    "example",
                    "examples",
                    "externalDocs",
                    "operationId",
                    "tags",
                    "servers",
                    "termsOfService",
                    "contact",
                    "license");

    /// The objects of an OpenAPI file.
    ///
    /// @param facts the keys whose values are taken as they are
    /// @param objects the keys whose values are objects, or lists of objects, of another kind
    /// @param maps the keys whose values are objects under names that the API's authors chose
    private record Kind(Set<String> facts, Map<String, Kind> objects, Map<String, Kind> maps) {

        private Kind(Set<String> facts, Map<String, Kind> objects) {
            this(facts, objects, Map.of());
        }
    }

    private static final Kind SCHEMA =
            new Kind(
                    Set.of(
                            "$ref",
                            "type",
                            "format",
                            "enum",
                            "const",
                            "default",
                            "required",
                            "nullable",
                            "readOnly",
                            "writeOnly",
                            "write_only", // written so in places
                            "deprecated",
                            "discriminator",
                            "pattern",
                            "minLength",
                            "maxLength",
                            "minimum",
                            "maximum",
                            "exclusiveMinimum",
                            "exclusiveMaximum",
                            "minItems",
                            "maxItems",
                            "uniqueItems",
                            "minProperties",
                            "maxProperties",
                            "multipleOf"),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>());

    static {
        List.of("items", "not", "additionalProperties", "allOf", "anyOf", "oneOf")
                .forEach(key -> SCHEMA.objects().put(key, SCHEMA));
        SCHEMA.maps().put("properties", SCHEMA);
    }

    private static final Kind CONTENT = new Kind(Set.of(), Map.of("schema", SCHEMA));
    private static final Kind BODY =
            new Kind(Set.of("required"), Map.of(), Map.of("content", CONTENT));
    private static final Kind PARAMETER =
            new Kind(
                    Set.of("name", "in", "required", "deprecated", "style", "explode"),
                    Map.of("schema", SCHEMA));
    private static final Kind OPERATION =
            new Kind(
                    Set.of("security", "deprecated"),
                    Map.of("parameters", PARAMETER, "requestBody", BODY),
                    Map.of("responses", BODY));
    private static final Kind PATH =
            new Kind(
                    Set.of(),
                    Map.of(
                            "parameters", PARAMETER,
                            "get", OPERATION,
                            "put", OPERATION,
                            "post", OPERATION,
                            "patch", OPERATION,
                            "delete", OPERATION));
    private static final Kind SECURITY =
            new Kind(Set.of("type", "in", "name", "scheme", "bearerFormat"), Map.of());
    private static final Kind COMPONENTS =
            new Kind(Set.of(), Map.of(), Map.of("schemas", SCHEMA, "securitySchemes", SECURITY));
    private static final Kind DOCUMENT =
            new Kind(
                    Set.of("openapi", "security"),
                    Map.of("info", new Kind(Set.of("version"), Map.of()), "components", COMPONENTS),
                    Map.of("paths", PATH));

    private Distiller() {}

    /// The facts of an OpenAPI file, in its order; of what is distilled already, the same.
    ///
    /// @throws IllegalArgumentException if a key is neither a fact nor prose that is known here
    static Map<String, Object> distill(Map<String, Object> published) {
        return object(published, DOCUMENT, "");
    }

    private static Map<String, Object> object(Map<?, ?> from, Kind kind, String place) {
        Map<String, Object> facts = new LinkedHashMap<>();
        from.forEach((name, value) -> {
            String key = String.valueOf(name);
            String at = place + "/" + key;
            if (kind.facts().contains(key)) {
                facts.put(key, value);
            } else if (kind.objects().containsKey(key)) {
                facts.put(key, value(value, kind.objects().get(key), at));
            } else if (kind.maps().containsKey(key)) {
                Kind inner = kind.maps().get(key);
                Map<String, Object> members = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((member, it) ->
                                members.put("" + member, value(it, inner, at + "/" + member)));
                facts.put(key, members);
            } else if (!PROSE.contains(key) && !key.startsWith("x-")) {
                throw new IllegalArgumentException(
                        "the specification has "
                                + at
                                + ", which is no fact or prose that is known;"
                                + " say in Distiller which of the two it is");
            }
        });
        return facts;
    }

    private static Object value(Object value, Kind kind, String place) {
        return switch (value) {
            case Map<?, ?> map -> object(map, kind, place);
            case List<?> list -> list.stream().map(each -> value(each, kind, place)).toList();
            case null, default -> value; // additionalProperties: true
        };
    }
}
