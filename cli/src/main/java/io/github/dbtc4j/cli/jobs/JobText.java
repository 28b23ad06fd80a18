package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.terminal.Columns;
import io.github.dbtc4j.client.model.Job;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Jobs as people read them.
final class JobText {

    private JobText() {}

    /// A row each, or a sentence.
    static List<String> table(List<Job> jobs) {
        return jobs.isEmpty()
                ? List.of("There are no such jobs.")
                : Columns.of(
                        List.of("JOB", "TYPE", "ENVIRONMENT", "PROJECT", "NAME"),
                        jobs.stream().map(JobText::row).toList());
    }

    /// All there is to say of one job, a line each.
    static List<String> of(Job job) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("name", job.name()));
        rows.add(List.of("type", type(job)));
        rows.add(List.of("project", Long.toString(job.projectId())));
        rows.add(List.of("environment", Long.toString(job.environmentId())));
        if (job.deferringEnvironmentId() != null) {
            rows.add(List.of("defers to", "environment " + job.deferringEnvironmentId()));
        } else if (job.deferringJobId() != null) {
            rows.add(List.of("defers to", "job " + job.deferringJobId()));
        }
        if (job.deactivated()) {
            rows.add(List.of("state", "deactivated by the platform"));
        }
        job.executeSteps().forEach(step -> rows.add(List.of("step", step)));
        return Columns.ofWhole(List.of("job", Long.toString(job.id())), rows);
    }

    private static List<String> row(Job job) {
        return List.of(
                Long.toString(job.id()),
                type(job),
                Long.toString(job.environmentId()),
                Long.toString(job.projectId()),
                job.name());
    }

    private static String type(Job job) {
        return Objects.requireNonNullElse(job.jobType(), "not known");
    }
}
