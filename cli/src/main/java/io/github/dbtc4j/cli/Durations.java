package io.github.dbtc4j.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people type and read them.
final class Durations implements ITypeConverter<Duration> {

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
                switch (matcher.group(2)) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    case null, default -> 1;
                };
        BigDecimal millis =
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1000L * seconds));
        Duration duration = Duration.ofMillis(millis.longValue());
        if (!duration.isPositive()) {
            throw new TypeConversionException("'" + text + "' is no time at all; expected over 0");
        }
        return duration;
    }

    /// `0:07`, `12:30`, `1:02:03`.
    static String clock(Duration duration) {
        long hours = duration.toHours();
        return hours == 0
                ? "%d:%02d".formatted(duration.toMinutesPart(), duration.toSecondsPart())
                : "%d:%02d:%02d"
                        .formatted(hours, duration.toMinutesPart(), duration.toSecondsPart());
    }
}
