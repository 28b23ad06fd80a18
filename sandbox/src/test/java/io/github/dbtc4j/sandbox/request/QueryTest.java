package io.github.dbtc4j.sandbox.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "999999999999999999", "-999999999999999999"})
    void takesAWholeNumberForOne(String text) {
        assertThat(QueryParameters.isNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", "1.0", "1 ", "x", "٣", "1000000000000000000"})
    void takesNothingElseForAWholeNumber(String text) {
        assertThat(QueryParameters.isNumber(text)).isFalse();
    }
}
