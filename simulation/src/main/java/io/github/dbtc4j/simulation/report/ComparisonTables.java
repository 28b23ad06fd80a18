package io.github.dbtc4j.simulation.report;

import io.github.dbtc4j.simulation.comparison.Comparison;
import io.github.dbtc4j.simulation.comparison.Comparison.Row;
import io.github.dbtc4j.simulation.comparison.Contender;
import io.github.dbtc4j.simulation.comparison.Goals;
import io.github.dbtc4j.simulation.comparison.Score;
import io.github.dbtc4j.simulation.comparison.Waits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/// A [Comparison] as tables: workloads down, contenders across.
record ComparisonTables(Comparison comparison) {

    /// Behind a figure that leaves out pull requests without a verdict.
    static final String INCOMPLETE = "†";

    /// How long people wait, with the goals first.
    List<ReportTable> waits() {
        return List.of(
                goals(Contender.OURS),
                goals(Contender.DEDICATED),
                withBounds("mean wait, push to start", Waits::mean),
                withBounds("95 % wait at most", Waits::p95));
    }

    /// The goals that `contender` is measured by, met or not.
    private ReportTable goals(Contender contender) {
        return table(
                List.of(
                        "goals of " + contender.title(),
                        "to bound",
                        "to ideal",
                        "to original",
                        "API calls"),
                row -> {
                    var goals = new Goals(row, contender);
                    return List.of(
                            goals.isTheBoundInReach()
                                    ? marked(change(goals.overBound()), goals.isNearTheBound())
                                    : change(goals.overBound()),
                            marked(change(goals.overIdeal()), goals.isNearTheIdeal()),
                            marked(
                                    goals.originalIsComplete() ? change(goals.overOriginal()) : "–",
                                    goals.isNoWorseThanTheOriginal()),
                            marked(percent(goals.callsToOriginal()), goals.takesHalfTheCalls()));
                });
    }

    /// From push to start.
    private ReportTable withBounds(String title, Function<Waits, Duration> figure) {
        return table(
                heads(title, "bound", "ideal"),
                row ->
                        Stream.concat(
                                        Stream.of(row.bound(), row.ideal())
                                                .map(figure.andThen(ComparisonTables::clock)),
                                        cells(
                                                row,
                                                score -> clock(figure.apply(score.waits())),
                                                true))
                                .toList());
    }

    /// All other figures.
    List<ReportTable> costs() {
        return List.of(
                figures("push to verdict, mean", score -> clock(score.untilVerdict().mean()), true),
                figures(
                        "seconds from the run's end to the verdict",
                        score -> decimal(seconds(score.verdictDelays().mean())),
                        true),
                figures(
                        "run minutes wasted on stale commits, per PR",
                        score ->
                                decimal(
                                        seconds(score.wasted())
                                                / 60
                                                / Math.max(1, score.pullRequests())),
                        false),
                figures("API calls per verdict", score -> whole(score.callsPerVerdict()), true),
                figures("clones made", score -> whole(score.clonesMade()), false),
                figures("PRs without a verdict", score -> whole(score.unanswered()), false),
                figures("PRs with two runs at once", score -> whole(score.twoAtOnce()), false),
                figures("production's mean wait", score -> production(score.production()), false));
    }

    private static String production(Waits waits) {
        return waits.all().isEmpty() ? "–" : clock(waits.mean());
    }

    private ReportTable figures(
            String title, Function<Score, String> figure, boolean leavesOutUnanswered) {
        return table(heads(title), row -> cells(row, figure, leavesOutUnanswered).toList());
    }

    private static Stream<String> cells(
            Row row, Function<Score, String> figure, boolean leavesOutUnanswered) {
        return Stream.of(Contender.values())
                .map(row::score)
                .map(score ->
                        figure.apply(score)
                                + (leavesOutUnanswered && score.unanswered() > 0
                                        ? INCOMPLETE
                                        : ""));
    }

    private static List<String> heads(String title, String... bounds) {
        return Stream.of(
                        Stream.of(title),
                        Stream.of(bounds),
                        Stream.of(Contender.values()).map(Contender::title))
                .flatMap(stream -> stream)
                .toList();
    }

    private ReportTable table(List<String> heads, Function<Row, List<String>> cells) {
        var rows = new ArrayList<List<String>>();
        for (Row row : comparison.rows()) {
            rows.add(
                    Stream.concat(Stream.of(row.workload().title()), cells.apply(row).stream())
                            .toList());
        }
        return new ReportTable(heads, rows);
    }

    private static String marked(String figure, boolean isMet) {
        return figure + (isMet ? " ✓" : " ✗");
    }

    private static String change(double ratio) {
        double percent = (ratio - 1) * 100;
        return String.format(
                Locale.ROOT, Math.abs(percent) < 10 ? "%+.1f %%" : "%+.0f %%", percent);
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.0f %%", ratio * 100);
    }

    /// Minutes and seconds, such as `123:45`.
    static String clock(Duration duration) {
        long seconds = Math.round(seconds(duration));
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
