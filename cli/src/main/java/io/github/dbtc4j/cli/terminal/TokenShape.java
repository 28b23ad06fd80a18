package io.github.dbtc4j.cli.terminal;

import java.util.regex.Pattern;

/// What a token of the dbt platform looks like, wherever it stands.
public final class TokenShape {

    /// Service and personal tokens have a prefix; older ones are hexadecimal digits alone, 40 or
    /// more, as a commit is.
    private static final Pattern TOKEN =
            Pattern.compile("dbt[cu]_[\\w-]{4,}|(?<!\\w)[0-9A-Fa-f]{40,}(?!\\w)");

    /// What can hardly be anything else: names such as `dbtc_pr_50` are none.
    private static final Pattern SURELY =
            Pattern.compile("dbt[cu]_(?=[\\w=-]*\\d)(?=[\\w=-]*[A-Z])[\\w=-]{16,}");

    private TokenShape() {}

    /// Whether there is a token in `text`, which is meant to hold none.
    public static boolean isIn(String text) {
        return SURELY.matcher(text).find();
    }

    /// What is wrong with a value, without the value if that may be a token in the wrong place.
    public static String hidden(String message) {
        return TOKEN.matcher(message).replaceAll("[looks like a token]");
    }
}
