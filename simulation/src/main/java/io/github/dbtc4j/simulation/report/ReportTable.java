package io.github.dbtc4j.simulation.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table of a [SimulationReport].
///
/// @param heads the columns' titles; the first one is the whole table's
/// @param rows a label and a figure for each other column
record ReportTable(List<String> heads, List<List<String>> rows) {

    private static final int LEAST_LABEL = 38;
    private static final int LEAST_CELL = 10;

    /// Columns aligned with spaces.
    String text() {
        int label = Math.max(LEAST_LABEL, widest(0));
        return line(heads, label)
                + rows.stream().map(row -> line(row, label)).collect(Collectors.joining());
    }

    private int widest(int column) {
        return IntStream.concat(
                        IntStream.of(heads.get(column).length()),
                        rows.stream().mapToInt(row -> row.get(column).length()))
                .max()
                .orElseThrow();
    }

    private String line(List<String> cells, int label) {
        var line = new StringBuilder(("%-" + label + "s").formatted(cells.getFirst()));
        for (int column = 1; column < cells.size(); column++) {
            int width = Math.max(LEAST_CELL, widest(column) + 1);
            line.append(("%" + width + "s").formatted(cells.get(column)));
        }
        return line.append('\n').toString();
    }

    /// The same in Markdown.
    String markdown() {
        return row(heads)
                + row(
                        IntStream.range(0, heads.size())
                                .mapToObj(column -> column == 0 ? "---" : "--:")
                                .toList())
                + rows.stream().map(ReportTable::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(ReportTable::cell)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /// Nothing in a cell ends it or its row, or begins a tag.
    private static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("\\R", " ");
    }
}
