package io.github.dbtc4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

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
