package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The answers beside these tests.
final class Recorded {

    private Recorded() {}

    static String text(String file) {
        try (InputStream in = Recorded.class.getResourceAsStream(file)) {
            return new String(
                    Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, @Nullable Object> object(String file) {
        return Json.readObject(text(file));
    }

    /// A member of a recorded object, to be changed at will.
    @SuppressWarnings("unchecked") // JSON's objects have names that are strings
    static Map<String, @Nullable Object> member(Map<String, @Nullable Object> object, String name) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(object.get(name), name);
    }

    /// The header of an exchange that says where other pages are.
    static String link(Map<String, @Nullable Object> exchange) {
        return String.valueOf(member(exchange, "headers").get("link"));
    }

    /// The exchanges of a scenario of Octokit's fixtures.
    @SuppressWarnings("unchecked") // the file is a list of objects
    static List<Map<String, @Nullable Object>> exchanges(String scenario) {
        Object list = Json.read(text("octokit/" + scenario + ".json"));
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(list);
    }
}
