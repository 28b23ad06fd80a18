package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// An OpenAPI file as plain maps and lists.
@NullUnmarked // JSON is read by casts
final class Specification {

    private final Map<String, Object> root;

    Specification(Map<String, Object> root) {
        this.root = root;
    }

    /// The contract in this repository.
    ///
    /// @param version `v2` or `v3`
    static Specification ofContract(String version) throws IOException {
        return new Specification(new Yaml().load(Files.readString(ContractFile.of(version))));
    }

    /// The same, changed by `deviations`.
    Specification with(Collection<Deviation> deviations) {
        Map<String, Object> copy = Json.readObject(Json.write(root));
        deviations.forEach(deviation -> deviation.apply(copy));
        return new Specification(copy);
    }

    /// The path template that the concrete `path` fits; empty when there is none.
    String template(String path) {
        return paths().keySet().stream()
                .filter(template ->
                        path.matches(
                                template.replace("{remainder}", ".+")
                                        .replaceAll("\\{\\w+}", "[^/]+")))
                // a concrete name beats a variable: environment-variables/job/ is no {id}/
                .min(
                        Comparator.comparingLong(
                                template -> template.chars().filter(c -> c == '{').count()))
                .orElse("");
    }

    /// The same with only these path templates and what they refer to, as JSON.
    String json(Collection<String> templates) {
        Map<String, Object> copy = Json.readObject(Json.write(only(templates)));
        // OpenAPI asks for words that a contract has not.
        map(copy.get("info")).putIfAbsent("title", "");
        described(copy.get("paths"));
        return Json.write(copy);
    }

    /// The same with only these path templates and what they refer to.
    Map<String, Object> only(Collection<String> templates) {
        Map<String, Object> kept = new LinkedHashMap<>();
        templates.forEach(template -> kept.put(template, paths().get(template)));
        Map<String, Object> components = new LinkedHashMap<>(map(root.get("components")));
        Map<String, Object> schemas = map(components.get("schemas"));
        Set<String> reachable = reachable(kept, schemas);
        components.put(
                "schemas",
                schemas.entrySet().stream()
                        .filter(schema -> reachable.contains(schema.getKey()))
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        Map.Entry::getValue,
                                        (a, _) -> a,
                                        LinkedHashMap::new)));
        Map<String, Object> copy = new LinkedHashMap<>(root);
        copy.put("paths", kept);
        copy.put("components", components);
        copy.remove("servers");
        return copy;
    }

    private static void described(Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("responses") instanceof Map<?, ?> responses) {
                responses.values().forEach(each -> map(each).putIfAbsent("description", ""));
            }
            map.values().forEach(Specification::described);
        }
    }

    /// Those of `templates` for which the place `at` matters.
    Set<String> reaching(List<String> at, Set<String> templates) {
        Map<String, Object> schemas = map(map(root.get("components")).get("schemas"));
        return templates.stream()
                .filter(template ->
                        at.get(0).equals("paths")
                                ? at.get(1).equals(template)
                                : !at.get(1).equals("schemas")
                                        || reachable(paths().get(template), schemas)
                                                .contains(at.get(2)))
                .collect(Collectors.toSet());
    }

    private Map<String, Object> paths() {
        return map(root.get("paths"));
    }

    private static Set<String> reachable(Object from, Map<String, Object> schemas) {
        Set<String> names = new LinkedHashSet<>();
        var open = new ArrayDeque<Object>(List.of(from));
        while (!open.isEmpty()) {
            switch (open.remove()) {
                case Map<?, ?> map -> {
                    if (map.get("$ref") instanceof String reference) {
                        String name = reference.substring(reference.lastIndexOf('/') + 1);
                        if (names.add(name)) {
                            open.add(schemas.get(name));
                        }
                    }
                    map.values().stream().filter(value -> value != null).forEach(open::add);
                }
                case List<?> list -> list.stream().filter(v -> v != null).forEach(open::add);
                default -> {}
            }
        }
        return names;
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
