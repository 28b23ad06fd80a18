package io.github.dbtc4j.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class LogLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    ::error::x|: :error::x
                      ::error::x|  : :error::x
                    :::add-mask::x|: ::add-mask::x
                    a ::error::x|a ::error::x
                    id::date|id::date
                    ##vso[task.x]y|# #vso[task.x]y
                    a ##[group]b|a # #[group]b
                    ###[x]|## #[x]
                    ## Heading|## Heading
                    --- a| --- a
                    ----| ----
                    +++ a| +++ a
                    ~~~ a| ~~~ a
                    ^^^ +++| ^^^ +++
                    a --- b|a --- b
                    - a|- a
                    """)
    void hasABlankWhereACommandWouldBe(String text, String line) {
        assertThat(LogLine.of(text)).isEqualTo(line);
        assertThat(LogLine.of(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00A0\u3000::x::y",
                "\u200B::x::y",
                ":\u200D:x::y",
                "\uFE0F \u00AD::x::y",
                "\u001B[1m::x::y",
                ":\u001B[m:x::y",
                "\r\n::x::y",
                "\u2028::x::y"
            })
    void looksThroughWhatCannotBeSeen(String text) {
        assertThat(LogLine.of(text)).contains(": :x::y");
    }

    /// All of Unicode's default ignorable code points (DerivedCoreProperties.txt), those that are
    /// not assigned yet included.
    @Test
    void looksThroughEveryCharacterThatIsNotShown() {
        Stream.of(
                        range(0xAD, 0xAD),
                        range(0x34F, 0x34F),
                        range(0x61C, 0x61C),
                        range(0x115F, 0x1160),
                        range(0x17B4, 0x17B5),
                        range(0x180B, 0x180F),
                        range(0x200B, 0x200F),
                        range(0x202A, 0x202E),
                        range(0x2060, 0x206F),
                        range(0x3164, 0x3164),
                        range(0xFE00, 0xFE0F),
                        range(0xFEFF, 0xFEFF),
                        range(0xFFA0, 0xFFA0),
                        range(0xFFF0, 0xFFF8),
                        range(0x1BCA0, 0x1BCA3),
                        range(0x1D173, 0x1D17A),
                        range(0xE0000, 0xE0FFF))
                .flatMapToInt(stream -> stream)
                .forEach(c -> {
                    String sign = Character.toString(c);

                    assertThat(LogLine.of(sign + "::x::y")).as("U+%X", c).contains(": :x::y");
                    assertThat(LogLine.of(":" + sign + ":x::y")).as("U+%X", c).contains(": :x::y");
                    assertThat(LogLine.ofJson("a\n" + sign + "::x")).as("U+%X", c).contains(": :x");
                    assertThat(LogLine.ofJson("\"#" + sign + "#[x]\""))
                            .as("U+%X", c)
                            .contains("u0023");
                });
    }

    private static IntStream range(int first, int last) {
        return IntStream.rangeClosed(first, last);
    }

    @Test
    void leavesJsonTheSameValue() {
        String json = "{\n \"##[a]\": \"##vso[b] ::c --- #\u200B#[d] \\\\##[e]\"}";

        String printed = LogLine.ofJson(json);

        assertThat(printed.replaceAll("\u200B", "")).doesNotContain("##");
        assertThat(Json.read(printed))
                .isEqualTo(Map.of("##[a]", "##vso[b] ::c --- #\u200B#[d] \\##[e]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n  ::add-mask::x",
                "::add-mask::x",
                "a\r::add-mask::x",
                "--- x\n##[y]",
                "\u001B[0Ksection"
            })
    void isNoJsonLineByLine(String text) {
        assertThat(LogLine.ofJson(text).lines())
                .containsExactlyElementsOf(text.lines().map(LogLine::of).toList());
    }
}
