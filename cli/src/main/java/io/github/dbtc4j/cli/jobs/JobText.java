package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.terminal.Columns;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.Span;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.client.model.Job;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Jobs as people read them.
final class JobText {

    private JobText() {}

    /// A row each, or a sentence.
    static List<Line> table(List<Job> jobs) {
        return jobs.isEmpty()
                ? List.of(Line.of("There are no such jobs."))
                : Columns.of(
                        List.of("JOB", "TYPE", "ENVIRONMENT", "PROJECT", "NAME"),
                        jobs.stream().map(JobText::row).toList());
    }

    /// All there is to say of one job, a line each.
    static List<Line> of(Job job) {
        var rows = new ArrayList<List<Span>>();
        rows.add(row("job", Long.toString(job.id())));
        rows.add(row("name", job.name()));
        rows.add(row("type", type(job)));
        rows.add(row("project", Long.toString(job.projectId())));
        rows.add(row("environment", Long.toString(job.environmentId())));
        if (job.deferringEnvironmentId() != null) {
            rows.add(row("defers to", "environment " + job.deferringEnvironmentId()));
        } else if (job.deferringJobId() != null) {
            rows.add(row("defers to", "job " + job.deferringJobId()));
        }
        if (job.deactivated()) {
            rows.add(row("state", "deactivated by the platform"));
        }
        job.executeSteps().forEach(step -> rows.add(row("step", step)));
        return Columns.ofWhole(rows);
    }

    private static List<Span> row(String name, String value) {
        return List.of(new Span(Tone.DIM, name), Span.of(value));
    }

    private static List<Span> row(Job job) {
        return Stream.of(
                        Long.toString(job.id()),
                        type(job),
                        Long.toString(job.environmentId()),
                        Long.toString(job.projectId()),
                        job.name())
                .map(Span::of)
                .toList();
    }

    private static String type(Job job) {
        return Objects.requireNonNullElse(job.jobType(), "not known");
    }
}
