package io.github.dbtc4j.cli.api;

import io.github.dbtc4j.cli.terminal.UsageException;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The path of `dbtc api`, checked: it stays on the configured host and under `/api/`, since the
/// token goes with it.
final class ApiPath {

    private ApiPath() {}

    /// The path from the slash before `api` on, its placeholders filled in.
    ///
    /// @param values of the placeholders by their names; null for one whose option was not given
    /// @throws UsageException when it cannot be used
    static String of(String text, Map<String, @Nullable String> values) {
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '\\')) {
            throw refused(
                    "it contains white space, a backslash or a letter outside ASCII, which has"
                            + " to be percent-encoded");
        }
        if (text.contains("://") || text.startsWith("//")) {
            throw refused(
                    "it names a host; give the path alone, --host (DBT_CLOUD_HOST) says where");
        }
        String path = filled(text.startsWith("/") ? text.substring(1) : text, values);
        String whole = "/" + (path.matches("v[23]/.*") ? "api/" + path : path);
        if (!whole.startsWith("/api/")) {
            throw refused("it is not under /api/, such as /api/v2/accounts/{account_id}/jobs/");
        }
        if (whole.contains("#")) {
            throw refused("it contains a fragment (#)");
        }
        checkSegments(whole.replaceFirst("\\?.*", ""));
        try {
            URI.create("https://host" + whole);
        } catch (IllegalArgumentException e) {
            throw refused("it contains a character that has to be percent-encoded");
        }
        return whole;
    }

    private static String filled(String path, Map<String, @Nullable String> values) {
        String filled = path;
        for (Map.Entry<String, @Nullable String> entry : values.entrySet()) {
            String placeholder = "{" + entry.getKey() + "}";
            if (!filled.contains(placeholder)) {
                continue;
            }
            if (entry.getValue() == null) {
                String name = entry.getKey().replace('_', '-');
                throw refused(
                        "%s has no value; give --%s or set DBT_CLOUD_%s"
                                .formatted(
                                        placeholder,
                                        name,
                                        entry.getKey().toUpperCase(Locale.ROOT)));
            }
            filled = filled.replace(placeholder, entry.getValue());
        }
        if (filled.contains("{") || filled.contains("}")) {
            throw refused("there are no placeholders but " + names(values));
        }
        return filled;
    }

    /// Nothing that another program on the way might take for a step up.
    private static void checkSegments(String path) {
        List<String> segments = Arrays.asList(path.substring(1).split("/", -1));
        if (segments.contains(".") || segments.contains("..")) {
            throw refused("it contains a step such as ..");
        }
        if (path.toLowerCase(Locale.ROOT).matches(".*%(2e|2f|5c|25|00).*")) {
            throw refused("it contains an encoded dot, slash, backslash or percent sign");
        }
        if (segments.subList(0, segments.size() - 1).contains("")) {
            throw refused("it contains two slashes in a row");
        }
    }

    private static String names(Map<String, @Nullable String> values) {
        return values.keySet().stream()
                .map(name -> "{" + name + "}")
                .reduce((one, other) -> one + " and " + other)
                .orElse("");
    }

    private static UsageException refused(String why) {
        return new UsageException("the path cannot be used: " + why);
    }
}
