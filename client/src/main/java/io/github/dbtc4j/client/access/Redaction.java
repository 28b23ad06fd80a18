package io.github.dbtc4j.client.access;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// Blacks out secrets in text of others: whole ones, parts of them, and the encodings in which a
/// server, a proxy or a library may repeat them.
///
/// A part counts from eight characters on that look like chance: with a digit, or with letters of
/// both cases. Of hexadecimal digits alone it takes twelve, as every commit is made of those.
/// Between the characters there may be white space, and each may be escaped as JSON, URLs, XML,
/// mails and programming languages do, several times over.
///
/// A short secret without such a part may be a word of some text: it is blacked out only as it is,
/// and where nothing belongs to it that stands beside it.
public final class Redaction {

    private static final String REDACTED = "[token]";

    /// How much is looked at in one piece, and how much of it again with the next: what an answer
    /// of many megabytes needs beside itself stays small.
    private static final int PIECE = 1 << 16;

    private static final int OVERLAP = 1 << 12;

    /// A secret longer than this is no word, even if made of letters only.
    private static final int LONGEST_WORD = 23;

    private static final Pattern NO_SECRET = Pattern.compile("[A-Za-z]{0,11}|[\\d\\W_]{0,7}");

    /// What is an escape in a mail is the end of a name in a URL: both are tried.
    private static final Pattern MAIL = Pattern.compile("=(?:[0-9A-Fa-f]{2}|[\r\n])");

    private final List<String> whole = new ArrayList<>();
    private final List<Pattern> alone = new ArrayList<>();
    private final Windows parts;

    private Redaction(Collection<String> secrets) {
        for (String secret : secrets) {
            if (secret.length() > LONGEST_WORD || !Windows.of(List.of(secret)).isEmpty()) {
                whole.addAll(SecretForms.of(secret));
            } else if (!NO_SECRET.matcher(secret).matches()) {
                alone.add(Pattern.compile("(?<![\\w-])" + Pattern.quote(secret) + "(?![\\w-])"));
            }
        }
        parts = Windows.of(whole);
    }

    /// What blacks out `secrets`.
    ///
    /// @param secrets what must not be seen; empty ones are ignored, and so are single words and
    ///   small numbers, which no platform would give out as a secret
    public static Redaction of(Collection<String> secrets) {
        return new Redaction(secrets);
    }

    /// `text` with `[token]` in place of each secret.
    public String of(String text) {
        if (whole.isEmpty() && alone.isEmpty()) {
            return text;
        }
        var secret = new BitSet();
        alone.forEach(word ->
                word.matcher(text)
                        .results()
                        .forEach(found -> secret.set(found.start(), found.end())));
        for (int start = 0; start < text.length() && !whole.isEmpty(); start += PIECE) {
            int end = Math.min(text.length(), start + PIECE + OVERLAP);
            mark(Unescaped.of(text, start, end, false), secret);
            if (MAIL.matcher(text).region(start, end).find()) {
                mark(Unescaped.of(text, start, end, true), secret);
            }
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
        for (String form : parts.rest()) {
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
