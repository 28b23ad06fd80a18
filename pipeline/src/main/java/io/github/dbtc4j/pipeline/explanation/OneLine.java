package io.github.dbtc4j.pipeline.explanation;

import java.util.regex.Pattern;

/// Text of others on one line and without anything that steers a terminal.
///
/// Names, causes and messages are written by those who may edit a job or open a pull request. An
/// escape sequence in one could rewrite what was printed before; a new line could forge a line of a
/// log.
public final class OneLine {

    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile(
                    "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|.)?");

    /// Control characters, line and paragraph separators, and those that turn the direction of
    /// writing.
    private static final Pattern STEERING =
            Pattern.compile(
                    "[\\p{Cntrl}\u0080-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+");

    private OneLine() {}

    /// Returns `text` without escape sequences, and with a blank for each character that would
    /// break the line.
    public static String of(String text) {
        return STEERING.matcher(ESCAPE_SEQUENCE.matcher(text).replaceAll("")).replaceAll(" ");
    }

    /// The same, cut to `longest` characters with a `…` at its end.
    public static String clipped(String text, int longest) {
        String line = of(clip(text, 4 * longest)).strip();
        return clip(line, longest);
    }

    /// `text` cut to `longest` characters; no pair of surrogates is torn apart.
    public static String clip(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }
}
