package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.request.BodySchema.Type.INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_INTEGER;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_INTEGERS;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.NULLABLE_TEXT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.OBJECT;
import static io.github.dbtc4j.sandbox.request.BodySchema.Type.TEXT;

import io.github.dbtc4j.sandbox.platform.Cron;
import io.github.dbtc4j.sandbox.request.BodySchema;
import io.github.dbtc4j.sandbox.request.PythonText;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// A job's `schedule`: a strategy for the date and one for the time, and the cron expression they
/// come to.
final class Schedules {

    private static final BodySchema SCHEDULE =
            new BodySchema(
                    Map.of("cron", NULLABLE_TEXT, "date", OBJECT, "time", OBJECT),
                    List.of("date", "time"));
    private static final BodySchema DATE =
            new BodySchema(
                    Map.of("type", TEXT, "days", NULLABLE_INTEGERS, "cron", NULLABLE_TEXT),
                    List.of("type"));
    private static final BodySchema HOURLY =
            new BodySchema(
                    Map.of("type", TEXT, "interval", INTEGER, "hours", NULLABLE_INTEGERS),
                    List.of("type", "interval"));
    private static final BodySchema AT_HOURS =
            new BodySchema(
                    Map.of("type", TEXT, "interval", NULLABLE_INTEGER, "hours", NULLABLE_INTEGERS),
                    List.of("type", "hours"));

    private Schedules() {}

    /// Every hour of every day, which is what a job without a schedule of its own carries.
    static Map<String, @Nullable Object> everyHour() {
        return written(
                "0 * * * *",
                ordered("type", "every_day"),
                ordered("type", "every_hour", "interval", 1L));
    }

    /// What is wrong with `schedule`, or null.
    static @Nullable Object problem(Map<String, @Nullable Object> schedule) {
        Object problem = SCHEDULE.problem(schedule);
        if (problem != null) {
            return problem;
        }
        Map<String, @Nullable Object> date = BodySchema.object(schedule, "date");
        Map<String, @Nullable Object> time = BodySchema.object(schedule, "time");
        var problems = new LinkedHashMap<String, Object>();
        put(problems, "date", dateProblem(date));
        put(problems, "time", timeProblem(time));
        if (problems.isEmpty()) {
            try {
                Cron.parse(cron(date, time));
            } catch (IllegalArgumentException e) {
                problems.put("cron", Objects.requireNonNull(e.getMessage()));
            }
        }
        return problems.isEmpty() ? null : problems;
    }

    /// `schedule`, which has no problem, as the API gives it back: keys that do not apply are
    /// absent.
    static Map<String, @Nullable Object> normal(Map<String, @Nullable Object> schedule) {
        Map<String, @Nullable Object> date = BodySchema.object(schedule, "date");
        Map<String, @Nullable Object> time = BodySchema.object(schedule, "time");
        return written(cron(date, time), present(date), present(time));
    }

    private static @Nullable Object dateProblem(Map<String, @Nullable Object> date) {
        Object problem = DATE.problem(date);
        if (problem != null) {
            return problem;
        }
        String type = type(date);
        return switch (type) {
            case "every_day" -> null;
            case "days_of_week" -> date.get("days") == null ? missing("days") : null;
            case "custom_cron", "interval_cron" ->
                    date.get("cron") == null ? missing("cron") : null;
            default ->
                    oneOf(
                            type,
                            Set.of("every_day", "days_of_week", "custom_cron", "interval_cron"));
        };
    }

    private static @Nullable Object timeProblem(Map<String, @Nullable Object> time) {
        Object type = time.get("type");
        if ("at_exact_hours".equals(type)) {
            return AT_HOURS.problem(time);
        }
        Object problem = HOURLY.problem(time);
        if (problem != null) {
            return problem;
        }
        return "every_hour".equals(type)
                ? null
                : oneOf(type(time), Set.of("every_hour", "at_exact_hours"));
    }

    private static String cron(
            Map<String, @Nullable Object> date, Map<String, @Nullable Object> time) {
        if (date.get("cron") instanceof String cron) {
            return cron;
        }
        String days = date.get("days") instanceof List<?> list ? list(list) : "*";
        if (time.get("hours") instanceof List<?> hours && type(time).equals("at_exact_hours")) {
            return "0 " + list(hours) + " * * " + days;
        }
        Object interval = time.get("interval");
        return "0 " + (Objects.equals(interval, 1L) ? "*" : "*/" + interval) + " * * " + days;
    }

    private static String list(List<?> numbers) {
        return numbers.isEmpty()
                ? "*"
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Map<String, Object> present(Map<String, @Nullable Object> strategy) {
        var kept = new LinkedHashMap<String, Object>();
        for (String key : List.of("type", "days", "cron", "interval", "hours")) {
            Object value = strategy.get(key);
            if (value != null) {
                kept.put(key, value);
            }
        }
        return kept;
    }

    private static Map<String, @Nullable Object> written(
            String cron, Map<String, Object> date, Map<String, Object> time) {
        var schedule = new LinkedHashMap<String, @Nullable Object>();
        schedule.put("cron", cron);
        schedule.put("date", date);
        schedule.put("time", time);
        return schedule;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static String type(Map<String, @Nullable Object> strategy) {
        return (String) Objects.requireNonNull(strategy.get("type"));
    }

    private static Map<String, Object> missing(String key) {
        return Map.of(key, "required key not provided");
    }

    private static Map<String, Object> oneOf(String value, Set<String> allowed) {
        return Map.of(
                "type",
                PythonText.of(value)
                        + " is not one of "
                        + PythonText.of(new ArrayList<>(allowed.stream().sorted().toList())));
    }

    private static void put(Map<String, Object> problems, String key, @Nullable Object problem) {
        if (problem != null) {
            problems.put(key, problem);
        }
    }
}
