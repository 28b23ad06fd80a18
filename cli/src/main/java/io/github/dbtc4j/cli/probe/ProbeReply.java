package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What the platform answered, a refusal included.
///
/// @param body empty when it is no JSON object
record ProbeReply(int status, Map<String, @Nullable Object> body) {

    static ProbeReply of(Response response) {
        try {
            return new ProbeReply(response.status(), Json.readObject(response.text()));
        } catch (IllegalArgumentException e) {
            return new ProbeReply(response.status(), Map.of());
        }
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /// `HTTP 409`.
    String code() {
        return "HTTP " + status;
    }

    /// The object in the envelope; empty when there is none.
    Map<String, @Nullable Object> data() {
        return object(body.get("data"));
    }

    /// The rows of a list; empty when it is none.
    List<Map<String, @Nullable Object>> rows() {
        return body.get("data") instanceof List<?> rows
                ? rows.stream().map(ProbeReply::object).toList()
                : List.of();
    }

    /// How many rows there are on all pages; null when the platform does not say.
    @Nullable Long total() {
        Object total = object(object(body.get("extra")).get("pagination")).get("total_count");
        return total instanceof Long number ? number : null;
    }

    /// The platform's words to people; empty when there are none.
    String message() {
        return object(body.get("status")).get("user_message") instanceof String text ? text : "";
    }

    /// In which form a refusal comes, without its words.
    String shape() {
        if (body.get("status") instanceof Map) {
            return "envelope";
        }
        if (body.containsKey("detail")) {
            return "detail";
        }
        return body.isEmpty() ? "no JSON object" : "another JSON object";
    }

    /// The whole number `name` of `object`, 0 when there is none.
    static long number(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof Long number ? number : 0;
    }

    @SuppressWarnings("unchecked") // JSON has no other names than strings
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
