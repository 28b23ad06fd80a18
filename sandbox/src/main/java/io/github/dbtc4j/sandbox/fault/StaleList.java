package io.github.dbtc4j.sandbox.fault;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A list answer without the newest objects, as if they had not reached the list yet.
final class StaleList {

    private StaleList() {}

    /// @param horizon what was created after it is left out, and out of the counts
    static Response before(Instant horizon, Response response) {
        if (response.status() != 200) {
            return response;
        }
        Map<String, @Nullable Object> envelope = Json.readObject(response.text());
        if (!(envelope.get("data") instanceof List<?> all)) {
            return response;
        }
        List<?> seen = all.stream().filter(item -> !created(item).isAfter(horizon)).toList();
        envelope.put("data", seen);
        envelope.computeIfPresent("extra", (_, extra) -> counted(extra, all.size() - seen.size()));
        return Response.of(200, response.headers(), Json.write(envelope));
    }

    private static Object counted(Object extra, int hidden) {
        if (!(extra instanceof Map<?, ?> map)
                || !(map.get("pagination") instanceof Map<?, ?> counts)) {
            return extra;
        }
        Map<Object, @Nullable Object> pagination = new LinkedHashMap<>();
        counts.forEach((name, value) ->
                pagination.put(name, value instanceof Number n ? n.longValue() - hidden : value));
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put("pagination", pagination);
        return copy;
    }

    /// Runs write their times with a space, jobs with a `T`.
    private static Instant created(@Nullable Object item) {
        return item instanceof Map<?, ?> map && map.get("created_at") instanceof String text
                ? OffsetDateTime.parse(text.replace(' ', 'T')).toInstant()
                : Instant.MIN;
    }
}
