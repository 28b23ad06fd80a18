package io.github.dbtc4j.client.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/// All parts of some texts that are eight characters long, to find them elsewhere at one look a
/// character. One character is a byte of a number: what is no ASCII is in no secret.
final class Windows {

    private static final int SIZE = 8;

    /// The fewest characters of a part that has hexadecimal digits alone.
    private static final int FEWEST_DIGITS = 12;

    private final long[] windows;
    private final List<String> rest;

    private Windows(long[] windows, List<String> rest) {
        this.windows = windows;
        this.rest = rest;
    }

    static Windows of(Collection<String> texts) {
        int most = texts.stream().mapToInt(String::length).sum();
        long[] windows = new long[most];
        int count = 0;
        var rest = new ArrayList<String>();
        for (String text : texts) {
            int before = count;
            count = add(text, windows, count);
            if (text.length() < FEWEST_DIGITS || count - before <= text.length() - SIZE) {
                rest.add(text);
            }
        }
        Arrays.sort(windows, 0, count);
        return new Windows(Arrays.copyOf(windows, count), List.copyOf(rest));
    }

    /// Adds the parts of `text` that look like chance and not like a word.
    private static int add(String text, long[] windows, int first) {
        int count = first;
        int digit = -1;
        int small = -1;
        int capital = -1;
        int strange = -1;
        long window = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            window = window << 8 | (c & 0x7f);
            digit = c >= '0' && c <= '9' ? at : digit;
            small = c >= 'a' && c <= 'z' ? at : small;
            capital = c >= 'A' && c <= 'Z' ? at : capital;
            strange = c >= 0x80 ? at : strange;
            int before = at - SIZE;
            if (before >= -1
                    && strange <= before
                    && looksLikeChance(digit > before, small > before, capital > before)) {
                windows[count++] = window;
            }
        }
        return count;
    }

    private static boolean looksLikeChance(boolean digit, boolean small, boolean capital) {
        return digit ? small || capital : small && capital;
    }

    /// Whether no part of the texts looks like chance.
    boolean isEmpty() {
        return windows.length == 0;
    }

    /// The texts of which a part may be missed here, as it does not look like chance.
    List<String> rest() {
        return rest;
    }

    /// Marks where in the original of `piece` such parts are.
    void mark(Unescaped piece, BitSet found) {
        String text = piece.text();
        long number = 0;
        int known = 0;
        int from = -1;
        int to = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            known = c < 0x80 ? known + 1 : 0;
            number = number << 8 | (c & 0x7f);
            if (known >= SIZE && Arrays.binarySearch(windows, number) >= 0) {
                int start = i + 1 - SIZE;
                if (start > to) {
                    mark(piece, from, to, found);
                    from = start;
                }
                to = i + 1;
            }
        }
        mark(piece, from, to, found);
    }

    private static void mark(Unescaped piece, int from, int to, BitSet found) {
        if (from < 0) {
            return;
        }
        boolean digits = piece.text().substring(from, to).chars().allMatch(Windows::isHexDigit);
        if (!digits || to - from >= FEWEST_DIGITS) {
            piece.mark(from, to, found);
        }
    }

    private static boolean isHexDigit(int c) {
        return Character.digit(c, 16) >= 0;
    }
}
