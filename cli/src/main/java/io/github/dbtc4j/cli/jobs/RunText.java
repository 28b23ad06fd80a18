package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.narration.RunLabel;
import io.github.dbtc4j.cli.terminal.Columns;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.Run;
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
    static List<String> table(List<Run> runs) {
        return runs.isEmpty()
                ? List.of("There are no such runs.")
                : Columns.of(
                        List.of("RUN", "STATUS", "CREATED", "TOOK", "JOB", "COMMIT", "BRANCH"),
                        runs.stream().map(RunText::row).toList());
    }

    /// All there is to say of one run, a line each.
    static List<String> of(Run run) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("status", status(run)));
        rows.add(List.of("job", RunLabel.job(run)));
        add("commit", run.gitSha(), rows);
        add("branch", run.gitBranch(), rows);
        rows.add(List.of("created", MINUTE.format(run.createdAt())));
        add("queued", time(run.createdAt(), run.dequeuedAt()), rows);
        add("took", took(run), rows);
        for (RunStep step : run.steps()) {
            rows.add(List.of("step " + step.index(), step.status().label() + "  " + step.name()));
        }
        add("page", run.href(), rows);
        return Columns.ofWhole(List.of("run", Long.toString(run.id())), rows);
    }

    private static void add(String name, @Nullable String value, List<List<String>> rows) {
        if (value != null && !value.isEmpty()) {
            rows.add(List.of(name, value));
        }
    }

    private static List<String> row(Run run) {
        return List.of(
                Long.toString(run.id()),
                run.status().label(),
                MINUTE.format(run.createdAt()),
                Objects.requireNonNullElse(took(run), ""),
                RunLabel.job(run),
                RunLabel.commit(Objects.requireNonNullElse(run.gitSha(), "")),
                Objects.requireNonNullElse(run.gitBranch(), ""));
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
