package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// One page of a list.
///
/// @param rows read
/// @param sent the same rows as they were sent
/// @param total how many rows the platform counts in all (`extra.pagination.total_count`), or null
/// @param envelope everything that was sent
public record Page<T>(
        List<T> rows,
        List<@Nullable Object> sent,
        @Nullable Long total,
        Map<String, @Nullable Object> envelope) {

    public static <T> Page<T> of(String name, Envelope envelope, Function<Fields, T> read) {
        Map<String, @Nullable Object> json = envelope.json();
        if (!(json.get("data") instanceof List<?> data)) {
            throw Fields.mismatch("data", "an array", json.get("data"));
        }
        List<T> rows = new ArrayList<>();
        List<@Nullable Object> sent = new ArrayList<>();
        for (Object row : data) {
            rows.add(read.apply(Fields.ofRead(name, row)));
            sent.add(row);
        }
        return new Page<>(List.copyOf(rows), sent, total(json), json);
    }

    private static @Nullable Long total(Map<String, @Nullable Object> envelope) {
        return envelope.get("extra") instanceof Map<?, ?> extra
                        && extra.get("pagination") instanceof Map<?, ?> pagination
                        && pagination.get("total_count") instanceof Long total
                ? total
                : null;
    }

    /// Whether no row comes after this page, of which `offset` rows were left out.
    boolean isLast(long offset) {
        return total == null ? rows.size() < Pages.LARGEST_PAGE : offset + rows.size() >= total;
    }

    /// This page's envelope around `rows`, with the counts corrected.
    String around(List<@Nullable Object> rows) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(envelope);
        merged.put("data", rows);
        if (merged.get("extra") instanceof Map<?, ?> extra) {
            Map<Object, @Nullable Object> counted = new LinkedHashMap<>(extra);
            counted.put(
                    "pagination",
                    new TreeMap<>(Map.of("count", rows.size(), "total_count", rows.size())));
            merged.put("extra", counted);
        }
        return Json.write(merged);
    }
}
