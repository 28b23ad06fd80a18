package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A host's answer of JSON.
record Reply(Response response) {

    private static final Pattern NEXT = Pattern.compile("rel=\"?next\"?");

    /// The answer as an object.
    ///
    /// @throws IllegalArgumentException when it is anything else
    Fields object() {
        return Fields.ofRead("answer", Json.readFrozen(response.text()));
    }

    /// The answer as objects of a list.
    ///
    /// @throws IllegalArgumentException when it is anything else
    List<Fields> list() {
        Map<String, Object> whole = Map.of("list", listed());
        return Fields.of("answer", whole).objects("list", item -> item);
    }

    private List<?> listed() {
        Object json = Json.read(response.text());
        if (json instanceof List<?> list) {
            return list;
        }
        throw Fields.mismatch("answer", "an array", json);
    }

    /// The text `member` of the object `name`, or null when there is none of either.
    static @Nullable String text(Fields whole, String name, String member) {
        return whole.has(name) ? whole.required(name).textOrNull(member) : null;
    }

    /// Whether there is another page (RFC 8288).
    boolean hasNext() {
        return response.header("link").filter(link -> NEXT.matcher(link).find()).isPresent();
    }
}
