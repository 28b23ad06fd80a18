package io.github.dbtc4j.client.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The query part of an address. The platform refuses parameters it does not know (400), so only
/// documented ones are ever put here.
public record Query(Map<String, String> parameters) {

    public static final Query EMPTY = new Query(Map.of());

    public Query {
        parameters = Collections.unmodifiableMap(parameters);
    }

    /// This query with `name` set to `value`, replacing an earlier value.
    public Query with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value.toString());
        return new Query(more);
    }

    /// This query, with `name` set to `value` unless it is set already.
    public Query withDefault(String name, Object value) {
        return parameters.containsKey(name) ? this : with(name, value);
    }

    Query without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(parameters);
        fewer.remove(name);
        return new Query(fewer);
    }

    /// At most `rows` of them.
    ///
    /// @throws IllegalArgumentException when the platform would refuse the number
    Query limit(int rows) {
        if (rows < 1 || rows > Pages.LARGEST_PAGE) {
            throw new IllegalArgumentException(
                    "limit " + rows + ": expected 1 to " + Pages.LARGEST_PAGE);
        }
        return with("limit", rows);
    }

    /// All but the first `rows`.
    ///
    /// @throws IllegalArgumentException when it is negative
    Query offset(int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("offset " + rows + ": expected 0 or more");
        }
        return with("offset", rows);
    }

    /// `path`, followed by `?` and the encoded parameters when there are any.
    public String after(String path) {
        return parameters.isEmpty() ? path : path + "?" + this;
    }

    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /// Percent-encodes everything but letters, digits and `-._*`.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
