package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Finding;
import io.github.dbtc4j.cli.option.EnumConverter;
import io.github.dbtc4j.cli.session.Settings;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the doctor found: as people read it, and as JSON: `[{"subject": "token", "level": "ok",
/// "finding": "…", "next_step": null}]`.
final class DoctorTable {

    private static final String ROW = "%-8s %-12s %s";

    private DoctorTable() {}

    static List<String> lines(Finding finding) {
        FindingText diagnosis = FindingText.of(finding);
        String row =
                ROW.formatted(
                        EnumConverter.of(finding.level()), diagnosis.subject(), diagnosis.text());
        return diagnosis.next() == null
                ? List.of(row)
                : List.of(row, ROW.formatted("", "", "→ " + diagnosis.next()));
    }

    /// Where settings were found that neither an option nor a variable of their own names.
    static List<String> origins(Settings settings) {
        return new TreeSet<>(settings.origins().values())
                .stream()
                        .map(origin ->
                                ROW.formatted(
                                        "ok",
                                        "settings",
                                        found(settings, origin) + " from " + origin + "."))
                        .toList();
    }

    private static String found(Settings settings, String origin) {
        return settings.origins().entrySet().stream()
                .filter(entry -> entry.getValue().equals(origin))
                .map(entry -> word(entry.getKey()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// `DBT_CLOUD_ACCOUNT_ID` in a word.
    private static String word(String variable) {
        return switch (variable) {
            case "DBT_CLOUD_API_KEY" -> "token";
            default -> variable.replaceAll("DBT_CLOUD_|_ID", "").toLowerCase(Locale.ROOT);
        };
    }

    /// `1 problem, 2 notes.`
    static String summary(List<Finding> findings) {
        long problems = count(findings, Finding.Level.PROBLEM);
        long notes = count(findings, Finding.Level.NOTE);
        return "%s, %s."
                .formatted(
                        switch ((int) problems) {
                            case 0 -> "No problem";
                            case 1 -> "1 problem";
                            default -> problems + " problems";
                        },
                        notes == 1 ? "1 note" : notes + " notes");
    }

    static String json(List<Finding> findings) {
        return Json.write(findings.stream().map(DoctorTable::json).toList());
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        FindingText diagnosis = FindingText.of(finding);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("subject", diagnosis.subject());
        json.put("level", EnumConverter.of(finding.level()));
        json.put("finding", diagnosis.text());
        json.put("next_step", diagnosis.next());
        return json;
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
