package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a host's error response says, on one line and without the token.
final class ErrorText {

    private static final int LONGEST = 300;

    /// What helps programs or repeats the message.
    private static final Set<String> SKIPPED =
            Set.of(
                    "$id",
                    "documentation_url",
                    "errorCode",
                    "eventId",
                    "fields",
                    "id",
                    "status",
                    "type",
                    "typeKey",
                    "typeName",
                    "url");

    private static final Pattern TITLE =
            Pattern.compile("<title[^<>]{0,200}>([^<]{0,300})</title", Pattern.CASE_INSENSITIVE);

    private ErrorText() {}

    /// The messages in one sentence without its full stop, or a remark that there are none.
    static String of(Response response, Credential credential) {
        String said = ShortText.line(credential.redact(found(response.text())));
        if (said.isEmpty()) {
            return "without an explanation";
        }
        String sentence = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
        return ShortText.cut(sentence, LONGEST);
    }

    private static String found(String body) {
        Set<String> parts = new LinkedHashSet<>();
        try {
            collect("", Json.read(body), parts);
        } catch (IllegalArgumentException notJson) {
            return stranger(body);
        }
        return String.join("; ", parts);
    }

    private static void collect(String name, @Nullable Object json, Set<String> parts) {
        switch (json) {
            case null -> {}
            case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        if (!SKIPPED.contains(String.valueOf(key))) {
                            collect(String.valueOf(key), value, parts);
                        }
                    });
            case List<?> list -> list.forEach(item -> collect(name, item, parts));
            default ->
                    parts.add(
                            Set.of("message", "error", "errors", "").contains(name)
                                    ? json.toString()
                                    : name + ": " + json);
        }
    }

    /// What something between here and the host may have sent: a page's title, or a short text.
    private static String stranger(String body) {
        String head = body.substring(0, Math.min(body.length(), 1 << 14));
        Matcher title = TITLE.matcher(head);
        if (title.find()) {
            return title.group(1);
        }
        return head.stripLeading().startsWith("<") ? "" : head;
    }
}
