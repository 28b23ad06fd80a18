package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.ApiErrorException;
import io.github.dbtc4j.sandbox.request.Paging;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.QueryParameters;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// `GET /runs/`: filters, order and pages.
final class RunList {

    private static final Set<String> FILTERS =
            Set.of(
                    "created_at__range",
                    "dbt_version",
                    "dbt_version__in",
                    "deferring_run_id",
                    "environment_id",
                    "finished_at__range",
                    "has_docs_generated",
                    "has_sources_generated",
                    "id__gt",
                    "include_related",
                    "job_definition_id",
                    "limit",
                    "offset",
                    "order_by",
                    "pk",
                    "pk__in",
                    "project_id",
                    "project_id__in",
                    "state",
                    "status",
                    "status__in");

    private static final Comparator<RunRecord> BY_ID = Comparator.comparingLong(run -> run.id);

    private final World world;

    RunList(World world) {
        this.world = world;
    }

    Response answer(RoutedRequest call) {
        QueryParameters query = call.query();
        query.allow(FILTERS);
        Paging paging = Paging.of(query, "all", world.switches);
        String order = Objects.requireNonNullElse(query.text("order_by"), "id");
        Comparator<RunRecord> comparator = order(order);
        var filter = new Filter(query);
        var rows = new ArrayList<RunRecord>();
        for (RunRecord run : candidates(filter)) {
            if (paging.wants(1) && isShown(run) && filter.fits(run)) {
                rows.add(run);
            }
        }
        Function<RunRecord, ?> shape = RunJson.inList(world, query.included());
        if (order.equals("-id")) {
            return paging.answer(rows.reversed(), world.accountId, order, shape);
        }
        if (!order.equals("id")) {
            rows.sort(comparator);
        }
        return paging.answer(rows, world.accountId, order, shape);
    }

    private boolean isShown(RunRecord run) {
        return !run.visibleAt.isAfter(world.now())
                && (!run.job.deleted
                        || world.switches.is(Assumption.RunsOfDeletedJobInLists.LISTED));
    }

    /// No more runs than need be looked at, in the order of their ids.
    private Collection<RunRecord> candidates(Filter filter) {
        if (filter.wantsOnlyActive()) {
            return world.activeRuns.values();
        }
        List<RunRecord> runs = world.runs;
        if (filter.job != null) {
            JobRecord job = world.jobs.get(filter.job);
            runs = job == null ? List.of() : job.runs;
        }
        if (filter.after == null) {
            return runs;
        }
        int from = 0;
        for (int to = runs.size(); from < to; ) {
            int middle = (from + to) >>> 1;
            if (runs.get(middle).id > filter.after) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return runs.subList(from, runs.size());
    }

    private static Comparator<RunRecord> order(String order) {
        boolean descending = order.startsWith("-");
        Comparator<RunRecord> comparator =
                switch (descending ? order.substring(1) : order) {
                    case "id" -> BY_ID;
                    case "created_at" ->
                            Comparator.<RunRecord, Instant>comparing(run -> run.createdAt)
                                    .thenComparing(BY_ID);
                    case "finished_at" ->
                            Comparator.<RunRecord, Instant>comparing(run ->
                                            Objects.requireNonNullElse(run.finishedAt, Instant.MAX))
                                    .thenComparing(BY_ID);
                    default ->
                            throw Responses.invalid(
                                    Map.of(
                                            "order_by",
                                            PythonText.of(order)
                                                    + " is not one of ['id', 'created_at',"
                                                    + " 'finished_at']"));
                };
        return descending ? comparator.reversed() : comparator;
    }

    /// What the query asks for, read once.
    private static final class Filter {

        final @Nullable Long job;
        final @Nullable Long after;
        private final @Nullable Set<Long> statuses;
        private final @Nullable Long status;
        private final @Nullable Long project;
        private final @Nullable Set<Long> projects;
        private final @Nullable Long environment;
        private final @Nullable Long key;
        private final @Nullable Set<Long> keys;
        private final @Nullable Long deferring;
        private final @Nullable String version;
        private final @Nullable List<String> versions;
        private final @Nullable Boolean docs;
        private final @Nullable Boolean sources;
        private final @Nullable List<Instant> created;
        private final @Nullable List<Instant> finished;

        Filter(QueryParameters query) {
            job = query.number("job_definition_id");
            after = query.number("id__gt");
            statuses = query.numbers("status__in");
            status = query.number("status");
            project = query.number("project_id");
            projects = query.numbers("project_id__in");
            environment = query.number("environment_id");
            key = query.number("pk");
            keys = query.numbers("pk__in");
            deferring = query.number("deferring_run_id");
            version = query.text("dbt_version");
            versions = query.texts("dbt_version__in");
            docs = query.bool("has_docs_generated");
            sources = query.bool("has_sources_generated");
            created = range(query, "created_at__range");
            finished = range(query, "finished_at__range");
        }

        boolean wantsOnlyActive() {
            return (statuses != null && statuses.stream().allMatch(wanted -> wanted < 10))
                    || (status != null && status < 10);
        }

        boolean fits(RunRecord run) {
            return JobApi.equal(job, run.job.id)
                    && (after == null || run.id > after)
                    && JobApi.within(statuses, (long) run.status)
                    && JobApi.equal(status, (long) run.status)
                    && JobApi.equal(project, run.environment.project().id())
                    && JobApi.within(projects, run.environment.project().id())
                    && JobApi.equal(environment, run.environment.id())
                    && JobApi.equal(key, run.id)
                    && JobApi.within(keys, run.id)
                    && JobApi.equal(deferring, run.deferredTo)
                    && JobApi.equal(version, run.dbtVersion)
                    && JobApi.within(versions, run.dbtVersion)
                    && (docs == null || docs == (RunJson.hasArtifacts(run) && run.hasDocs()))
                    && (sources == null || !sources)
                    && between(created, run.createdAt)
                    && between(finished, run.finishedAt);
        }

        private static boolean between(@Nullable List<Instant> range, @Nullable Instant moment) {
            return range == null
                    || (moment != null
                            && !moment.isBefore(range.getFirst())
                            && !moment.isAfter(range.getLast()));
        }

        private static @Nullable List<Instant> range(QueryParameters query, String name) {
            List<String> ends = query.texts(name);
            if (ends == null) {
                return null;
            }
            try {
                if (ends.size() == 2) {
                    return List.of(
                            TimestampFormat.read(ends.getFirst()),
                            TimestampFormat.read(ends.getLast()));
                }
            } catch (DateTimeException e) {
                throw notARange(name, ends);
            }
            throw notARange(name, ends);
        }

        private static ApiErrorException notARange(String name, List<String> ends) {
            return Responses.invalid(
                    Map.of(name, PythonText.of(ends) + " is not a range of two date-times"));
        }
    }
}
