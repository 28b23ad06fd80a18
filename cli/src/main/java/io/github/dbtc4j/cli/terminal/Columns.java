package io.github.dbtc4j.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows of text as a table for a terminal: each column as wide as its widest value.
public final class Columns {

    private static final int LONGEST = 60;

    private Columns() {}

    /// Returns a line for the heading and one for each row.
    ///
    /// @param rows what the platform sent; made harmless here
    public static List<String> of(List<String> heading, List<List<String>> rows) {
        return lines(heading, rows, LONGEST);
    }

    /// The same with whole values: what people copy is not cut.
    public static List<String> ofWhole(List<String> heading, List<List<String>> rows) {
        return lines(heading, rows, Integer.MAX_VALUE);
    }

    private static List<String> lines(List<String> heading, List<List<String>> rows, int longest) {
        List<List<String>> table =
                Stream.concat(Stream.of(heading), rows.stream())
                        .map(row -> row.stream().map(text -> cell(text, longest)).toList())
                        .toList();
        var lines = new ArrayList<String>();
        for (List<String> row : table) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width =
                        table.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                line.append(row.get(i)).repeat(" ", width - row.get(i).length() + 2);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cell(String text, int longest) {
        String plain = PlainText.of(text);
        return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
    }
}
