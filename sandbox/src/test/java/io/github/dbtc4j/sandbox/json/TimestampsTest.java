package io.github.dbtc4j.sandbox.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

class TimestampsTest {

    @Test
    void writesHttpDatesAsRfc9110WantsThem() {
        DateTimeFormatter wanted =
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
        Instant moment = Instant.parse("2023-12-25T00:00:00Z");
        for (int i = 0; i < 2_000; i++) {
            assertThat(TimestampFormat.httpDate(moment))
                    .isEqualTo(wanted.format(moment.atOffset(ZoneOffset.UTC)));
            moment = moment.plus(Duration.ofSeconds(40_009));
        }
    }
}
