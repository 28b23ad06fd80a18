package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.JobDefinition;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.RetryRules;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.TriggerRecord;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.Paging;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.QueryParameters;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// `/jobs/…`: jobs and what starts their runs.
final class JobApi {

    private static final Set<String> FILTERS =
            Set.of(
                    "dbt_version__in",
                    "environment_id",
                    "include_related",
                    "is_fusion_ready",
                    "is_system",
                    "limit",
                    "name__icontains",
                    "offset",
                    "order_by",
                    "pk",
                    "project_id",
                    "project_id__in",
                    "state",
                    "triggers_schedule");
    private static final Set<String> INCLUDE = Set.of("include_related");

    private final World world;
    private final Scheduler scheduler;
    private final JobWrites writes;
    private final RunApi runs;

    JobApi(World world, Scheduler scheduler, JobWrites writes, RunApi runs) {
        this.world = world;
        this.scheduler = scheduler;
        this.writes = writes;
        this.runs = runs;
    }

    Response answer(RoutedRequest call) {
        List<String> path = call.path();
        if (path.size() == 1) {
            return call.isGet() ? list(call) : create(call);
        }
        long id = call.id(1);
        if (path.size() == 2) {
            return one(call, id);
        }
        if (path.get(2).equals("artifacts") && path.size() > 3) {
            call.query().allow(Set.of("include_related", "step"));
            return runs.latestArtifact(existing(id), call);
        }
        if (path.size() == 3 && (path.get(2).equals("run") || path.get(2).equals("rerun"))) {
            if (!call.isPost()) {
                throw Responses.methodNotAllowed(call.method());
            }
            call.query().allow(Set.of());
            return path.get(2).equals("run") ? trigger(call, id) : rerun(call, id);
        }
        throw Responses.notFound();
    }

    private Response one(RoutedRequest call, long id) {
        call.query().allow(INCLUDE);
        JobRecord job = world.jobs.get(id);
        if (call.isGet()) {
            if (job == null
                    || (job.deleted && world.switches.is(Assumption.ReadOfDeletedJob.NOT_FOUND))) {
                throw Responses.notFound();
            }
            return Responses.ok(JobJson.of(job, world, call.query().included()));
        }
        JobRecord active = existing(id);
        if (call.isPost()) {
            writes.update(active, call.body(), call.by());
            return Responses.ok(JobJson.of(active, world, Set.of()));
        }
        if (!call.isDelete()) {
            throw Responses.methodNotAllowed(call.method());
        }
        writes.delete(active, call.by());
        return world.switches.is(Assumption.DeleteAnswer.JOB)
                ? Responses.ok(JobJson.of(active, world, Set.of()))
                : Responses.noContent();
    }

    private Response create(RoutedRequest call) {
        if (!call.isPost()) {
            throw Responses.methodNotAllowed(call.method());
        }
        call.query().allow(Set.of());
        refuseOneMore();
        JobRecord job = writes.create(call.body(), call.by());
        return Responses.created(JobJson.of(job, world, Set.of()));
    }

    private void refuseOneMore() {
        switch (world.switches.get(Assumption.OneMoreJob.class)) {
            case ALLOWED -> {}
            case FORBIDDEN ->
                    throw Responses.refusal(
                            403, "You do not have permission to perform this action.", null);
            case LIMIT_REACHED ->
                    throw Responses.refusal(
                            402, "Your account has reached its limit of jobs.", null);
        }
    }

    private Response trigger(RoutedRequest call, long id) {
        JobRecord job = world.jobs.get(id);
        if (job == null
                || (job.deleted && world.switches.is(Assumption.TriggerOfDeletedJob.NOT_FOUND))) {
            throw Responses.notFound();
        }
        Map<String, Object> fields = TriggerRequest.check(call.body(), world.switches);
        if (job.deleted && world.switches.is(Assumption.TriggerOfDeletedJob.REJECTED)) {
            throw Responses.impossible("The job has been deleted.");
        }
        mayQueue(job);
        if (job.isCi()
                && fields.keySet().stream().anyMatch(TriggerRecord.PULL_REQUEST_FIELDS::contains)
                && !world.hasNativeCi()
                && world.switches.is(Assumption.CiTriggerOnStarter.REJECTED)) {
            throw Responses.impossible("Triggering CI jobs is not available on your plan.");
        }
        RunRecord run = scheduler.queue(job, fields, "api", call.by(), null);
        return triggered(run);
    }

