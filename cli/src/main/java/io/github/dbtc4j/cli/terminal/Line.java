package io.github.dbtc4j.cli.terminal;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A line for people.
///
/// @param spans its parts
public record Line(List<Span> spans) {

    /// A line without colours.
    public static Line of(String text) {
        return of(Tone.PLAIN, text);
    }

    /// A line of one tone.
    public static Line of(Tone tone, String text) {
        return new Line(List.of(new Span(tone, text)));
    }

    /// What is printed.
    ///
    /// @param harmless takes out of a text what must not be seen or would steer the terminal
    public String shown(UnaryOperator<String> harmless, boolean coloured) {
        return spans.stream()
                .map(span -> {
                    String text = harmless.apply(span.text());
                    return coloured ? span.tone().paint(text) : text;
                })
                .collect(Collectors.joining());
    }

    /// Its text.
    @Override
    public String toString() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }
}
