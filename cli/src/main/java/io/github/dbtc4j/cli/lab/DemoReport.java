package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.comparison.WorkloadTrace;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Push;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The demo as one HTML page that loads nothing: the table, and a timeline for each strategy. It is
/// well-formed XML too.
final class DemoReport {

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --page: #fbfbfa; --ink: #1d2126; --soft: #5d6670;
              --rule: #d9dde1; --best: #0a7d46; --accent: #b5541c;
              --bar-s: 62%; --bar-l: 74%; --bar-ink: #14181c; --grey: #c3c9cf; --hatch: #00000040 }
            @media (prefers-color-scheme: dark) {
              :root { --page: #15181c; --ink: #e6e9ec; --soft: #98a2ad; --rule: #333a42;
                --best: #4ecb8d; --accent: #f0935c;
                --bar-s: 42%; --bar-l: 42%; --bar-ink: #ffffff; --grey: #4a535c; --hatch: #00000066 }
            }
            * { box-sizing: border-box }
            body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1rem 4rem; color: var(--ink);
              background: var(--page); font: 16px/1.5 system-ui, sans-serif }
            h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem }
            h2 { font-size: 1.15rem; margin: 2.25rem 0 .25rem }
            p { margin: .25rem 0 1rem; max-width: 46rem }
            .soft, figcaption { color: var(--soft) }
            .wide { overflow-x: auto }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: 34rem }
            th, td { padding: .3rem .9rem .3rem 0; text-align: right; white-space: nowrap;
              border-bottom: 1px solid var(--rule) }
            th:first-child { text-align: left; font-weight: 400 }
            thead th { font-weight: 600; vertical-align: bottom }
            .ours { font-weight: 600; color: var(--accent) }
            .best { color: var(--best) }
            figure { margin: 0 }
            svg { display: block; width: 100%; min-width: 64rem; height: auto;
              font: 11px system-ui, sans-serif }
            svg text { fill: var(--ink) }
            svg .soft { fill: var(--soft) }
            .grid { stroke: var(--rule); stroke-width: 1 }
            .bar { fill: hsl(var(--h) var(--bar-s) var(--bar-l)) }
            .other { fill: var(--grey) }
            .prep { opacity: .5 }
            .over { fill: url(#hatch) }
            .hatch { stroke: var(--hatch); stroke-width: 2.5 }
            svg .tag { fill: var(--bar-ink); pointer-events: none }
            .queue { fill: var(--accent); opacity: .35 }
            .slots { fill: none; stroke: var(--ink); stroke-width: 1.5 }
            .limit { stroke: var(--soft); stroke-dasharray: 4 3 }
            .chips { display: flex; flex-wrap: wrap; gap: .25rem .9rem; padding: 0; list-style: none }
            .chips svg { display: inline-block; width: 1.6rem; min-width: 0; height: .8rem;
              margin-right: .35rem; vertical-align: baseline }
            @media (max-width: 40rem) {
              table { min-width: 0; font-size: .8rem }
              th, td { white-space: normal; padding-right: .45rem }
              th { overflow-wrap: break-word }
            }
            details li { font-variant-numeric: tabular-nums; list-style: none }
            details ol { padding: 0 }
            """;

    private final WorkloadTrace morning;
    private final List<Recording> recordings;
    private final StringBuilder page = new StringBuilder();

    private DemoReport(WorkloadTrace morning, List<Recording> recordings) {
        this.morning = morning;
        this.recordings = recordings;
    }

    /// The page.
    ///
    /// @param recordings of the same morning, at least one
    static String of(String headline, List<Recording> recordings, DemoTable table) {
        var report = new DemoReport(recordings.getFirst().morning(), recordings);
        report.write(headline, table);
        return report.page.toString();
    }

    private void write(String headline, DemoTable table) {
        page.append(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>dbtc4j: a morning of pull requests</title>
                <style>
                %s</style>
                </head>
                <body>
                <h1>A morning of pull requests</h1>
                <p class="soft">%s</p>
                """
                        .formatted(STYLE, Html.escape(headline)));
        table(table);
        legend();
        Instant end =
                recordings.stream()
                        .map(Recording::end)
                        .max(Comparator.naturalOrder())
                        .orElse(morning.start());
        for (Recording recording : recordings) {
            page.append("<h2>%s</h2>\n".formatted(Html.escape(recording.strategy().title())));
            page.append(
                    "<p class=\"soft\">%s</p>\n"
                            .formatted(Html.escape(about(recording.strategy()))));
            page.append("<figure class=\"wide\">\n");
            page.append(DemoDrawing.of(recording, end));
            page.append("</figure>\n");
        }
        decisions();
        page.append("</body>\n</html>\n");
    }

    private void table(DemoTable table) {
        page.append("<div class=\"wide\"><table>\n<thead><tr>");
        cells("col", table.heads(), "th");
        page.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            page.append("<tr>");
            cells("row", row, "td");
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table></div>\n");
        page.append(
                """
                <p class="soft">Best is a lower bound that not even knowing the future can beat: only \
                the newest commit of each pull request runs, as soon as it is pushed and there is room, \
                and production takes none.</p>
                """);
    }

    private static String style(int column, int columns) {
        return column == columns - 1
                ? " class=\"best\""
                : column == columns - 2 ? " class=\"ours\"" : "";
    }

    private void cells(String scope, List<String> cells, String element) {
        for (int i = 0; i < cells.size(); i++) {
            String name = i == 0 ? "th" : element;
            String scoped = name.equals("th") ? " scope=\"" + scope + "\"" : "";
            page.append(
                    "<%s%s%s>%s</%s>"
                            .formatted(
                                    name,
                                    scoped,
                                    style(i, cells.size()),
                                    Html.escape(cells.get(i)),
                                    name));
        }
    }

    private void legend() {
        page.append("<h2>How to read the timelines</h2>\n");
        page.append(
                """
                <p>A row is a job, which runs one run at a time; a bar is a run from the moment it \
                takes a run slot. Its pale beginning is the preparation. c2 is the second commit of \
                a pull request. All timelines have the same scale. Below each, the line is the run \
                slots taken and the area is the runs that queue.</p>
                <ul class="chips">
                """);
        List<Push> newest = List.copyOf(morning.newest());
        for (Push push : newest) {
            chip("bar", DemoDrawing.hue(morning, push), "#" + push.pullRequest());
        }
        chip("other", 0, "production and other people");
        page.append(
                "<li><svg viewBox=\"0 0 32 16\"><rect class=\"other\" width=\"32\" height=\"16\"/>"
                        + "<rect class=\"over\" width=\"32\" height=\"16\"/></svg>"
                        + "cancelled or out of date</li>\n</ul>\n");
    }

    private void chip(String style, int hue, String label) {
        page.append(
                ("<li><svg viewBox=\"0 0 32 16\"><rect class=\"%s\" style=\"--h:%d\" width=\"32\""
                                + " height=\"16\"/></svg>%s</li>\n")
                        .formatted(style, hue, Html.escape(label)));
    }

    private void decisions() {
        for (Recording recording : recordings) {
            if (recording.strategy().isOurs()) {
                page.append("<details>\n<summary>Every decision of dbtc4j</summary>\n<ol>\n");
                DemoStory.of(recording)
                        .forEach(line ->
                                page.append(
                                        "<li>%s</li>\n".formatted(Html.escape(line.toString()))));
                page.append("</ol>\n</details>\n");
            }
        }
    }

    private static String about(Strategy strategy) {
        return switch (strategy) {
            case QUEUE -> "Every commit triggers the CI job and waits for its turn.";
            case ORIGINAL ->
                    "Cancels the first run of the same number in the account, and clones the job"
                            + " while fewer runs are in progress or queued than there are slots.";
            case BASE_FIRST ->
                    "Cancels what is out of date, clones the job whenever a run slot is free, and"
                            + " moves a queued run as soon as one is.";
            case DEDICATED ->
                    "Cancels what is out of date, and gives every pull request a clone of its own.";
        };
    }
}
