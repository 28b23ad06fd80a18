package io.github.dbtc4j.sandbox.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `cron_humanized`: a cron expression as a sentence, for the forms schedules usually have.
public final class CronWords {

    private static final List<String> WEEKDAYS =
            List.of(
                    "Sunday",
                    "Monday",
                    "Tuesday",
                    "Wednesday",
                    "Thursday",
                    "Friday",
                    "Saturday",
                    "Sunday");
    private static final List<String> MONTHS =
            List.of(
                    "",
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private CronWords() {}

    public static String of(String cron) {
        String[] fields = BLANKS.split(cron.strip(), -1);
        if (fields.length != 5) {
            return cron;
        }
        var text = new StringBuilder(time(fields[0], fields[1]));
        if (!fields[2].equals("*")) {
            text.append(", on day ").append(fields[2]).append(" of the month");
        }
        if (!fields[4].equals("*")) {
            text.append(", only on ").append(names(fields[4], WEEKDAYS));
        }
        if (!fields[3].equals("*")) {
            text.append(", only in ").append(names(fields[3], MONTHS));
        }
        return text.toString();
    }

    private static String time(String minute, String hour) {
        if (!DIGITS.matcher(minute).matches()) {
            return minute.equals("*") ? "Every minute" : "At minutes " + minute;
        }
        String past = minute.equals("0") ? "" : "At " + minute + " minutes past the hour";
        if (hour.equals("*")) {
            return past.isEmpty() ? "Every hour" : past;
        }
        if (hour.startsWith("*/")) {
            String every = "very " + hour.substring(2) + " hours";
            return past.isEmpty() ? "E" + every : past + ", e" + every;
        }
        var times = new ArrayList<String>();
        for (String one : hour.split(",", -1)) {
            if (!DIGITS.matcher(one).matches()) {
                return past.isEmpty() ? "At hours " + hour : past + ", at hours " + hour;
            }
            int at = Integer.parseInt(one);
            times.add(
                    "%02d:%02d %s"
                            .formatted(
                                    at % 12 == 0 ? 12 : at % 12,
                                    Integer.parseInt(minute),
                                    at < 12 ? "AM" : "PM"));
        }
        return "At " + list(times);
    }

    private static String names(String field, List<String> names) {
        var found = new ArrayList<String>();
        for (String one : field.split(",", -1)) {
            int number = one.matches("\\d{1,2}") ? Integer.parseInt(one) : -1;
            if (number < 0 || number >= names.size()) {
                return field;
            }
            found.add(names.get(number));
        }
        return list(found);
    }

    private static String list(List<String> words) {
        return switch (words.size()) {
            case 1 -> words.getFirst();
            case 2 -> words.getFirst() + " and " + words.getLast();
            default ->
                    String.join(", ", words.subList(0, words.size() - 1))
                            + ", and "
                            + words.getLast();
        };
    }
}
