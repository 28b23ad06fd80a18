package io.github.dbtc4j.client.access;

import java.text.Normalizer;

/// Reads one character after the other, escaped or not: as JSON and C do with a backslash, URLs
/// with a percent sign, XML with an ampersand and mails with an equals sign, and however often such
/// an escape was escaped itself. A letter of another width or font is the letter.
final class Escape {

    /// Instead of a character that says nothing, such as a blank or the backslash of `\_`.
    static final int NOTHING = -1;

    /// An escape that was itself escaped so often is none any more; without a bound, a text of
    /// backslashes would be read as often as it has characters.
    private static final int MOST_ESCAPES = 64;

    /// Before the first letter that is another one in another font or width, but for some marks.
    private static final int FIRST_VARIANT = 0x2100;

    private final String text;
    private final int limit;
    private final boolean mail;
    private int end;

    /// @param limit where to stop
    /// @param mail whether `=64` is an escape
    Escape(String text, int limit, boolean mail) {
        this.text = text;
        this.limit = limit;
        this.mail = mail;
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
            case '=' -> mail ? equalsSign(at) : c;
            default -> c < 0x80 ? visible(c) : letter(at);
        };
    }

    /// The plain letter or digit that another one stands for, such as one of full width.
    private int letter(int at) {
        int c = text.codePointAt(at);
        if (c < FIRST_VARIANT || !Character.isLetterOrDigit(c)) {
            return visible(text.charAt(at));
        }
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        if (plain.length() > 1 || plain.charAt(0) >= 0x80 || at + Character.charCount(c) > limit) {
            return text.charAt(at);
        }
        end = at + Character.charCount(c);
        return plain.charAt(0);
    }

    /// With nothing but the end of a line behind it, it says that the line goes on.
    private int equalsSign(int at) {
        if (at + 1 < limit && Character.isWhitespace(text.charAt(at + 1))) {
            return NOTHING;
        }
        int c = number(at + 1, 2, 16);
        return end == at + 1 ? '=' : c;
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
            case 'u' -> text.startsWith("{", next + 1) ? braces(next + 2) : number(next + 1, 4, 16);
            case 'x' -> text.startsWith("{", next + 1) ? braces(next + 2) : number(next + 1, 2, 16);
            case 'U' -> number(next + 1, 8, 16);
            case '0', '1' -> number(next, 3, 8);
            case 'n', 'r', 't' -> {
                end = next + 1;
                yield NOTHING;
            }
            default -> NOTHING;
        };
    }

    /// Up to the closing brace.
    private int braces(int first) {
        int brace = text.indexOf('}', first, Math.min(limit, first + 9));
        if (brace <= first) {
            return NOTHING;
        }
        int before = end;
        int c = number(first, brace - first, 16);
        end = end == before ? end : brace + 1;
        return c;
    }

    /// `%2541` is a `%41` that was escaped, and so on; `%u0041` is how JavaScript once escaped.
    private int percent(int at) {
        int next = at + 1;
        while (text.startsWith("25", next) && digits(next + 2, 2, 16) >= 0 && next + 4 <= limit) {
            next += 2;
        }
        int c = text.startsWith("u", next) ? number(next + 1, 4, 16) : number(next, 2, 16);
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
        int last = first;
        while (last < Math.min(limit, first + 8) && digits(last, 1, hex ? 16 : 10) >= 0) {
            last++;
        }
        if (last == first) {
            return '&';
        }
        int c = number(first, last - first, hex ? 16 : 10);
        end = last < limit && text.charAt(last) == ';' ? last + 1 : last;
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
