package io.github.dbtc4j.cli.recipe;

import static java.util.Objects.requireNonNull;

import io.github.dbtc4j.cli.repository.Repository;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A YAML file as CI systems read it: version 1.2, in which `on` is a word and no truth value.
public final class RecipeYaml {

    private RecipeYaml() {}

    /// The documents of a file of the repository.
    static List<Map<String, @Nullable Object>> documents(String file) {
        try {
            return parse(
                    Files.readString(
                            Path.of(file).isAbsolute()
                                    ? Path.of(file)
                                    : Repository.ROOT.resolve(file)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The documents of a text.
    public static List<Map<String, @Nullable Object>> parse(String text) {
        var documents = new ArrayList<Map<String, @Nullable Object>>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            documents.add(map(document));
        }
        return documents;
    }

    /// The only document of a file of the repository.
    public static Map<String, @Nullable Object> document(String file) {
        return documents(file).getFirst();
    }

    /// The value as an object; nothing is an empty one.
    public static Map<String, @Nullable Object> map(@Nullable Object value) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        if (value != null) {
            ((Map<?, ?>) value).forEach((name, it) -> map.put(String.valueOf(name), it));
        }
        return map;
    }

    /// The value as a list; nothing is an empty one.
    public static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : List.copyOf((List<?>) value);
    }

    /// Follows names into objects.
    public static @Nullable Object at(@Nullable Object value, String... names) {
        Object here = value;
        for (String name : names) {
            here = map(here).get(name);
        }
        return here;
    }

    public static String text(@Nullable Object value) {
        return requireNonNull(value).toString();
    }

    /// The texts of a list, one a line: a script that is given line by line.
    static String script(@Nullable Object lines) {
        var script = new StringBuilder();
        list(lines).forEach(line -> script.append(line).append('\n'));
        return script.toString();
    }

    /// Refuses what a reader of recipes does not know, so that nothing is left unplayed.
    static void onlyKnows(Map<String, @Nullable Object> map, String... names) {
        var unknown = new ArrayList<>(map.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new AssertionError("not known here: " + unknown);
        }
    }
}
