package io.github.dbtc4j.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SuggestionTest {

    private static final List<String> WORDS =
            List.of("run", "cancel", "close", "status", "trigger", "trigger-job", "get", "api");

    @ParameterizedTest
    @CsvSource({
        "rnu, run",
        "runn, run",
        "ru, run",
        "cancle, cancel",
        "canecl, cancel",
        "clos, close",
        "stat, status",
        "trig, trigger",
        "trigger-jbo, trigger-job",
        "gte, get",
    })
    void isTheNearestWord(String typed, String meant) {
        assertThat(Suggestion.of(typed, WORDS)).hasValue(meant);
    }

    /// `--host` is two letters away.
    @Test
    void aBeginningIsNearerThanAnotherWord() {
        assertThat(Suggestion.of("--out", List.of("--host", "--output"))).hasValue("--output");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "x", "ran-it", "rut-in", "bat", "''", "r"})
    void isNoneWhereNothingIsNear(String typed) {
        assertThat(Suggestion.of(typed, WORDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"run, run, 0", "rnu, run, 1", "'', run, 3", "kitten, sitting, 3", "ca, abc, 3"})
    void countsWhatIsToBeChanged(String one, String other, int steps) {
        assertThat(Suggestion.distance(one, other)).isEqualTo(steps);
        assertThat(Suggestion.distance(other, one)).isEqualTo(steps);
    }
}
