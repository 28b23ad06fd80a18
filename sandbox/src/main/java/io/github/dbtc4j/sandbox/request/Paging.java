package io.github.dbtc4j.sandbox.request;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// Which page of a list was asked for, and the `extra` block that says so.
public record Paging(int limit, int offset, String state, QueryParameters query) {

    private static final int MAX = 100;

    static final Set<String> PARAMETERS = Set.of("limit", "offset", "state");

    private static final Set<String> STATES = Set.of("active", "deleted", "all", "1", "2");

    public static Paging of(QueryParameters query, String defaultState, AssumptionSet switches) {
        long limit = Objects.requireNonNullElse(query.number("limit"), (long) MAX);
        long offset = Objects.requireNonNullElse(query.number("offset"), 0L);
        atLeastZero("limit", limit);
        atLeastZero("offset", offset);
        if (limit > MAX) {
            limit =
                    switch (switches.get(Assumption.LimitAbove100.class)) {
                        case REJECTED ->
                                throw Responses.invalid(
                                        Map.of(
                                                "limit",
                                                limit + " is greater than the maximum of 100"));
                        case CAPPED -> MAX;
                        case ACCEPTED -> limit;
                    };
        }
        String state = Objects.requireNonNullElse(query.text("state"), defaultState);
        if (!STATES.contains(state)) {
            throw Responses.invalid(
                    Map.of(
                            "state",
                            PythonText.of(state) + " is not valid under any of the given schemas"));
        }
        return new Paging(
                (int) Math.min(limit, Integer.MAX_VALUE),
                (int) Math.min(offset, Integer.MAX_VALUE),
                state,
                query);
    }

    /// Whether a row whose `state` is `rowState` (1 or 2) is wanted.
    public boolean wants(int rowState) {
        return switch (state) {
            case "active", "1" -> rowState == 1;
            case "deleted", "2" -> rowState == 2;
            default -> true;
        };
    }

    <T> List<T> cut(List<T> rows) {
        int from = Math.min(offset, rows.size());
        return rows.subList(from, from + Math.min(limit, rows.size() - from));
    }

    /// The page of `rows` that was asked for, as an answer.
    public <T> Response answer(
            List<T> rows,
            long accountId,
            @Nullable String orderBy,
            Function<T, ? extends @Nullable Object> shape) {
        var page = cut(rows).stream().<@Nullable Object>map(shape).toList();
        var filters = new LinkedHashMap<String, @Nullable Object>();
        filters.put("limit", limit);
        filters.put("offset", offset);
        filters.put("state", state);
        filters.put("account_id", accountId);
        for (String name : query.values().keySet()) {
            if (!filters.containsKey(name)
                    && !name.equals("order_by")
                    && !name.equals("include_related")) {
                filters.put(name, echo(name));
            }
        }
        var pagination = new LinkedHashMap<String, @Nullable Object>();
        pagination.put("count", page.size());
        pagination.put("total_count", rows.size());
        var extra = new LinkedHashMap<String, @Nullable Object>();
        extra.put("filters", filters);
        extra.put("order_by", orderBy);
        extra.put("pagination", pagination);
        return Responses.page(page, extra);
    }

    private @Nullable Object echo(String name) {
        String text = Objects.requireNonNull(query.text(name));
        if (name.endsWith("__in")) {
            List<String> items = Objects.requireNonNull(query.texts(name));
            return items.stream().allMatch(QueryParameters::isNumber)
                    ? items.stream().map(Long::valueOf).toList()
                    : items;
        }
        if (name.endsWith("__range")) {
            return query.texts(name);
        }
        return QueryParameters.isNumber(text) ? Long.valueOf(text) : text;
    }

    private static void atLeastZero(String name, long number) {
        if (number < 0) {
            throw Responses.invalid(Map.of(name, number + " is less than the minimum of 0"));
        }
    }
}
