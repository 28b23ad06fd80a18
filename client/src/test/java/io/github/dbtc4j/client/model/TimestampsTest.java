package io.github.dbtc4j.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// What is read digit by digit reads as the JDK reads it, however it is misspelt.
class TimestampsTest {

    private static final long SEED = 20_261_122;

    private static final List<String> MOMENTS =
            List.of(
                    "2024-05-27 10:42:16.179903+00:00",
                    "2024-05-27T10:42:16.179903Z",
                    "2024-02-29T23:59:59.000001+00:00",
                    "2024-05-27 10:42:16",
                    "1969-12-31T23:59:59Z",
                    "2024-05-27T10:42:16+02:00");

    private static final List<String> DATES =
            List.of(
                    "Mon, 27 May 2024 10:42:16 GMT",
                    "Thu, 29 Feb 2024 00:00:00 GMT",
                    "Wed, 31 Dec 1969 23:59:59 GMT",
                    "Fri, 3 Jan 2025 10:42:16 GMT");

    @Test
    void readsEveryMomentAsTheJdkDoes() {
        agree(MOMENTS, Timestamps::read, Timestamps::unusual);
    }

    @Test
    void readsEveryHttpDateAsTheJdkDoes() {
        agree(DATES, Timestamps::readHttp, Timestamps::unusualHttp);
    }

    private static void agree(
            List<String> texts,
            Function<String, @Nullable Instant> fast,
            Function<String, @Nullable Instant> slow) {
        var chance = new SplittableRandom(SEED);
        for (String text : texts) {
            assertThat(read(text, fast)).as(text).isNotNull().isEqualTo(read(text, slow));
            for (int i = 0; i < 5_000; i++) {
                String misspelt = misspelt(text, chance);
                assertThat(read(misspelt, fast))
                        .as("%s, seed %d", misspelt, SEED)
                        .isEqualTo(read(misspelt, slow));
            }
        }
    }

    private static @Nullable Instant read(
            String text, Function<String, @Nullable Instant> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String misspelt(String text, SplittableRandom chance) {
        String letters = "0123456789012345678901234567890123456789 TZ:-+.,GMaeJnu";
        var misspelt = new StringBuilder(text);
        for (int i = chance.nextInt(1, 4); i > 0; i--) {
            int at = chance.nextInt(misspelt.length());
            char letter = letters.charAt(chance.nextInt(letters.length()));
            switch (chance.nextInt(6)) {
                case 0 -> misspelt.deleteCharAt(at);
                case 1 -> misspelt.insert(at, letter);
                default -> misspelt.setCharAt(at, letter);
            }
        }
        return misspelt.toString();
    }
}
