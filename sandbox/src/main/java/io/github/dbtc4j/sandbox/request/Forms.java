package io.github.dbtc4j.sandbox.request;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bodies that are forms. Their values are texts, which is why a pull request id sent in one is
/// refused.
final class Forms {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");

    private Forms() {}

    static Map<String, @Nullable Object> urlEncoded(String body) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    static Map<String, @Nullable Object> multipart(String body, String contentType) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw Responses.detail(400, "Multipart form parse error - Invalid boundary");
        }
        for (String part : body.split(Pattern.quote("--" + boundary.group(1)), -1)) {
            int end = part.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(part);
            if (end > 0 && name.find()) {
                fields.put(name.group(1), part.substring(end + 4).replaceFirst("\r\n$", ""));
            }
        }
        return fields;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
