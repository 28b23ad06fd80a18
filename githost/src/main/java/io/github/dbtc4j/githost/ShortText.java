package io.github.dbtc4j.githost;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Text that fits where a host wants it to.
final class ShortText {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\s]+");
    private static final int DIGITS = 8;

    private ShortText() {}

    /// `text` on one line, without control characters.
    static String line(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /// `text`, or its beginning and `…`: at most `most` characters.
    static String cut(String text, int most) {
        return text.length() <= most ? text : beginning(text, most - 1) + "…";
    }

    /// `text`, or its beginning and digits made of the whole: at most `most` characters, and other
    /// ones for another text.
    static String distinct(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return beginning(text, most - DIGITS - 1) + "~" + digest(text);
    }

    /// The whole lines that fit into `most` characters, and `…` if some do not.
    static String lines(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String beginning = beginning(text, most - 3);
        int end = beginning.lastIndexOf('\n');
        return (end < 0 ? beginning : beginning.substring(0, end)) + "\n\n…";
    }

    private static String beginning(String text, int length) {
        boolean divides = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, divides ? length - 1 : length);
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
