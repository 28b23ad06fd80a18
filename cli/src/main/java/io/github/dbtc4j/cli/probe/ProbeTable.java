package io.github.dbtc4j.cli.probe;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What a probe found, as people read it.
final class ProbeTable {

    private static final String ROW = "%-31s %-26s %-16s %s";

    private ProbeTable() {}

    static List<String> lines(List<ProbeReport.Row> rows) {
        var lines = new ArrayList<String>();
        lines.add(ROW.formatted("QUESTION", "ANSWER", "SANDBOX ASSUMES", "AGREES?"));
        for (ProbeReport.Row row : rows) {
            lines.add(line(row));
            if (row.answer() instanceof ProbeAnswer.NotAsked(var why)) {
                lines.add("  → " + why);
            }
        }
        return lines;
    }

    /// `31 questions: 24 answered as the sandbox assumes, 2 otherwise, 5 without an answer to
    /// compare.`
    static String summary(List<ProbeReport.Row> rows) {
        return "%d questions: %d answered as the sandbox assumes, %d otherwise, %d without an answer to compare."
                .formatted(rows.size(), count(rows, true), count(rows, false), count(rows, null));
    }

    private static long count(List<ProbeReport.Row> rows, @Nullable Boolean agrees) {
        return rows.stream().filter(row -> Objects.equals(row.agrees(), agrees)).count();
    }

    private static String line(ProbeReport.Row row) {
        return ROW.formatted(
                words(row.question()),
                switch (row.answer()) {
                    case ProbeAnswer.Found(var constant) -> words(ProbeReport.name(constant));
                    case ProbeAnswer.Seen(var text) -> text;
                    case ProbeAnswer.NotAsked why -> "not asked";
                },
                words(row.assumed()),
                row.agrees() == null ? "-" : row.agrees() ? "yes" : "NO");
    }

    /// `CancelOfFinishedRun` and `NOT_FOUND` as `cancel of finished run` and `not found`.
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])", " ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }
}
