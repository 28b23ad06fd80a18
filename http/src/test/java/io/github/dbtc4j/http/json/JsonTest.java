package io.github.dbtc4j.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class JsonTest {

    @Test
    void readsEveryKindOfValue() {
        assertThat(Json.read("70403111611683")).isEqualTo(70403111611683L);
        assertThat(Json.read("1")).isEqualTo(1L);
        assertThat(Json.read("92233720368547758070"))
                .isEqualTo(new BigInteger("92233720368547758070"));
        assertThat(Json.read("1.50")).isEqualTo(new BigDecimal("1.50"));
        assertThat(Json.read("\"gr\\u00fc\\n\"")).isEqualTo("grü\n");
        assertThat(Json.read("true")).isEqualTo(true);
        assertThat(Json.read("null")).isNull();
        assertThat(Json.read("[1,[],{}]")).isEqualTo(List.of(1L, List.of(), Map.of()));
    }

    @Test
    void bytesAreTheTextInUtf8() {
        List<Object> value = List.of("gr\u00fc \ud83d\ude80 \u0001\"", 7L, Map.of("a", true));

        assertThat(Json.writeBytes(value))
                .isEqualTo(Json.write(value).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsWrittenAlreadyIsTakenAsItIs() {
        Object part = Arrays.asList("gr\u00fc \ud83d\ude80 \u0001\"", null, Map.of("a", List.of()));
        Json.Written written = Json.written(part);

        assertThat(written).hasToString(Json.write(part));
        assertThat(Json.write(written)).isEqualTo(Json.write(part));
        assertThat(Json.write(List.of(Map.of("x", written), written, 1L)))
                .isEqualTo(Json.write(List.of(Map.of("x", part), part, 1L)));
        assertThat(Json.read(Json.writeIndented(List.of(written)))).isEqualTo(List.of(part));
    }

    @Test
    void aLargePartThatIsWrittenAlreadyIsTakenWhole() {
        Object part = List.of("x".repeat(100_000), "y".repeat(9_000));

        assertThat(Json.write(List.of(Json.written(part), Json.written(part))))
                .isEqualTo(Json.write(List.of(part, part)));
    }

    @Test
    void readsOnlyThePartsThatAreWanted() {
        String text =
                """
                {"metadata": {"env": {"X": "1"}, "big": [1, {"a": 2}]}, "skip": {"id": [[]]},
                 "results": [{"id": "a", "code": "select 1"}, {"id": null, "code": {"id": 3}}, 7]}
                """;
        var asked = new ArrayList<List<String>>();

        assertThat(
                        Json.readObject(
                                text.getBytes(StandardCharsets.UTF_8),
                                path -> {
                                    asked.add(List.copyOf(path));
                                    return !path.contains("skip")
                                            && !path.contains("big")
                                            && !path.contains("code");
                                }))
                .isEqualTo(
                        Json.readObject(
                                """
                                {"metadata": {"env": {"X": "1"}},
                                 "results": [{"id": "a"}, {"id": null}, 7]}
                                """));
        assertThat(asked)
                .contains(List.of("results", "code"), List.of("metadata", "env", "X"))
                .doesNotContain(List.of("skip", "id"), List.of("results", "code", "id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1]",
                "{\"a\": ",
                "{\"a\": [1, ",
                "{\"a\": 1} x",
                "<html>",
                "{\"a\" 1}"
            })
    void readsNoPartsOfWhatIsNoObject(String text) {
        for (boolean wanted : List.of(true, false)) {
            assertThatThrownBy(() ->
                            Json.readObject(text.getBytes(StandardCharsets.UTF_8), path -> wanted))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keepsTheOrderOfAnObject() {
        String text = "{\"z\":1,\"a\":null,\"m\":{\"y\":[true,\"x\"],\"b\":2.5}}";

        assertThat(Json.readObject(text).keySet()).containsExactly("z", "a", "m");
        assertThat(Json.write(Json.read(text))).isEqualTo(text);
    }

    @Test
    void freezesEveryLevel() {
        Map<String, @Nullable Object> read = Json.readFrozen("{\"a\":[1],\"b\":{\"c\":2}}");

        for (Object part : new Object[] {read, read.get("a"), read.get("b")}) {
            assertThatThrownBy(() -> change(part))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private static void change(@Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            map.clear();
        } else if (part instanceof List<?> list) {
            list.clear();
        }
    }

    @Test
    void indentsForReading() {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("a", Arrays.asList(1L, null));

        assertThat(Json.read(Json.writeIndented(value))).isEqualTo(value);
        assertThat(Json.writeIndented(value).lines()).hasSizeGreaterThan(1);
    }

    @Test
    void saysWhereTheTextIsWrong() {
        assertThatThrownBy(() -> Json.read("{\"a\": 1,\n \"b\": }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON")
                .hasMessageContaining("line 2");
        for (String text : List.of("", "  ", "{", "[1", "{'a': 1}", "1 2", "{}x", "nul")) {
            assertThatThrownBy(() -> Json.read(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Json.readObject("[1]"))
                .hasMessage("expected a JSON object, in braces");
    }

    @Test
    void survivesTextThatIsNestedTooDeeply() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Issue 13: 60 MB of tiny objects took all memory there was.
    @Test
    void readsNoMoreValuesThanFitIntoMemory() {
        String text = "{\"a\":[" + "{},".repeat(1_000_000) + "0]}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(TooManyValuesException.class)
                .hasMessage("it has over 2000000 names, values and brackets");
        assertThatThrownBy(() -> Json.readObject(bytes, path -> true))
                .isInstanceOf(TooManyValuesException.class);
        assertThat(Json.readObject(bytes, path -> false)).isEmpty();
        assertThat((List<?>) Json.read("[" + "0,".repeat(1_000_000) + "0]")).hasSize(1_000_001);
    }

    @Test
    void refusesToWriteWhatJsonDoesNotHave() {
        assertThatThrownBy(() -> Json.write(List.of(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.time.Instant");
    }
}
