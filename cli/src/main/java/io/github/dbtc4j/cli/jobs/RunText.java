package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.narration.RunLabel;
import io.github.dbtc4j.cli.terminal.Columns;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.Span;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.RunStep;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Runs as people read them.
final class RunText {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);

    private RunText() {}

    /// A row each, or a sentence.
    static List<Line> table(List<Run> runs) {
        return runs.isEmpty()
                ? List.of(Line.of("There are no such runs."))
                : Columns.of(
                        List.of("RUN", "STATUS", "CREATED", "TOOK", "JOB", "COMMIT", "BRANCH"),
                        runs.stream().map(RunText::row).toList());
    }

    /// All there is to say of one run, a line each.
    static List<Line> of(Run run) {
        var rows = new ArrayList<List<Span>>();
        add("run", Long.toString(run.id()), rows);
        rows.add(List.of(name("status"), new Span(tone(run.status()), status(run))));
        add("job", RunLabel.job(run), rows);
        add("commit", run.gitSha(), rows);
        add("branch", run.gitBranch(), rows);
        add("created", MINUTE.format(run.createdAt()), rows);
        add("queued", time(run.createdAt(), run.dequeuedAt()), rows);
        add("took", took(run), rows);
        for (RunStep step : run.steps()) {
            rows.add(
                    List.of(
                            name("step " + step.index()),
                            new Span(
                                    tone(step.status()),
                                    step.status().label() + "  " + step.name())));
        }
        add("page", run.href(), rows);
        return Columns.ofWhole(rows);
    }

    private static void add(String name, @Nullable String value, List<List<Span>> rows) {
        if (value != null && !value.isEmpty()) {
            rows.add(List.of(name(name), Span.of(value)));
        }
    }

    private static Span name(String name) {
        return new Span(Tone.DIM, name);
    }

    private static List<Span> row(Run run) {
        return List.of(
                Span.of(Long.toString(run.id())),
                new Span(tone(run.status()), run.status().label()),
                Span.of(MINUTE.format(run.createdAt())),
                Span.of(Objects.requireNonNullElse(took(run), "")),
                Span.of(RunLabel.job(run)),
                Span.of(RunLabel.commit(Objects.requireNonNullElse(run.gitSha(), ""))),
                Span.of(Objects.requireNonNullElse(run.gitBranch(), "")));
    }

    private static Tone tone(RunStatus status) {
        return status == Known.SUCCESS ? Tone.GOOD : status == Known.ERROR ? Tone.BAD : Tone.PLAIN;
    }

    private static String status(Run run) {
        String message = run.statusMessage();
        return run.status().label() + (message == null || message.isBlank() ? "" : ": " + message);
    }

    private static @Nullable String took(Run run) {
        return run.startedAt() == null ? null : time(run.startedAt(), run.finishedAt());
    }

    private static @Nullable String time(Instant from, @Nullable Instant to) {
        return to == null ? null : Durations.clock(Duration.between(from, to));
    }
}
