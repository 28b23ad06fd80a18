package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.http.json.Fields;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// How one kind of git host signs its webhooks, and what they say.
///
/// It is a predicate of the members that are wanted, named by the way to each.
interface HostWebhook extends Predicate<List<String>> {

    /// Whether a delivery comes from who knows a secret.
    enum Authenticity {
        AUTHENTIC,
        WRONG,
        UNSIGNED
    }

    Authenticity check(Delivery delivery, List<WebhookSecret> secrets, Instant now);

    /// Reads an authentic delivery.
    ///
    /// @param body the members that are wanted
    /// @throws IllegalArgumentException when it is not what the host sends
    Received read(Delivery delivery, Fields body);

    /// Checks a SHA-256 HMAC of the body in hexadecimal digits.
    ///
    /// @param prefix what stands before the digits, perhaps nothing
    static Authenticity hexadecimal(
            Optional<String> header,
            String prefix,
            Delivery delivery,
            List<WebhookSecret> secrets) {
        if (header.isEmpty()) {
            return Authenticity.UNSIGNED;
        }
        String text = header.get().toLowerCase(Locale.ROOT);
        if (!text.startsWith(prefix) || !text.substring(prefix.length()).matches("[0-9a-f]{64}")) {
            return Authenticity.WRONG;
        }
        byte[] mac = HexFormat.of().parseHex(text.substring(prefix.length()));
        return any(secrets, secret -> secret.signs(delivery.body(), mac));
    }

    /// Asks every secret, also after one fits: so the time it takes tells none from another.
    static Authenticity any(List<WebhookSecret> secrets, Predicate<WebhookSecret> fits) {
        boolean authentic = false;
        for (WebhookSecret secret : secrets) {
            authentic |= fits.test(secret);
        }
        return authentic ? Authenticity.AUTHENTIC : Authenticity.WRONG;
    }

    /// The hint, with an id made of the body where the host gives none.
    static Received.Hint hint(
            Optional<String> delivery, String event, String repository, long number, byte[] body) {
        String id = delivery.map(HostWebhook::plain).orElseGet(() -> digest(body));
        if (number <= 0 || repository.isBlank()) {
            throw new IllegalArgumentException("no pull request");
        }
        return new Received.Hint(id, plain(event), repository.toLowerCase(Locale.ROOT), number);
    }

    /// `text` of another, where only a short plain one is expected.
    private static String plain(String text) {
        String safe = text.replaceAll("[^\\w.:/{}@+=-]", "_");
        return safe.length() <= 100 ? safe : safe.substring(0, 100);
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Bytes of a header's text.
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
