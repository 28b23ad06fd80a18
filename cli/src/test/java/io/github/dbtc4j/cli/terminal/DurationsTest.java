package io.github.dbtc4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "90, PT1M30S",
        "90s, PT1M30S",
        "15m, PT15M",
        "24h, PT24H",
        "0.5, PT0.5S",
        "1.5m, PT1M30S",
        "99999999h, PT99999999H"
    })
    void readsSecondsMinutesAndHours(String text, Duration duration) {
        assertThat(new Durations().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 5", "5 m", "-5", "+5", "5d", "1h30m", ".5", "0", "0.0001", "1e3"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> new Durations().convert(text)).hasMessageStartingWith("'" + text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00", "PT59.9S, 0:59", "PT61S, 1:01", "PT1H2M3S, 1:02:03", "P2D, 48:00:00"})
    void showsThemAsAClockDoes(Duration duration, String text) {
        assertThat(Durations.clock(duration)).isEqualTo(text);
    }
}
