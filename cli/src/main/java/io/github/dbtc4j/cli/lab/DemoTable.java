package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.simulation.comparison.ClairvoyantBound;
import io.github.dbtc4j.simulation.comparison.Figures;
import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.comparison.WorkloadTrace;
import io.github.dbtc4j.simulation.strategy.Strategy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The strategies' figures side by side.
///
/// @param heads the columns' titles, the first one empty
/// @param rows a label and a figure for each column
record DemoTable(List<String> heads, List<List<String>> rows) {

    private static final String FORMAT = "%-31s%15s%16s%8s%10s\n";

    /// The figures of one morning's recordings.
    static DemoTable of(WorkloadTrace morning, List<Recording> recordings) {
        ClairvoyantBound best = ClairvoyantBound.of(morning);
        List<Figures> figures = recordings.stream().map(Figures::of).toList();
        var heads =
                Stream.of(
                                Stream.of(""),
                                recordings.stream().map(Recording::strategy).map(Strategy::title),
                                Stream.of("best"))
                        .flatMap(stream -> stream)
                        .toList();
        var rows = new ArrayList<List<String>>();
        var none = "–";
        rows.add(
                row(
                        "last verdict after",
                        figures,
                        duration(Figures::lastVerdict),
                        clock(best.lastVerdict())));
        rows.add(
                row(
                        "mean wait, push to start",
                        figures,
                        duration(Figures::meanWait),
                        clock(best.meanWait())));
        rows.add(
                row(
                        "mean wait of production runs",
                        figures,
                        duration(Figures::productionWait),
                        none));
        rows.add(row("pull requests without a verdict", figures, count(Figures::unanswered), "0"));
        rows.add(row("stale runs cancelled", figures, count(Figures::staleCancelled), none));
        rows.add(
                row(
                        "run time wasted on old commits",
                        figures,
                        duration(Figures::wasted),
                        clock(Duration.ZERO)));
        rows.add(row("runs of others cancelled", figures, count(Figures::foreignCancelled), "0"));
        rows.add(row("two runs of one PR at once", figures, count(Figures::twoAtOnce), "0"));
        rows.add(row("API calls", figures, count(Figures::apiCalls), none));
        rows.add(row("clones made", figures, count(Figures::clonesMade), none));
        rows.add(row("clones left behind", figures, count(Figures::clonesLeft), "0"));
        return new DemoTable(heads, List.copyOf(rows));
    }

    /// 80 columns wide.
    String text() {
        var text = new StringBuilder(FORMAT.formatted(heads.toArray()));
        rows.forEach(row -> text.append(FORMAT.formatted(row.toArray())));
        return text.toString();
    }

    /// What it means, and what to do next.
    String conclusion() {
        return """
        In words: a commit waited %s for its run in place of %s, and the last
        pull request had its verdict after %s in place of %s.
        To try each command without an account: dbtc sandbox
        """
                .formatted(figure(1, 3), figure(1, 1), figure(0, 3), figure(0, 1));
    }

    private String figure(int row, int column) {
        return rows.get(row).get(column);
    }

    private static Function<Figures, String> duration(Function<Figures, Duration> figure) {
        return figures -> clock(figure.apply(figures));
    }

    private static Function<Figures, String> count(Function<Figures, Integer> figure) {
        return figures -> String.valueOf(figure.apply(figures));
    }

    private static List<String> row(
            String label, List<Figures> figures, Function<Figures, String> figure, String best) {
        return Stream.of(Stream.of(label), figures.stream().map(figure), Stream.of(best))
                .flatMap(stream -> stream)
                .toList();
    }

    private static String clock(Duration duration) {
        return Durations.clock(duration);
    }
}
