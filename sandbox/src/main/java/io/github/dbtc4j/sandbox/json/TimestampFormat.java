package io.github.dbtc4j.sandbox.json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The three ways the platform writes a moment, all in UTC and to the microsecond, and the one of
/// the `Date` header.
public final class TimestampFormat {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private TimestampFormat() {}

    /// `2024-05-27 10:42:16.179903+00:00`, for runs and triggers.
    public static @Nullable String spaced(@Nullable Instant moment) {
        return moment == null ? null : write(moment, ' ', "+00:00");
    }

    /// `2024-05-27T10:42:10.111442+00:00`, for jobs and most else.
    public static @Nullable String iso(@Nullable Instant moment) {
        return moment == null ? null : write(moment, 'T', "+00:00");
    }

    /// `2022-08-29T14:02:57.378279Z`, for the job inside a run.
    public static String zulu(Instant moment) {
        return write(moment, 'T', "Z");
    }

    /// `Mon, 27 May 2024 10:42:16 GMT`: the only form of `Date` that RFC 9110 lets a server send.
    /// The JDK's own `RFC_1123_DATE_TIME` drops the leading zero of the day.
    public static String httpDate(Instant moment) {
        long seconds = moment.getEpochSecond();
        LocalDate day = day(seconds);
        int weekday = 3 * day.getDayOfWeek().getValue() - 3;
        int month = 3 * day.getMonthValue() - 3;
        var text = new StringBuilder(32);
        text.append(DAYS, weekday, weekday + 3).append(", ");
        digits(text, day.getDayOfMonth(), 2).append(' ').append(MONTHS, month, month + 3);
        digits(text.append(' '), day.getYear(), 4).append(' ');
        return time(text, seconds).append(" GMT").toString();
    }

    /// Reads any of the three, a date alone included.
    ///
    /// @throws java.time.DateTimeException when `text` is none of them
    public static Instant read(String text) {
        String iso = text.strip().replace(' ', 'T');
        return iso.length() == 10
                ? LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(iso.length() == 19 ? iso + "Z" : iso).toInstant();
    }

    private static String write(Instant moment, char between, String zone) {
        long seconds = moment.getEpochSecond();
        LocalDate day = day(seconds);
        var text = new StringBuilder(32);
        digits(text, day.getYear(), 4).append('-');
        digits(text, day.getMonthValue(), 2).append('-');
        digits(text, day.getDayOfMonth(), 2).append(between);
        time(text, seconds).append('.');
        return digits(text, moment.getNano() / 1000, 6).append(zone).toString();
    }

    private static LocalDate day(long seconds) {
        return LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
    }

    private static StringBuilder time(StringBuilder text, long seconds) {
        int second = (int) Math.floorMod(seconds, 86_400L);
        digits(text, second / 3600, 2).append(':');
        digits(text, second / 60 % 60, 2).append(':');
        return digits(text, second % 60, 2);
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        int start = text.length();
        text.append("000000", 0, width);
        for (int at = start + width - 1, rest = number; rest > 0; at--, rest /= 10) {
            text.setCharAt(at, (char) ('0' + rest % 10));
        }
        return text;
    }
}
