package io.github.dbtc4j.cli.help;

import java.util.ArrayList;
import java.util.List;

/// Names, and beside each what it stands for. A name that is too long has a line of its own.
final class NameTable {

    private static final int WIDEST = 28;
    private static final int GAP = 2;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String name, List<String> texts) {}

    void add(String name, List<String> texts) {
        rows.add(new Row(name, texts));
    }

    /// How wide the column of names has to be, of lines so wide.
    int names(int width) {
        int widest = Math.min(WIDEST, width / 3);
        return rows.stream()
                .mapToInt(row -> row.name.length())
                .filter(length -> length <= widest)
                .max()
                .orElse(0);
    }

    /// The table.
    ///
    /// @param names how wide the column of names is
    /// @param width how wide a line may be
    String text(int names, int width) {
        int left = names + GAP;
        var text = new StringBuilder();
        for (Row row : rows) {
            var lines = new ArrayList<String>();
            row.texts.forEach(each -> lines.addAll(Wrapping.lines(each, width - left)));
            boolean fits = row.name.length() <= names;
            text.append(row.name);
            if (!fits) {
                text.append('\n');
            }
            for (int i = 0; i < lines.size(); i++) {
                int indent = i == 0 && fits ? left - row.name.length() : left;
                text.append(" ".repeat(indent)).append(lines.get(i)).append('\n');
            }
        }
        return text.toString();
    }
}
