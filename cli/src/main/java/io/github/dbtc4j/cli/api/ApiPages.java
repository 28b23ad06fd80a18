package io.github.dbtc4j.cli.api;

import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All pages of a list, which the platform cuts by `offset`, as one answer.
final class ApiPages {

    private static final Pattern OFFSET = Pattern.compile("([?&])offset=(\\d{1,9})");

    private final Session session;
    private final String target;
    private final List<@Nullable Object> rows = new ArrayList<>();
    private final Set<Object> ids = new HashSet<>();

    /// @param target path and query of the first page
    ApiPages(Session session, String target) {
        this.session = session;
        this.target = target;
    }

    int print() throws IOException {
        Matcher given = OFFSET.matcher(target);
        long start = given.find() ? Long.parseLong(given.group(2)) : 0;
        Map<String, @Nullable Object> envelope = null;
        String only = "";
        for (long offset = start; ; ) {
            String page = offset == start ? target : at(offset);
            Response response = session.client().raw("GET", page, null);
            if (!ApiAnswer.isSuccess(response)) {
                return ApiAnswer.print(session, "GET", page, response);
            }
            Map<String, @Nullable Object> answer = envelope(response);
            List<?> data = answer.get("data") instanceof List<?> list ? list : List.of();
            boolean news = add(data);
            if (envelope == null) {
                envelope = answer;
                only = response.text();
            }
            offset += data.size();
            if (!news || offset >= total(answer, offset)) {
                boolean single = offset - start == data.size();
                envelope.put("data", rows);
                return session.printAnswer(single ? only : Json.write(envelope));
            }
        }
    }

    private String at(long offset) {
        Matcher given = OFFSET.matcher(target);
        return given.find()
                ? given.replaceFirst("$1offset=" + offset)
                : target + (target.contains("?") ? "&" : "?") + "offset=" + offset;
    }

    /// Rows that appear or vanish meanwhile shift the others: each is taken once.
    ///
    /// @return whether there was anything new
    private boolean add(List<?> data) {
        int before = rows.size();
        for (Object row : data) {
            Object id = row instanceof Map<?, ?> map ? map.get("id") : null;
            if (id == null || ids.add(id)) {
                rows.add(row);
            }
        }
        return rows.size() > before;
    }

    private Map<String, @Nullable Object> envelope(Response response) {
        try {
            Map<String, @Nullable Object> answer = Json.readObject(response.text());
            if (answer.get("data") instanceof List<?>) {
                return answer;
            }
        } catch (IllegalArgumentException notJson) {
            throw new NoListException(
                    "GET %s was not answered with JSON; leave out --paginate".formatted(target));
        }
        throw new NoListException(
                "GET %s was not answered with a list; leave out --paginate".formatted(target));
    }

    /// How many rows there are in all; without a word about it, this page was the last.
    private static long total(Map<String, @Nullable Object> answer, long seen) {
        return answer.get("extra") instanceof Map<?, ?> extra
                        && extra.get("pagination") instanceof Map<?, ?> pagination
                        && pagination.get("total_count") instanceof Long total
                ? total
                : seen;
    }
}
