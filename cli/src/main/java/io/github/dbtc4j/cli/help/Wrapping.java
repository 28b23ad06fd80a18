package io.github.dbtc4j.cli.help;

import java.util.ArrayList;
import java.util.List;

/// Breaks lines between words, never within one: what people copy stays whole.
final class Wrapping {

    /// The name of a variable goes with its bracket.
    private static final String VARIABLE = "[env: ";

    private static final String WHOLE = "[env:\u00A0";

    private Wrapping() {}

    /// Returns the lines of `text`, each at most `width` long unless a single word is longer.
    static List<String> lines(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.replace(VARIABLE, WHOLE).split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.stream().map(each -> each.replace(WHOLE, VARIABLE)).toList();
    }

    /// Returns the lines of several paragraphs, each ended.
    static String paragraphs(List<String> texts, int width) {
        var text = new StringBuilder();
        texts.forEach(each -> lines(each, width).forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }
}
