package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Finding.Level;
import io.github.dbtc4j.cli.option.EnumConverter;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.Span;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the doctor found: as people read it, and as JSON: `[{"subject": "token", "level": "ok",
/// "finding": "…", "next_step": null}]`.
final class DoctorTable {

    private static final String LEVEL = "%-8s ";
    private static final String REST = "%-12s %s";

    private DoctorTable() {}

    static List<Line> lines(DoctorRow row) {
        FindingText found = row.text();
        Line line =
                new Line(
                        List.of(
                                new Span(
                                        tone(row.level()),
                                        LEVEL.formatted(EnumConverter.of(row.level()))),
                                Span.of(REST.formatted(found.subject(), found.text()))));
        return found.next() == null
                ? List.of(line)
                : List.of(
                        line,
                        Line.of(Tone.DIM, (LEVEL + REST).formatted("", "", "→ " + found.next())));
    }

    private static Tone tone(Level level) {
        return switch (level) {
            case OK -> Tone.GOOD;
            case NOTE -> Tone.PLAIN;
            case PROBLEM -> Tone.BAD;
        };
    }

    /// `1 problem, 2 notes.`
    static String summary(List<DoctorRow> rows) {
        long problems = count(rows, Level.PROBLEM);
        long notes = count(rows, Level.NOTE);
        return "%s, %s."
                .formatted(
                        switch ((int) problems) {
                            case 0 -> "No problem";
                            case 1 -> "1 problem";
                            default -> problems + " problems";
                        },
                        notes == 1 ? "1 note" : notes + " notes");
    }

    static String json(List<DoctorRow> rows) {
        return Json.write(rows.stream().map(DoctorTable::json).toList());
    }

    private static Map<String, @Nullable Object> json(DoctorRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("subject", row.text().subject());
        json.put("level", EnumConverter.of(row.level()));
        json.put("finding", row.text().text());
        json.put("next_step", row.text().next());
        return json;
    }

    static long count(List<DoctorRow> rows, Level level) {
        return rows.stream().filter(row -> row.level() == level).count();
    }
}
