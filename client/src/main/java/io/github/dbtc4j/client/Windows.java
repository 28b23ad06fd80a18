package io.github.dbtc4j.client;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;

/// All parts of some texts that are eight characters long, to find them elsewhere at one look a
/// character. One character is a byte of a number: what is no ASCII is in no secret.
final class Windows {

    private static final int SIZE = 8;

    /// The fewest characters of a part that has hexadecimal digits alone.
    private static final int FEWEST_DIGITS = 12;

    private final long[] windows;

    private Windows(long[] windows) {
        this.windows = windows;
    }

    static Windows of(Collection<String> texts) {
        int most = texts.stream().mapToInt(String::length).sum();
        long[] windows = new long[most];
        int count = 0;
        for (String text : texts) {
            for (int at = 0; at + SIZE <= text.length(); at++) {
                String part = text.substring(at, at + SIZE);
                if (isTelling(part)) {
                    windows[count++] = number(part);
                }
            }
        }
        Arrays.sort(windows, 0, count);
        return new Windows(Arrays.copyOf(windows, count));
    }

    /// Whether it looks like chance and not like a word.
    private static boolean isTelling(String part) {
        boolean digit = false;
        boolean small = false;
        boolean capital = false;
        for (int i = 0; i < SIZE; i++) {
            char c = part.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            digit |= c >= '0' && c <= '9';
            small |= c >= 'a' && c <= 'z';
            capital |= c >= 'A' && c <= 'Z';
        }
        return digit ? small || capital : small && capital;
    }

    private static long number(String part) {
        long number = 0;
        for (int i = 0; i < SIZE; i++) {
            number = number << 8 | part.charAt(i);
        }
        return number;
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
