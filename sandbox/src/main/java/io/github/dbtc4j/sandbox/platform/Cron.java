package io.github.dbtc4j.sandbox.platform;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;

/// A five-field cron expression in UTC: numbers, `*`, lists, ranges and steps.
public record Cron(
        BitSet minutes,
        BitSet hours,
        BitSet days,
        BitSet months,
        BitSet weekdays,
        boolean eitherDay) {

    private static final int SEARCHED_DAYS = 366 * 8;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    /// Reads an expression of five fields.
    ///
    /// @throws IllegalArgumentException when `text` is not such an expression
    public static Cron parse(String text) {
        String[] fields = BLANKS.split(text.strip(), -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException("'" + text + "' has not five fields");
        }
        BitSet weekdays = field(fields[4], 0, 7);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        // When both kinds of day are restricted, cron runs on either.
        boolean either = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        return new Cron(
                field(fields[0], 0, 59),
                field(fields[1], 0, 23),
                field(fields[2], 1, 31),
                field(fields[3], 1, 12),
                weekdays,
                either);
    }

    /// The first moment after `after` that fits; empty when none does within eight years.
    Optional<Instant> next(Instant after) {
        long minute = Math.floorDiv(after.getEpochSecond(), 60L) + 1;
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(minute, 1440L));
        int from = (int) Math.floorMod(minute, 1440L);
        for (int i = 0; i < SEARCHED_DAYS; i++, day = day.plusDays(1), from = 0) {
            if (fits(day)) {
                int found = minuteOfDay(from);
                if (found >= 0) {
                    return Optional.of(
                            day.atTime(found / 60, found % 60).toInstant(ZoneOffset.UTC));
                }
            }
        }
        return Optional.empty();
    }

    private boolean fits(LocalDate day) {
        boolean date = days.get(day.getDayOfMonth());
        boolean weekday = weekdays.get(day.getDayOfWeek().getValue() % 7);
        return months.get(day.getMonthValue()) && (eitherDay ? date || weekday : date && weekday);
    }

    private int minuteOfDay(int from) {
        for (int at = from; at < 1440; at++) {
            if (hours.get(at / 60) && minutes.get(at % 60)) {
                return at;
            }
        }
        return -1;
    }

    private static BitSet field(String text, int least, int most) {
        var set = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            String[] range = stepped[0].split("-", -1);
            boolean all = stepped[0].equals("*");
            int first = all ? least : number(range[0], text);
            int last =
                    all || (range.length == 1 && stepped.length == 2)
                            ? most
                            : number(range[range.length - 1], text);
            int step = stepped.length == 2 ? number(stepped[1], text) : 1;
            if (stepped.length > 2
                    || range.length > 2
                    || first < least
                    || last > most
                    || first > last
                    || step < 1) {
                throw new IllegalArgumentException("'" + text + "' is not a cron field");
            }
            for (int value = first; value <= last; value += step) {
                set.set(value);
            }
        }
        return set;
    }

    private static int number(String text, String field) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + field + "' is not a cron field");
        }
        return Integer.parseInt(text);
    }
}
