package io.github.dbtc4j.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people type and read them.
public final class Durations implements ITypeConverter<Duration> {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,8}(?:\\.\\d{1,3})?)(s|m|h)?");

    /// Reads `90`, `90s`, `15m`, `24h`, `0.5`; without a unit these are seconds.
    @Override
    public Duration convert(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + PlainText.of(text) + "' is not a duration such as 90, 90s, 15m or 24h");
        }
        int seconds =
                switch (Objects.requireNonNullElse(matcher.group(2), "s")) {
                    case "h" -> 3600;
                    case "m" -> 60;
                    default -> 1;
                };
        // eleven digits, which a double holds exactly enough; BigDecimal takes long to load
        long millis = Math.round(Double.parseDouble(matcher.group(1)) * 1000) * seconds;
        Duration duration = Duration.ofMillis(millis);
        if (!duration.isPositive()) {
            throw new TypeConversionException("'" + text + "' is no time at all; expected over 0");
        }
        return duration;
    }

    /// `0:07`, `12:30`, `1:02:03`.
    public static String clock(Duration duration) {
        long hours = duration.toHours();
        return hours == 0
                ? "%d:%02d".formatted(duration.toMinutesPart(), duration.toSecondsPart())
                : "%d:%02d:%02d"
                        .formatted(hours, duration.toMinutesPart(), duration.toSecondsPart());
    }
}
