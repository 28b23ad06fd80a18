package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

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
                        text -> each(base64("", text), "%%%02x"));
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

    private static String each(String text, String format) {
        return text.chars().mapToObj(c -> format.formatted(c)).collect(Collectors.joining());
    }

    private static String base64(String before, String text) {
        return Base64.getEncoder().encodeToString((before + text).getBytes(UTF_8));
    }
}
