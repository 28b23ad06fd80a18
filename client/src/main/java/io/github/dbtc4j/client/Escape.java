package io.github.dbtc4j.client;

/// Reads one character after the other, escaped or not: as JSON and C do with a backslash, URLs
/// with a percent sign and XML with an ampersand, and however often such an escape was escaped
/// itself.
final class Escape {

    /// Instead of a character that says nothing, such as a blank or the backslash of `\_`.
    static final int NOTHING = -1;

    /// An escape that was itself escaped so often is none any more; without a bound, a text of
    /// backslashes would be read as often as it has characters.
    private static final int MOST_ESCAPES = 64;

    private final String text;
    private final int limit;
    private int end;

    /// @param limit where to stop
    Escape(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /// Where the character that was read last ends.
    int end() {
        return end;
    }

    /// The character at `at`, or [#NOTHING].
    int read(int at) {
        end = at + 1;
        char c = text.charAt(at);
        return switch (c) {
            case '\\' -> backslash(at);
            case '%' -> percent(at);
            case '&' -> ampersand(at);
            default -> visible(c);
        };
    }

    private int backslash(int at) {
        int next = at;
        int last = Math.min(limit, at + MOST_ESCAPES);
        while (next < last && text.charAt(next) == '\\') {
            next++;
        }
        if (next == last) {
            return NOTHING;
        }
        return switch (text.charAt(next)) {
            case 'u' -> number(next + 1, 4, 16);
            case 'x' -> number(next + 1, 2, 16);
            case 'n', 'r', 't' -> {
                end = next + 1;
                yield NOTHING;
            }
            default -> NOTHING;
        };
    }

    /// `%2541` is a `%41` that was escaped, and so on.
    private int percent(int at) {
        int next = at + 1;
        while (text.startsWith("25", next) && digits(next + 2, 2, 16) >= 0 && next + 4 <= limit) {
            next += 2;
        }
        int c = number(next, 2, 16);
        return end == at + 1 ? '%' : c;
    }

    private int ampersand(int at) {
        int next = at + 1;
        while (text.startsWith("amp;", next)) {
            next += 4;
        }
        if (!text.startsWith("#", next)) {
            return '&';
        }
        boolean hex = text.startsWith("x", next + 1) || text.startsWith("X", next + 1);
        int first = next + (hex ? 2 : 1);
        int semicolon = text.indexOf(';', first, Math.min(limit, first + 9));
        if (semicolon <= first) {
            return '&';
        }
        int c = number(first, semicolon - first, hex ? 16 : 10);
        if (end == at + 1) {
            return '&';
        }
        end = semicolon + 1;
        return c;
    }

    /// The character whose number is at `first`. Where there is no number nothing is read beyond
    /// what was.
    private int number(int first, int length, int radix) {
        int number = digits(first, length, radix);
        if (number < 0) {
            return NOTHING;
        }
        end = first + length;
        return number > Character.MAX_VALUE ? NOTHING : visible((char) number);
    }

    private int digits(int first, int length, int radix) {
        if (first + length > limit) {
            return -1;
        }
        int number = 0;
        for (int i = first; i < first + length; i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    private static int visible(char c) {
        boolean nothing =
                Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT;
        return nothing ? NOTHING : c;
    }
}
