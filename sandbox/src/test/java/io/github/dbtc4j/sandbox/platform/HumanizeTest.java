package io.github.dbtc4j.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.json.TimestampFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

class HumanizeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|00:00:00|0 minutes",
                "4|00:00:04|4 seconds",
                "9|00:00:09|9 seconds",
                "110|00:01:50|1 minute, 50 seconds",
                "3408|00:56:48|56 minutes, 48 seconds",
                "86436|24:00:36|1 day",
                "1468800|408:00:00|2 weeks, 3 days",
                "3600|01:00:00|1 hour",
                "90000|25:00:00|1 day, 1 hour",
                "360000|100:00:00|4 days, 4 hours"
            })
    void durationsReadAsRecorded(long seconds, String clock, String words) {
        Duration duration = Duration.ofSeconds(seconds);

        assertThat(Humanize.clock(duration)).isEqualTo(clock);
        assertThat(Humanize.words(duration)).isEqualTo(words);
    }

    @Test
    void momentsAreWrittenToTheMicrosecondInEachFormat() {
        Instant moment = Instant.parse("2024-05-27T10:42:16.179903Z");

        assertThat(TimestampFormat.spaced(moment)).isEqualTo("2024-05-27 10:42:16.179903+00:00");
        assertThat(TimestampFormat.iso(moment)).isEqualTo("2024-05-27T10:42:16.179903+00:00");
        assertThat(TimestampFormat.zulu(moment)).isEqualTo("2024-05-27T10:42:16.179903Z");
        assertThat(TimestampFormat.spaced(Instant.EPOCH))
                .isEqualTo("1970-01-01 00:00:00.000000+00:00");
        assertThat(TimestampFormat.spaced(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-27 10:42:16.179903+00:00", "2024-05-27T10:42:16.179903+00:00",
        "2024-05-27T10:42:16.179903Z", "2024-05-27T12:42:16.179903+02:00"
    })
    void momentsAreReadInEachFormat(String text) {
        assertThat(TimestampFormat.read(text))
                .isEqualTo(Instant.parse("2024-05-27T10:42:16.179903Z"));
    }
}
