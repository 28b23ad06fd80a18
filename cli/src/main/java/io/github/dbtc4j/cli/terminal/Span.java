package io.github.dbtc4j.cli.terminal;

/// Some text of one tone.
public record Span(Tone tone, String text) {

    /// Text as most is.
    public static Span of(String text) {
        return new Span(Tone.PLAIN, text);
    }
}
