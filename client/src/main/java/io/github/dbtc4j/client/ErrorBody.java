package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the body of an error response says, cleaned for reading: one line, no control characters,
/// no token.
///
/// Three families are known: the envelope `{"status": {"user_message": …}, "data": …}` whose data
/// may be null, text, an object or a list; `{"detail": …}`; and anything else, mostly an HTML page
/// of something between us and the platform, of which the title is kept.
///
/// @param json the whole body when it is a JSON object, without the token
record ErrorBody(
        @Nullable String userMessage,
        @Nullable String developerMessage,
        @Nullable String detail,
        @Nullable String json) {

    static final ErrorBody NONE = new ErrorBody(null, null, null, null);

    private static final int LONGEST_DETAIL = 1_000;
    private static final int LONGEST_OF_A_STRANGER = 200;
    private static final Pattern TITLE =
            Pattern.compile("<title[^<>]{0,200}>([^<]{0,1000})</title", Pattern.CASE_INSENSITIVE);

    /// Where a page's title stands, if it has one. What a stranger sends is not searched to its
    /// end.
    private static final int HEAD_OF_A_PAGE = 16_384;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\s]+");

    static ErrorBody read(String body, Token token) {
        Object json;
        try {
            json = Json.read(body);
        } catch (IllegalArgumentException notJson) {
            return new ErrorBody(
                    null, null, line(stranger(body), token, LONGEST_OF_A_STRANGER), null);
        }
        if (json instanceof Map<?, ?> map) {
            String whole = token.redact(body);
            if (map.get("status") instanceof Map<?, ?> status) {
                return new ErrorBody(
                        text(status.get("user_message"), token),
                        text(status.get("developer_message"), token),
                        text(map.get("data"), token),
                        whole);
            }
            Object detail = map.containsKey("detail") ? map.get("detail") : map;
            return new ErrorBody(null, null, text(detail, token), whole);
        }
        return new ErrorBody(null, null, text(json, token), null);
    }

    /// The messages in one sentence without its full stop, or a remark that there are none.
    String said() {
        String said =
                Stream.of(userMessage, developerMessage, detail)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(part ->
                                part.endsWith(".") ? part.substring(0, part.length() - 1) : part)
                        .collect(Collectors.joining("; "));
        return said.isEmpty() ? "without an explanation" : said;
    }

    private static String stranger(String body) {
        String head = body.substring(0, Math.min(body.length(), HEAD_OF_A_PAGE));
        Matcher title = TITLE.matcher(head);
        if (title.find()) {
            return title.group(1);
        }
        return head.stripLeading().startsWith("<") ? "" : head;
    }

    private static @Nullable String text(@Nullable Object json, Token token) {
        List<String> parts = new ArrayList<>();
        flatten("", json, parts);
        return line(String.join("; ", parts), token, LONGEST_DETAIL);
    }

    private static void flatten(String path, @Nullable Object json, List<String> parts) {
        switch (json) {
            case null -> {}
            case Map<?, ?> map ->
                    map.forEach((name, value) -> {
                        // `_model` names the platform's own class, nothing to act on
                        if (!"_model".equals(name)) {
                            flatten(path.isEmpty() ? "" + name : path + "." + name, value, parts);
                        }
                    });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(path + "[" + i + "]", list.get(i), parts);
                }
            }
            default -> parts.add(path.isEmpty() ? json.toString() : path + ": " + json);
        }
    }

    private static @Nullable String line(String text, Token token, int longest) {
        String line = UNPRINTABLE.matcher(token.redact(text)).replaceAll(" ").strip();
        if (line.isEmpty()) {
            return null;
        }
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }
}
