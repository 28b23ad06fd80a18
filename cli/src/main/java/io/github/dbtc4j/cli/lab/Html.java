package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.terminal.PlainText;

/// Text as HTML and XML take it.
final class Html {

    private Html() {}

    /// Fit for an element's content and for an attribute's value in quotes.
    static String escape(String text) {
        return PlainText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
