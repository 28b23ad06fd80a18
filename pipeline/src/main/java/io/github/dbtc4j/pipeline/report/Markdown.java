package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.pipeline.explanation.OneLine;

import java.util.regex.Pattern;

/// Text of others as Markdown takes it, in a paragraph as in a table's cell.
final class Markdown {

    /// What can begin something in CommonMark or GitHub's dialect, and is text behind a backslash.
    private static final Pattern MARKS = Pattern.compile("[*_\\[\\]()~#!$@^=+{}-]");

    /// What some hosts make links of: addresses without a scheme, and `%1`, a milestone.
    private static final Pattern SHORTHAND = Pattern.compile("(?i)(?<=www)(?=\\.)|(?=%[\\d\"])");

    private static final Pattern PLAIN_CODE = Pattern.compile("[^`|\\\\]*[^`|\\\\\\s][^`|\\\\]*");

    private Markdown() {}

    /// `text` on one line, as nothing but text. HTML's own characters, and those that would still
    /// divide a table behind a backslash, become references.
    static String text(String text) {
        String plain =
                OneLine.of(text)
                        .strip()
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\\", "&bsol;")
                        .replace("|", "&vert;")
                        .replace("`", "&grave;");
        String marked = MARKS.matcher(plain).replaceAll("\\\\$0").replace("://", "\\://");
        return SHORTHAND.matcher(marked).replaceAll("\\\\");
    }

    /// `text` as code where a span of code can hold it, else as text.
    static String code(String text) {
        String line = LogLine.of(text).strip();
        return PLAIN_CODE.matcher(line).matches() ? "`" + line + "`" : text(line);
    }

    /// `text` as a line in an element of HTML within Markdown.
    static String html(String text) {
        return LogLine.of(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
