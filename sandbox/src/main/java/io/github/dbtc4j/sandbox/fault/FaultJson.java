package io.github.dbtc4j.sandbox.fault;

import io.github.dbtc4j.sandbox.json.ControlFields;
import io.github.dbtc4j.sandbox.json.InvalidFieldException;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A [Fault] as JSON and back.
public final class FaultJson {

    private FaultJson() {}

    static Fault read(Map<String, ? extends @Nullable Object> json) {
        var fields = new ControlFields(json);
        Fault fault = read(fields);
        fields.nothingElse();
        return fault;
    }

    public static Map<String, @Nullable Object> write(Fault fault) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (fault.endpoint() != null) {
            json.put("endpoint", fault.endpoint().wireName());
        }
        if (fault.method() != null) {
            json.put("method", fault.method());
        }
        if (fault.path() != null) {
            json.put("path", fault.path().pattern());
        }
        switch (fault.kind()) {
            case Fault.Status(int code, Fault.Body body, Duration retryAfter) -> {
                json.put("kind", "status");
                json.put("status", code);
                json.put("body", ControlFields.lower(body));
                if (retryAfter != null) {
                    json.put("retry_after", seconds(retryAfter));
                }
            }
            case Fault.Reset(Integer bytes) -> {
                json.put("kind", "reset");
                if (bytes != null) {
                    json.put("bytes", bytes);
                }
            }
            case Fault.Truncate(int bytes) -> {
                json.put("kind", "truncate");
                json.put("bytes", bytes);
            }
            case Fault.Delay() -> json.put("kind", "delay");
            case Fault.Lag(Duration lag) -> {
                json.put("kind", "lag");
                json.put("lag_seconds", seconds(lag));
            }
        }
        json.put("strikes", ControlFields.lower(fault.strikes()));
        if (fault.strikes() == Fault.Strikes.LATE) {
            json.put("late_seconds", seconds(fault.late()));
        }
        if (!fault.delay().isZero()) {
            json.put("delay_seconds", seconds(fault.delay()));
        }
        if (fault.count() != null) {
            json.put("count", fault.count());
        }
        if (fault.probability() < 1) {
            json.put("probability", fault.probability());
        }
        return json;
    }

    private static Fault read(ControlFields fields) {
        Endpoint endpoint =
                fields.text(
                        "endpoint",
                        "one of " + String.join(", ", Endpoint.wireNames()),
                        name -> Endpoint.named(name).orElse(null));
        String method =
                fields.text(
                        "method",
                        "an HTTP method in capitals",
                        name -> name.matches("[A-Z]+") ? name : null);
        Pattern path = fields.text("path", "a regular expression", FaultJson::pattern);
        Fault.Kind kind = kind(fields);
        Fault.Strikes strikes = strikes(kind, fields);
        Duration late =
                strikes == Fault.Strikes.LATE ? fields.required("late_seconds") : Duration.ZERO;
        Duration delay =
                kind instanceof Fault.Delay
                        ? fields.required("delay_seconds")
                        : ControlFields.or(fields.duration("delay_seconds"), Duration.ZERO);
        return new Fault(
                endpoint,
                method,
                path,
                kind,
                strikes,
                late,
                delay,
                fields.whole("count"),
                ControlFields.or(fields.number("probability"), BigDecimal.ONE).doubleValue());
    }

    private static Fault.Kind kind(ControlFields fields) {
        String kinds = "one of status, reset, truncate, delay, lag";
        Fault.Kind kind =
                fields.text(
                        "kind",
                        kinds,
                        name ->
                                switch (name) {
                                    case "status" -> status(fields);
                                    case "reset" -> new Fault.Reset(fields.whole("bytes"));
                                    case "truncate" ->
                                            new Fault.Truncate(fields.requiredWhole("bytes"));
                                    case "delay" -> new Fault.Delay();
                                    case "lag" -> new Fault.Lag(fields.required("lag_seconds"));
                                    default -> null;
                                });
        if (kind == null) {
            throw new InvalidFieldException("kind", kinds, "nothing");
        }
        return kind;
    }

    private static Fault.Status status(ControlFields fields) {
        return new Fault.Status(
                fields.requiredWhole("status"),
                ControlFields.or(
                        fields.choice("body", List.of(Fault.Body.values())), Fault.Body.ENVELOPE),
                fields.duration("retry_after"));
    }

    private static Fault.Strikes strikes(Fault.Kind kind, ControlFields fields) {
        return Fault.madeOfTheAnswer(kind)
                ? ControlFields.or(
                        fields.choice("strikes", List.of(Fault.Strikes.AFTER)), Fault.Strikes.AFTER)
                : ControlFields.or(
                        fields.choice("strikes", List.of(Fault.Strikes.values())),
                        Fault.Strikes.BEFORE);
    }

    private static @Nullable Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static Number seconds(Duration duration) {
        return duration.toNanosPart() == 0
                ? (Number) duration.toSeconds()
                : BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros();
    }
}
