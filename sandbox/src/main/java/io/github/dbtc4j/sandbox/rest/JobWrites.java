package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.platform.JobDefinition;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Everything that changes jobs, through the API or at the web interface.
public final class JobWrites {

    private final World world;
    private final Scheduler scheduler;

    public JobWrites(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
    }

    /// @throws ApiErrorException when `body` cannot create a job
    JobRecord create(Map<String, @Nullable Object> body, Actor by) {
        JobDefinition definition = JobRequest.create(body, world);
        long id = world.nextJobId();
        return add(
                new JobRecord(id, definition, world.now(), world.visibleAt(id, world.now())), by);
    }

    JobRecord add(JobRecord job, Actor by) {
        world.add(job);
        scheduler.reschedule(job);
        world.ledger.write(() -> new SandboxEvent.JobCreated(world.now(), job.view(), by));
        return job;
    }

    /// Saves the job; one with `state` 2 is deleted by that. Saving makes a deactivated job active.
    ///
    /// @throws ApiErrorException when `body` cannot update the job
    void update(JobRecord job, Map<String, @Nullable Object> body, Actor by) {
        job.definition = JobRequest.update(job.id, job.definition, body, world);
        job.updatedAt = world.now();
        if (job.deactivated) {
            job.deactivated = false;
            job.failures = 0;
        }
        scheduler.reschedule(job);
        world.ledger.write(() -> new SandboxEvent.JobUpdated(world.now(), job.view(), by));
        if (Objects.equals(body.get("state"), 2L)) {
            delete(job, by);
        }
    }

    /// Changes some fields of the job and keeps the others.
    ///
    /// @throws ApiErrorException when a change is not valid
    public void edit(JobRecord job, Map<String, ? extends @Nullable Object> changes, Actor by) {
        var body = new LinkedHashMap<String, @Nullable Object>(job.definition.fields());
        var triggers =
                new LinkedHashMap<String, @Nullable Object>(job.definition.object("triggers"));
        triggers.remove("custom_branch_only");
        body.put("triggers", triggers);
        // it follows from the features
        body.remove("force_node_selection");
        body.put("id", job.id);
        body.put("account_id", world.accountId);
        body.put("state", 1L);
        body.putAll(changes);
        update(job, body, by);
    }

    public void delete(JobRecord job, Actor by) {
        job.deleted = true;
        job.updatedAt = world.now();
        world.activeJobs.remove(job.id);
        scheduler.reschedule(job);
        world.ledger.write(() -> new SandboxEvent.JobDeleted(world.now(), job.view(), by));
        scheduler.orphan(job);
    }
}
