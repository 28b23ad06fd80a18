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
    public static List<Line> of(List<String> heading, List<List<Span>> rows) {
        List<Span> first = heading.stream().map(text -> new Span(Tone.DIM, text)).toList();
        return lines(Stream.concat(Stream.of(first), rows.stream()).toList(), LONGEST);
    }

    /// The same without a heading and with whole values: what people copy is not cut.
    public static List<Line> ofWhole(List<List<Span>> rows) {
        return lines(rows, Integer.MAX_VALUE);
    }

    private static List<Line> lines(List<List<Span>> rows, int longest) {
        List<List<Span>> table =
                rows.stream()
                        .map(row -> row.stream().map(cell -> cell(cell, longest)).toList())
                        .toList();
        return table.stream().map(row -> line(row, table)).toList();
    }

    private static Line line(List<Span> row, List<List<Span>> table) {
        int last = row.size() - 1;
        while (last > 0 && row.get(last).text().isEmpty()) {
            last--;
        }
        var spans = new ArrayList<Span>();
        for (int i = 0; i < last; i++) {
            int column = i;
            int width =
                    table.stream()
                            .mapToInt(each -> each.get(column).text().length())
                            .max()
                            .orElse(0);
            spans.add(row.get(i));
            spans.add(Span.of(" ".repeat(width - row.get(i).text().length() + 2)));
        }
        spans.add(row.get(last));
        return new Line(spans);
    }

    private static Span cell(Span cell, int longest) {
        String plain = PlainText.of(cell.text());
        return new Span(
                cell.tone(),
                plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…");
    }
}
