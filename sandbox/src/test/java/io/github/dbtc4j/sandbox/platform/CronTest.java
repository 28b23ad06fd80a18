package io.github.dbtc4j.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.sandbox.rest.CronWords;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class CronTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 * * * *|2026-03-02T09:00:00Z|2026-03-02T10:00:00Z",
                "* * * * *|2026-03-02T09:00:30Z|2026-03-02T09:01:00Z",
                "6 */12 * * 0,1,2,3,4,5,6|2026-03-02T00:06:00Z|2026-03-02T12:06:00Z",
                "0 6,18 * * 1-5|2026-03-06T18:00:00Z|2026-03-09T06:00:00Z",
                "0 0 1 1 *|2026-03-02T09:00:00Z|2027-01-01T00:00:00Z",
                "0 0 29 2 *|2026-03-02T09:00:00Z|2028-02-29T00:00:00Z",
                "0 0 13 * 5|2026-03-02T09:00:00Z|2026-03-06T00:00:00Z",
                "30 4 * * 7|2026-03-02T09:00:00Z|2026-03-08T04:30:00Z",
                "10/20 1-3 * * *|2026-03-02T03:30:00Z|2026-03-02T03:50:00Z"
            })
    void findsTheNextMoment(String cron, Instant after, Instant next) {
        assertThat(Cron.parse(cron).next(after)).hasValue(next);
    }

    @Test
    void aDayThatNeverComesHasNoNextMoment() {
        assertThat(Cron.parse("0 0 31 2 *").next(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "1,,2 * * * *",
                "1-2-3 * * * *",
                "*/2/2 * * * *"
            })
    void refusesWhatIsNotCron(String cron) {
        assertThatThrownBy(() -> Cron.parse(cron)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 * * * *|Every hour",
                "0 */3 * * *|Every 3 hours",
                "5 * * * *|At 5 minutes past the hour",
                "0 0 1 1 *|At 12:00 AM, on day 1 of the month, only in January",
                "0 6,18 * * *|At 06:00 AM and 06:00 PM",
                "6 */12 * * 0,1,2,3,4,5,6|At 6 minutes past the hour, every 12 hours, only on"
                        + " Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, and Saturday"
            })
    void isToldInWords(String cron, String words) {
        assertThat(CronWords.of(cron)).isEqualTo(words);
    }
}
