package io.github.dbtc4j.client.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a secret looks like once it went through something.
final class SecretForms {

    private static final String LETTERS_AND_DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final Digits BASE_64 = new Digits(6, LETTERS_AND_DIGITS + "+/");

    private static final List<Digits> ENCODINGS =
            List.of(
                    new Digits(4, "0123456789abcdef"),
                    new Digits(4, "0123456789ABCDEF"),
                    new Digits(5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
                    BASE_64,
                    new Digits(6, LETTERS_AND_DIGITS + "-_"));

    private SecretForms() {}

    /// As it is, in either case, backwards, in hexadecimal digits, in Base32 and in Base64, there
    /// also as UTF-16 and twice.
    static Set<String> of(String secret) {
        var forms = new LinkedHashSet<String>();
        forms.add(secret);
        forms.add(secret.toLowerCase(Locale.ROOT));
        forms.add(secret.toUpperCase(Locale.ROOT));
        forms.add(new StringBuilder(secret).reverse().toString());
        for (Digits encoding : ENCODINGS) {
            forms.addAll(encoding.of(secret.getBytes(UTF_8)));
        }
        forms.addAll(BASE_64.of(secret.getBytes(UTF_16BE)));
        forms.addAll(BASE_64.of(secret.getBytes(UTF_16LE)));
        for (String once : BASE_64.of(secret.getBytes(UTF_8))) {
            forms.addAll(BASE_64.of(once.getBytes(US_ASCII)));
        }
        return forms;
    }

    /// Writes bytes as digits of so many bits each.
    private record Digits(int bits, String alphabet) {

        /// What does not depend on what stands around `bytes`, for each place they may begin at:
        /// the digits on the edges are of the neighbours too.
        List<String> of(byte[] bytes) {
            var forms = new ArrayList<String>();
            int before = 0;
            do {
                forms.add(digits(bytes, before++));
            } while (8 * before % bits != 0);
            return forms;
        }

        /// @param before how many bytes there are before them, from the last digit that ends with a
        ///   byte on
        private String digits(byte[] bytes, int before) {
            var text = new StringBuilder();
            int last = 8 * (before + bytes.length) - bits;
            int first = Math.ceilDiv(8 * before, bits) * bits;
            for (int bit = first; bit <= last; bit += bits) {
                text.append(alphabet.charAt(digit(bytes, bit - 8 * before)));
            }
            return text.toString();
        }

        private int digit(byte[] bytes, int bit) {
            int at = bit / 8;
            int next = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
            int pair = (bytes[at] & 0xff) << 8 | next;
            return pair >> (16 - bit % 8 - bits) & ((1 << bits) - 1);
        }
    }
}
