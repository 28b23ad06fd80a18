package io.github.dbtc4j.pipeline.report;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text of others as XML 1.0 takes it.
final class Xml {

    /// What no XML 1.0 document may contain, not even as a reference
    /// (https://www.w3.org/TR/xml/#charsets).
    private static final Pattern IMPOSSIBLE =
            Pattern.compile(
                    "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private Xml() {}

    /// For an attribute's value in quotes, on one line.
    static String attribute(String text) {
        return escaped(LogLine.of(text)).replace("\"", "&quot;").replace("'", "&#39;");
    }

    /// For an element's content; its lines stay.
    static String text(String text) {
        return escaped(text.lines().map(LogLine::of).collect(Collectors.joining("\n")));
    }

    private static String escaped(String text) {
        return IMPOSSIBLE
                .matcher(text)
                .replaceAll("?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