    /// Retries the latest run if that failed, starts a fresh one otherwise.
    private Response rerun(RoutedRequest call, long id) {
        JobRecord job = existing(id);
        mayQueue(job);
        RunRecord latest = job.runs.isEmpty() ? null : job.runs.getLast();
        if (latest != null && RetryRules.refusal(latest) != null) {
            latest = null;
        }
        String cause = latest == null ? "Rerun" : "Retry of run " + latest.id;
        return triggered(scheduler.queue(job, Map.of("cause", cause), "rerun", call.by(), latest));
    }

    /// A run that was just triggered is answered with its trigger and job.
    Response triggered(RunRecord run) {
        Response response = Responses.ok(RunJson.of(run, world, Set.of("trigger", "job"), false));
        if (run.job.deleted) {
            scheduler.orphan(run.job);
        }
        return response;
    }

    void mayQueue(JobRecord job) {
        if (job.deactivated && world.switches.is(Assumption.TriggerOfDeactivatedJob.REJECTED)) {
            throw Responses.impossible("The job is deactivated after too many failed runs.");
        }
        if (scheduler.queued() >= Scheduler.QUEUE_LIMIT
                && world.switches.is(Assumption.TriggerBeyondQueueLimit.REJECTED)) {
            throw Responses.impossible("The account has reached its limit of queued runs.");
        }
    }

    private JobRecord existing(long id) {
        JobRecord job = world.activeJobs.get(id);
        if (job == null) {
            throw Responses.notFound();
        }
        return job;
    }

    private Response list(RoutedRequest call) {
        QueryParameters query = call.query();
        query.allow(FILTERS);
        Paging paging = Paging.of(query, "active", world.switches);
        Collection<JobRecord> all =
                paging.wants(2) ? world.jobs.values() : world.activeJobs.values();
        var rows = new ArrayList<JobRecord>();
        for (JobRecord job : all) {
            if (paging.wants(job.state())
                    && !job.visibleAt.isAfter(world.now())
                    && fits(job, query)) {
                rows.add(job);
            }
        }
        String order = Objects.requireNonNullElse(query.text("order_by"), "id");
        if (!order.equals("id")) {
            rows.sort(order(order));
        }
        return paging.answer(
                rows, world.accountId, order, job -> JobJson.of(job, world, query.included()));
    }

    private boolean fits(JobRecord job, QueryParameters query) {
        JobDefinition definition = job.definition;
        return equal(query.number("pk"), job.id)
                && equal(query.number("project_id"), definition.projectId())
                && equal(query.number("environment_id"), definition.environmentId())
                && within(query.numbers("project_id__in"), definition.projectId())
                && within(query.texts("dbt_version__in"), definition.dbtVersion())
                && equal(query.bool("triggers_schedule"), definition.isTriggered("schedule"))
                && equal(query.bool("is_system"), false)
                && equal(query.bool("is_fusion_ready"), false)
                && contains(definition.name(), query.text("name__icontains"));
    }

    private Comparator<JobRecord> order(String field) {
        boolean descending = field.startsWith("-");
        String name = descending ? field.substring(1) : field;
        Comparator<JobRecord> order =
                switch (name) {
                    case "id" -> Comparator.comparingLong(job -> job.id);
                    case "name" -> Comparator.comparing(job -> job.definition.name());
                    case "created_at" -> Comparator.comparing(job -> job.createdAt);
                    case "updated_at" -> Comparator.comparing(job -> job.updatedAt);
                    case "project_id" ->
                            Comparator.comparingLong(job -> job.definition.projectId());
                    case "environment_id" ->
                            Comparator.comparingLong(job -> job.definition.environmentId());
                    default ->
                            throw Responses.invalid(
                                    Map.of("order_by", "Cannot order by " + PythonText.of(name)));
                };
        return descending ? order.reversed() : order;
    }

    static boolean equal(@Nullable Object wanted, @Nullable Object is) {
        return wanted == null || wanted.equals(is);
    }

    static boolean within(@Nullable Collection<?> wanted, @Nullable Object is) {
        return wanted == null || (is != null && wanted.contains(is));
    }

    private static boolean contains(String name, @Nullable String part) {
        return part == null
                || name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
