package io.github.dbtc4j.sandbox.platform;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Durations in the platform's words.
public final class Humanize {

    private record Unit(String name, long seconds) {}

    private static final Unit[] UNITS = {
        new Unit("year", 31_536_000),
        new Unit("month", 2_592_000),
        new Unit("week", 604_800),
        new Unit("day", 86_400),
        new Unit("hour", 3_600),
        new Unit("minute", 60),
        new Unit("second", 1),
    };

    private Humanize() {}

    /// `HH:MM:SS`, with more than 24 hours where need be.
    public static String clock(Duration duration) {
        long seconds = duration.toSeconds();
        var text = new StringBuilder(8);
        two(text, seconds / 3600).append(':');
        two(text, seconds / 60 % 60).append(':');
        return two(text, seconds % 60).toString();
    }

    /// The two largest adjacent units: `1 minute, 50 seconds`, `1 day`; `0 minutes` for none.
    public static String words(Duration duration) {
        long seconds = duration.toSeconds();
        for (int i = 0; i < UNITS.length; i++) {
            if (seconds >= UNITS[i].seconds) {
                String first = count(seconds, UNITS[i]);
                long rest = seconds % UNITS[i].seconds;
                return i + 1 < UNITS.length && rest >= UNITS[i + 1].seconds
                        ? first + ", " + count(rest, UNITS[i + 1])
                        : first;
            }
        }
        return "0 minutes";
    }

    /// `… ago`, or `0 minutes from now` for what has not happened.
    public static String ago(@Nullable Instant moment, Instant now) {
        return moment == null
                ? "0 minutes from now"
                : words(Duration.between(moment, now)) + " ago";
    }

    private static String count(long seconds, Unit unit) {
        long number = seconds / unit.seconds;
        return number + " " + unit.name + (number == 1 ? "" : "s");
    }

    private static StringBuilder two(StringBuilder text, long number) {
        return number < 10 ? text.append('0').append(number) : text.append(number);
    }
}
