package io.github.dbtc4j.client.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Collects the pages of a list into one answer, each row once, dated by the first page.
public final class Pages<T> {

    /// The most rows the platform sends at once (docs.getdbt.com, release notes of October 2023).
    static final int LARGEST_PAGE = 100;

    private static final int RESTARTS = 5;

    private final Function<Query, ApiResponse<Page<T>>> fetch;
    private final ToLongFunction<T> id;
    private final Map<Long, T> rows = new LinkedHashMap<>();
    private final List<@Nullable Object> sent = new ArrayList<>();
    private @Nullable ApiResponse<Page<T>> first;
    private int pages;

    private Pages(Function<Query, ApiResponse<Page<T>>> fetch, ToLongFunction<T> id) {
        this.fetch = fetch;
        this.id = id;
    }

    /// Every page by ascending id, each after the greatest id seen: rows that appear or vanish
    /// meanwhile shift nothing.
    public static <T> ApiResponse<List<T>> byId(
            Query query, Function<Query, ApiResponse<Page<T>>> fetch, ToLongFunction<T> id) {
        Pages<T> all = new Pages<>(fetch, id);
        Query next = query.without("offset").with("order_by", "id").with("limit", LARGEST_PAGE);
        while (true) {
            Page<T> page = all.next(next);
            if (!all.keep(page) || page.isLast(0)) {
                return all.answer();
            }
            next = next.with("id__gt", all.greatest());
        }
    }

    /// Every page by offset, for lists that offer no other way. Each page begins with the last row
    /// of the one before; when it does not, rows were removed meanwhile, others moved up and one
    /// may have been passed over, so the list is read again from its start.
    public static <T> ApiResponse<List<T>> byOffset(
            Query query, Function<Query, ApiResponse<Page<T>>> fetch, ToLongFunction<T> id) {
        for (int restart = 0; ; restart++) {
            Pages<T> all = new Pages<>(fetch, id);
            if (all.gather(query) || restart == RESTARTS) {
                return all.answer();
            }
        }
    }

    /// Whether nothing was passed over.
    private boolean gather(Query query) {
        long offset = 0;
        boolean seamless = true;
        while (true) {
            Page<T> page = next(query.with("limit", LARGEST_PAGE).with("offset", offset));
            seamless &= offset == 0 || startsWithKnown(page);
            if (!keep(page) || page.isLast(offset)) {
                return seamless;
            }
            offset += page.rows().size() - 1;
        }
    }

    private boolean startsWithKnown(Page<T> page) {
        return !page.rows().isEmpty() && rows.containsKey(id.applyAsLong(page.rows().getFirst()));
    }

    private Page<T> next(Query query) {
        ApiResponse<Page<T>> answer = fetch.apply(query);
        if (first == null) {
            first = answer;
        }
        pages++;
        return answer.data();
    }

    /// Whether there was anything new: a list that repeats itself is over too.
    private boolean keep(Page<T> page) {
        int before = rows.size();
        for (int i = 0; i < page.rows().size(); i++) {
            T row = page.rows().get(i);
            if (rows.putIfAbsent(id.applyAsLong(row), row) == null) {
                sent.add(page.sent().get(i));
            }
        }
        return rows.size() > before;
    }

    private long greatest() {
        return rows.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private ApiResponse<List<T>> answer() {
        ApiResponse<Page<T>> answer = Objects.requireNonNull(first);
        return new ApiResponse<>(
                List.copyOf(rows.values()),
                pages == 1 ? answer.json() : answer.data().around(sent),
                answer.serverTime());
    }
}
