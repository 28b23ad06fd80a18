package io.github.dbtc4j.client.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A pipeline passed on the name of a variable instead of its value (issue 13).
class UnfilledTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${GIT_SHA}",
                "$(Build.SourceVersion)",
                "$[variables.x]",
                "$CI_COMMIT_SHA",
                "$env:GIT_SHA",
                "%GIT_SHA%",
                "<+codebase.commitSha>",
                "${{ github.sha }}",
                "{{ sha }}",
                "@{variables('x')}",
                "<< pipeline.git.revision >>",
            })
    void isNeitherATokenNorAHost(String value) {
        assertThat(Unfilled.is(value)).isTrue();
        assertThat(Unfilled.problem(value))
                .hasValueSatisfying(text -> assertThat(text).contains(value));
        assertThatThrownBy(() -> Token.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the token is the text " + value)
                .hasMessageContaining("set that variable");
        assertThatThrownBy(() -> Host.parse(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of a variable that was not filled in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "%",
                "main",
                "feature/$x",
                "a$b",
                "100%",
                "zzz\";echo${IFS}hello;#",
                "{}",
                "<x>",
                "dbtu_q7Zr-4KpX_02mVbN9tLw8sYc3HfJ6gDe",
                "ab123.us1.dbt.com"
            })
    void isWhatItSeemsToBe(String value) {
        assertThat(Unfilled.is(value)).isFalse();
        assertThat(Unfilled.problem(value)).isEmpty();
    }
}
