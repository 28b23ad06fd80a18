package io.github.dbtc4j.githost.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a git host and a receiver of its webhooks share. It leaves this class in no way.
public final class WebhookSecret {

    private static final String ALGORITHM = "HmacSHA256";

    /// What secrets of Standard Webhooks begin with; Base64 follows.
    private static final String STANDARD = "whsec_";

    private static final int SHORTEST = 16;

    private final String secret;

    private WebhookSecret(String secret) {
        this.secret = secret;
    }

    /// A secret as it was set at the host.
    ///
    /// @throws IllegalArgumentException when it is too short to be one. The message does not repeat
    ///   it
    public static WebhookSecret of(String secret) {
        String stripped = secret.strip();
        if (stripped.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "a webhook's secret needs at least "
                            + SHORTEST
                            + " characters, better 32 random ones: a shorter one can be guessed");
        }
        return new WebhookSecret(stripped);
    }

    /// A secret of any length, for deliveries that were recorded with it.
    static WebhookSecret recorded(String secret) {
        return new WebhookSecret(secret);
    }

    /// Whether `given` is this secret. Takes as long for a wrong one as for the right one.
    boolean is(String given) {
        return equal(bytes(secret), bytes(given));
    }

    /// Whether `mac` is the SHA-256 HMAC of `text`.
    boolean signs(byte[] text, byte[] mac) {
        return equal(hmac(bytes(secret), text), mac);
    }

    /// The same with the key that Standard Webhooks make of a secret (standardwebhooks.com,
    /// "Symmetric").
    boolean signsByStandard(byte[] text, byte[] mac) {
        return equal(hmac(standardKey(), text), mac);
    }

    /// `text` without the secret.
    String redact(String text) {
        return text.replace(secret, "[secret]");
    }

    private byte[] standardKey() {
        if (secret.startsWith(STANDARD)) {
            try {
                return Base64.getDecoder().decode(secret.substring(STANDARD.length()));
            } catch (IllegalArgumentException e) {
                return bytes(secret);
            }
        }
        return bytes(secret);
    }

    private static boolean equal(byte[] expected, byte[] given) {
        return MessageDigest.isEqual(expected, given);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
