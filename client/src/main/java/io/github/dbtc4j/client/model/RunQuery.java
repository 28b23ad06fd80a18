package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Json;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Which runs to list, in which order. Immutable: every method returns a new query.
///
/// ```java
/// RunQuery.all().jobId(73797).statusIn(QUEUED, STARTING, RUNNING).include(Include.TRIGGER)
/// ```
public final class RunQuery {

    private static final RunQuery ALL = new RunQuery(Query.EMPTY);

    private final Query query;

    private RunQuery(Query query) {
        this.query = query;
    }

    /// Every run of the account, oldest first, 100 a page.
    public static RunQuery all() {
        return ALL;
    }

    /// Only runs in one of these states.
    public RunQuery statusIn(RunStatus... statuses) {
        return statusIn(Arrays.asList(statuses));
    }

    /// Only runs in one of these states.
    public RunQuery statusIn(Collection<? extends RunStatus> statuses) {
        // JSON text, not a repeated parameter: the form every known client sends
        return with(
                "status__in",
                statuses.stream()
                        .map(status -> String.valueOf(status.code()))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    /// Only runs of this job.
    public RunQuery jobId(long jobId) {
        return with("job_definition_id", jobId);
    }

    /// Only runs in this project.
    public RunQuery projectId(long projectId) {
        return with("project_id", projectId);
    }

    /// Only runs in one of these projects.
    public RunQuery projectIdIn(Collection<Long> projectIds) {
        return with("project_id__in", Json.write(List.copyOf(projectIds)));
    }

    /// Only runs in this environment.
    public RunQuery environmentId(long environmentId) {
        return with("environment_id", environmentId);
    }

    /// Only runs with a greater id.
    public RunQuery idGreaterThan(long runId) {
        return with("id__gt", runId);
    }

    /// The order: `id`, `created_at` or `finished_at`, with a leading `-` for descending. The
    /// platform's default is `id`.
    public RunQuery orderBy(String order) {
        return with("order_by", order);
    }

    /// At most this many rows a page.
    ///
    /// @param rows 1 to 100; the platform refuses more
    public RunQuery limit(int rows) {
        return new RunQuery(query.limit(rows));
    }

    /// Leaves out this many rows first.
    public RunQuery offset(int rows) {
        return new RunQuery(query.offset(rows));
    }

    /// Sends these along with each run, in place of any earlier ones.
    public RunQuery include(Include... includes) {
        return includes.length == 0
                ? new RunQuery(query.without("include_related"))
                : with("include_related", Include.list(includes));
    }

    /// The query as it is sent.
    @Override
    public String toString() {
        return query.toString();
    }

    public Query query() {
        return query;
    }

    private RunQuery with(String name, Object value) {
        return new RunQuery(query.with(name, value));
    }
}
