package io.github.dbtc4j.client;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/// Blacks out secrets in text of others: whole ones, parts of them, and the encodings in which a
/// server, a proxy or a library may repeat them.
///
/// A part counts from eight characters on that look like chance: with a digit, or with letters of
/// both cases. Of hexadecimal digits alone it takes twelve, as every commit is made of those.
/// Between the characters there may be white space, and each may be escaped as JSON, URLs, XML and
/// programming languages do, several times over.
public final class Redaction {

    private static final String REDACTED = "[token]";

    /// How much is looked at in one piece, and how much of it again with the next: what an answer
    /// of many megabytes needs beside itself stays small.
    private static final int PIECE = 1 << 16;

    private static final int OVERLAP = 1 << 12;

    private final List<String> whole = new ArrayList<>();
    private final Windows parts;

    private Redaction(Collection<String> secrets) {
        secrets.forEach(secret -> whole.addAll(SecretForms.of(secret)));
        parts = Windows.of(whole);
    }

    /// What blacks out `secrets`.
    ///
    /// @param secrets what must not be seen; empty ones are ignored, and so are single words, which
    ///   no platform would give out as a secret
    public static Redaction of(Collection<String> secrets) {
        return new Redaction(secrets);
    }

    /// `text` with `[token]` in place of each secret.
    public String of(String text) {
        if (whole.isEmpty()) {
            return text;
        }
        var secret = new BitSet();
        for (int start = 0; start < text.length(); start += PIECE) {
            int end = Math.min(text.length(), start + PIECE + OVERLAP);
            mark(Unescaped.of(text, start, end), secret);
        }
        return secret.isEmpty() ? text : without(secret, text);
    }

    /// Whether there is a secret in `text`.
    boolean finds(String text) {
        return !of(text).equals(text);
    }

    private void mark(Unescaped piece, BitSet secret) {
        parts.mark(piece, secret);
        String text = piece.text();
        for (String form : whole) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                piece.mark(at, at + form.length(), secret);
            }
        }
    }

    private static String without(BitSet secret, String text) {
        var shown = new StringBuilder();
        int end = 0;
        for (int from = secret.nextSetBit(0); from >= 0; from = secret.nextSetBit(end)) {
            shown.append(text, end, from).append(REDACTED);
            end = secret.nextClearBit(from);
        }
        return shown.append(text, end, text.length()).toString();
    }
}
