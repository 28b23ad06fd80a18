package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Json;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Which jobs to list, in which order. Immutable: every method returns a new query.
public final class JobQuery {

    /// Which jobs by soft deletion.
    public enum State {
        ACTIVE,
        DELETED,
        ALL
    }

    private static final JobQuery ALL = new JobQuery(Query.EMPTY);

    private final Query query;

    private JobQuery(Query query) {
        this.query = query;
    }

    /// Every active job of the account, oldest first.
    public static JobQuery all() {
        return ALL;
    }

    /// Only jobs in this project.
    public JobQuery projectId(long projectId) {
        return with("project_id", projectId);
    }

    /// Only jobs in one of these projects.
    public JobQuery projectIdIn(Collection<Long> projectIds) {
        return with("project_id__in", Json.write(List.copyOf(projectIds)));
    }

    /// Only jobs in this environment.
    public JobQuery environmentId(long environmentId) {
        return with("environment_id", environmentId);
    }

    /// Only jobs whose name contains `part`, in upper or lower case.
    public JobQuery nameContains(String part) {
        return with("name__icontains", part);
    }

    /// Deleted jobs instead of, or together with, the active ones.
    public JobQuery state(State state) {
        return with("state", state.name().toLowerCase(Locale.ROOT));
    }

    /// The order: a field's name, with a leading `-` for descending. The default is `id`.
    public JobQuery orderBy(String order) {
        return with("order_by", order);
    }

    /// One page of at most so many jobs instead of all there are.
    ///
    /// @param limit 1 to 100
    /// @throws IllegalArgumentException when it is out of range
    public JobQuery limit(int limit) {
        return new JobQuery(query.limit(limit));
    }

    /// One page that leaves out so many jobs first, instead of all there are.
    ///
    /// @throws IllegalArgumentException when it is negative
    public JobQuery offset(int offset) {
        return new JobQuery(query.offset(offset));
    }

    /// Sends these along with each job, in place of any earlier ones.
    public JobQuery include(Include... includes) {
        return includes.length == 0
                ? new JobQuery(query.without("include_related"))
                : with("include_related", Include.list(includes));
    }

    /// The query as it is sent, without its paging.
    @Override
    public String toString() {
        return query.toString();
    }

    public boolean isOnePage() {
        return query.parameters().containsKey("limit") || query.parameters().containsKey("offset");
    }

    public Query query() {
        return query;
    }

    private JobQuery with(String name, Object value) {
        return new JobQuery(query.with(name, value));
    }
}
