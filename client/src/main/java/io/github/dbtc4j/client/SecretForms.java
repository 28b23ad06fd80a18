package io.github.dbtc4j.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a secret looks like once it went through something.
final class SecretForms {

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{0,11}");

    private SecretForms() {}

    /// As it is, in either case, backwards, in hexadecimal digits and in Base64; none of a word.
    static Set<String> of(String secret) {
        var forms = new LinkedHashSet<String>();
        if (WORD.matcher(secret).matches()) {
            return forms;
        }
        forms.add(secret);
        forms.add(secret.toLowerCase(Locale.ROOT));
        forms.add(secret.toUpperCase(Locale.ROOT));
        forms.add(new StringBuilder(secret).reverse().toString());
        byte[] bytes = secret.getBytes(UTF_8);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            forms.add(base64(Base64.getEncoder(), bytes, before));
            forms.add(base64(Base64.getUrlEncoder(), bytes, before));
        }
        forms.remove("");
        return forms;
    }

    /// What does not depend on what stands around the secret: every digit of Base64 is of six bits,
    /// so those on the edges are of the neighbours too.
    ///
    /// @param before how many bytes there are before it, from the last multiple of three on
    private static String base64(Base64.Encoder encoder, byte[] secret, int before) {
        byte[] bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        String text = encoder.withoutPadding().encodeToString(bytes);
        int first = (8 * before + 5) / 6;
        return text.substring(first, Math.max(first, 8 * bytes.length / 6));
    }
}
