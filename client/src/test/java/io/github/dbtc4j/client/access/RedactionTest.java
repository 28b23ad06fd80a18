package io.github.dbtc4j.client.access;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

class RedactionTest {

    private static final String TOKEN = "dbtu_q7Zr-4KpX_02mVbN9tLw8sYc3HfJ6gDe";
    private static final Redaction REDACTION = Redaction.of(List.of(TOKEN));

    @Test
    void blacksOutTheTokenInEveryEncodingThatAServerMayRepeat() {
        List<UnaryOperator<String>> encodings =
                List.of(
                        UnaryOperator.identity(),
                        String::toUpperCase,
                        String::toLowerCase,
                        text -> new StringBuilder(text).reverse().toString(),
                        text -> HexFormat.of().formatHex(text.getBytes(UTF_8)),
                        text -> HexFormat.of().withUpperCase().formatHex(text.getBytes(UTF_8)),
                        text -> each(text, "%%%02x"),
                        text -> each(text, "%%%02X"),
                        text -> each(text, "%%25%02X"),
                        text -> each(text, "%%2525%02X"),
                        text -> each(text, "\\u%04x"),
                        text -> each(text, "\\\\\\\\u%04X"),
                        text -> each(text, "\\x%02x"),
                        text -> each(text, "&#%d;"),
                        text -> each(text, "&#x%x;"),
                        text -> each(text, "&amp;#%d;"),
                        text -> each(text, "%c\n"),
                        text -> each(text, "%c\\n"),
                        text -> each(text, "%c\\\\r\\\\n"),
                        text -> each(text, "%c \u200B"),
                        text -> each(text, "%c%%0A"),
                        text -> text.replaceAll("[-_]", "\\\\$0"),
                        text -> base64("", text),
                        text -> base64("a", text),
                        text -> base64("ab", text),
                        text -> base64("Token ", text),
                        text -> base64("user:", text).replaceAll(".{9}", "$0\r\n"),
                        text -> Base64.getUrlEncoder().encodeToString(("x" + text).getBytes(UTF_8)),
                        text -> each(base64("", text), "%%%02x"),
                        text -> each(text, "\\%03o"),
                        text -> each(text, "%%u%04X"),
                        text -> each(text, "\\u{%x}"),
                        text -> each(text, "\\x{%x}"),
                        text -> each(text, "\\\\U%08x"),
                        text -> each(text, "=%02X"),
                        text -> each(text, "=%02x").replaceAll(".{30}", "$0=\r\n"),
                        text -> text.replace("_", "=5F").replace("-", "=2D"),
                        text -> "x=" + text,
                        text -> each(text, "&#%d"),
                        text -> each(text, "&#X%x"),
                        text -> each(text, "&amp;amp;#x%04x;"),
                        text -> base32("", text),
                        text -> base32("a", text),
                        text -> base32("abc", text),
                        text -> base64("", base64("", text)),
                        text -> base64("ab", base64("Token ", text) + "="),
                        text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_16)),
                        text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_16LE)),
                        text -> shifted(text, 0xFEE0, 0xFEE0, 0xFEE0),
                        text -> shifted(text, 0x1D7F6 - '0', 0x1D670 - 'A', 0x1D68A - 'a'));
        for (UnaryOperator<String> encoding : encodings) {
            String encoded = encoding.apply(TOKEN);
            String shown = REDACTION.of("Invalid: '" + encoded + "'; try again");

            assertThat(shown).startsWith("Invalid: '").endsWith("'; try again");
            assertThat(shown.length()).as(encoded + " as " + shown).isLessThan(50);
            assertThat(shown).contains("[token]");
        }
    }

    @Test
    void blacksOutPartsFromEightCharactersOn() {
        for (int from = 5; from < TOKEN.length() - 8; from++) {
            String part = TOKEN.substring(from, from + 8);

            assertThat(REDACTION.of("it begins with " + part + "..."))
                    .isEqualTo("it begins with [token]...");
        }
        assertThat(REDACTION.of(TOKEN.substring(0, 7))).isEqualTo(TOKEN.substring(0, 7));
    }

    @Test
    void findsItWhereverItIsInALongText() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            String before = "x y\n".repeat(random.nextInt(40_000));
            String after = "é".repeat(random.nextInt(100_000));

            assertThat(REDACTION.of(before + TOKEN + after))
                    .as("seed " + seed)
                    .isEqualTo(before + "[token]" + after);
        }
    }

    @Test
    void leavesJsonWhatItWas() {
        String json = "{\"a\": \"" + each(TOKEN, "\\u%04x") + "\", \"b\": [1, \"" + TOKEN + "\"]}";

        assertThat(Json.write(Json.readObject(REDACTION.of(json))))
                .isEqualTo("{\"a\":\"[token]\",\"b\":[1,\"[token]\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Check the token. 100% of %zz, %, \\, \\u12, &#, &#; &#xzz; &amp; \\\\",
                "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80",
                "run 70471862000204 on dbt_cloud_pr_1_50",
                ""
            })
    void leavesAllElseAsItIs(String text) {
        assertThat(REDACTION.of(text)).isEqualTo(text);
        assertThat(Redaction.of(List.of()).of(text)).isEqualTo(text);
        assertThat(Redaction.of(List.of("0123456789abcdef0123456789abcdef01234567")).of(text))
                .isEqualTo(text);
    }

    @Test
    void doesNotTakeAWordForASecret() {
        var words = Redaction.of(List.of("token", "", "my-service-token"));

        assertThat(words.of("the token of a service, my-service-token, my-service"))
                .isEqualTo("the token of a service, [token], my-service");
    }

    /// Issue 14: a short token made up for a trial took words apart.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "42",
                "1_50",
                "ab",
                "run",
                "token",
                "dbt_cloud",
                "my-run",
                "s3cret",
                "Test",
                "job-1",
                "sandbox-token",
                "servicetoken",
                "main"
            })
    void aShortTokenLeavesOrdinaryTextAsItIs(String token) {
        String text =
                "Run 42 of job 1 on dbt_cloud_pr_1_50: a service token, my-run-2, s3crets, Testing,"
                        + " job-12, sandbox-tokens. MQ== 31 cnVu NDI= dG9rZW4= KRXWWZLO";
        var redaction = Redaction.of(List.of(token));

        assertThat(redaction.of(text)).isEqualTo(text);
        assertThat(redaction.of("the ones are " + text)).isEqualTo("the ones are " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbt_cloud", "s3cret", "sandbox-token", "servicetoken"})
    void aShortTokenIsBlackedOutWhereItStandsAlone(String token) {
        assertThat(Redaction.of(List.of(token)).of("Bearer " + token + ", '" + token + "'"))
                .isEqualTo("Bearer [token], '[token]'");
    }

    private static String each(String text, String format) {
        return text.chars().mapToObj(c -> format.formatted(c)).collect(Collectors.joining());
    }

    /// With digits, capital and small letters of another block of Unicode.
    private static String shifted(String text, int digits, int capitals, int smalls) {
        return text.codePoints()
                .map(c ->
                        c >= 'a'
                                ? c + smalls
                                : c >= 'A' && c != '_' ? c + capitals : c >= '0' ? c + digits : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Five bits a letter, by the book.
    private static String base32(String before, String text) {
        String bits =
                (before + text)
                        .chars()
                        .mapToObj(c -> Integer.toBinaryString(0x100 | c).substring(1))
                        .collect(Collectors.joining());
        var letters = new StringBuilder();
        for (int at = 0; at < bits.length(); at += 5) {
            String five = (bits + "0000").substring(at, at + 5);
            letters.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Integer.parseInt(five, 2)));
        }
        return letters.toString();
    }

    private static String base64(String before, String text) {
        return Base64.getEncoder().encodeToString((before + text).getBytes(UTF_8));
    }
}
