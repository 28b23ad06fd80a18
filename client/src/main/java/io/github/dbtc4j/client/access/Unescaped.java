package io.github.dbtc4j.client.access;

import java.util.BitSet;

/// A text without its escapes and white space, which knows where each of its characters was.
final class Unescaped {

    private final String text;
    private final int[] from;
    private final int[] to;

    private Unescaped(String text, int[] from, int[] to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /// Of the part of `original` from `start` to before `end`.
    ///
    /// @param mail whether `=64` is an escape, as in mails
    static Unescaped of(String original, int start, int end, boolean mail) {
        var text = new StringBuilder(end - start);
        int[] from = new int[end - start];
        int[] to = new int[end - start];
        var escape = new Escape(original, end, mail);
        for (int at = start; at < end; at = escape.end()) {
            int c = escape.read(at);
            if (c >= 0) {
                from[text.length()] = at;
                to[text.length()] = escape.end();
                text.append((char) c);
            }
        }
        return new Unescaped(text.toString(), from, to);
    }

    /// What is left.
    String text() {
        return text;
    }

    /// Marks in the original what became the characters from `first` to before `last`.
    void mark(int first, int last, BitSet original) {
        original.set(from[first], to[last - 1]);
    }
}
