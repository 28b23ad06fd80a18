package io.github.dbtc4j.client.model;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;

/// Reads the platform's three spellings of a moment, and the one of HTTP.
///
/// Runs are stamped `2024-05-27 10:42:16.179903+00:00`, jobs `2024-05-27T10:42:10.111442+00:00`,
/// the job inside a run `2024-05-27T10:42:10.111442Z`, each with and without the fraction (recorded
/// responses: OpenMetadata 2024, data-mie/dbt-cloud-cli, dbtc guide).
///
/// A page of runs holds some hundred moments and the JDK's parsers take microseconds for each, so
/// what the platform really sends is read here digit by digit; anything else is left to the JDK.
public final class Timestamps {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";

    private static final Set<String> UTC = Set.of("", "Z", "+00:00");

    private Timestamps() {}

    /// A text without an offset is taken as UTC, the only offset the platform was ever seen to
    /// send.
    ///
    /// @throws IllegalArgumentException when `text` is none of them
    static Instant read(String text) {
        Instant usual = usual(text);
        return usual != null ? usual : unusual(text);
    }

    /// An HTTP date, `Mon, 27 May 2024 10:42:16 GMT`, or null when `text` is none.
    public static @Nullable Instant readHttp(String text) {
        Instant usual = usualHttp(text);
        return usual != null ? usual : unusualHttp(text);
    }

    static Instant unusual(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeParseException withoutOffset) {
            try {
                return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("not a date and time", e);
            }
        }
    }

    static @Nullable Instant unusualHttp(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Instant usual(String text) {
        if (text.length() < 19
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) != ' ' && text.charAt(10) != 'T')) {
            return null;
        }
        boolean fraction = text.length() >= 26 && text.charAt(19) == '.';
        int micros = fraction ? number(text, 20, 26) : 0;
        return micros >= 0 && UTC.contains(text.substring(fraction ? 26 : 19))
                ? moment(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        text,
                        11,
                        micros)
                : null;
    }

    private static @Nullable Instant usualHttp(String text) {
        if (text.length() != 29
                || !text.startsWith(", ", 3)
                || text.charAt(7) != ' '
                || text.charAt(11) != ' '
                || text.charAt(16) != ' '
                || !text.startsWith(" GMT", 25)) {
            return null;
        }
        int month = place(MONTHS, text, 8);
        Instant moment = moment(number(text, 12, 16), month, number(text, 5, 7), text, 17, 0);
        return moment != null && place(DAYS, text, 0) == weekday(moment) ? moment : null;
    }

    /// From 1, a Monday: the first day of 1970 was a Thursday.
    private static int weekday(Instant moment) {
        return 1 + (int) Math.floorMod(Math.floorDiv(moment.getEpochSecond(), 86_400L) + 3, 7L);
    }

    /// The moment of that day whose time of day is at `from`, or null when there is none.
    private static @Nullable Instant moment(
            int year, int month, int day, String text, int from, int micros) {
        if (text.charAt(from + 2) != ':' || text.charAt(from + 5) != ':') {
            return null;
        }
        try {
            return LocalDateTime.of(
                            year,
                            month,
                            day,
                            number(text, from, from + 2),
                            number(text, from + 3, from + 5),
                            number(text, from + 6, from + 8),
                            micros * 1000)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// From 1 the place of the three letters at `from` among `names`, or 0.
    private static int place(String names, String text, int from) {
        for (int at = 0; at < names.length(); at += 3) {
            if (names.regionMatches(at, text, from, 3)) {
                return 1 + at / 3;
            }
        }
        return 0;
    }

    /// The number with these digits, or one that no part of a moment can be.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return Integer.MIN_VALUE;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
