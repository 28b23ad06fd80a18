package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.RetryRules;
import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.Responses;
import io.github.dbtc4j.sandbox.request.RoutedRequest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// `/runs/…` and `/steps/…`: runs, their cancelling, retrying and files.
final class RunApi {

    private static final Duration LATE = Duration.ofSeconds(5);

    private final World world;
    private final Scheduler scheduler;
    private final RunList list;

    RunApi(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
        this.list = new RunList(world);
    }

    Response answer(RoutedRequest call) {
        List<String> path = call.path();
        if (path.size() == 1) {
            get(call);
            return list.answer(call);
        }
        RunRecord run = run(call.id(1));
        if (path.size() == 2) {
            get(call);
            if (run.job.deleted && world.switches.is(Assumption.ReadOfDeletedJobsRun.NOT_FOUND)) {
                throw Responses.notFound();
            }
            call.query().allow(Set.of("include_related"));
            return Responses.ok(RunJson.of(run, world, call.query().included(), true));
        }
        if (path.get(2).equals("artifacts")) {
            get(call);
            call.query().allow(Set.of("include_related", "step"));
            return path.size() == 3 ? artifacts(run, call) : artifact(run, call);
        }
        if (path.size() == 3 && path.get(2).equals("cancel")) {
            return cancel(run, call);
        }
        if (path.size() == 3 && path.get(2).equals("retry")) {
            return call.isGet() ? retryDetails(run) : retry(run, call);
        }
        throw Responses.notFound();
    }

    Response step(RoutedRequest call) {
        get(call);
        if (call.path().size() != 2) {
            throw Responses.notFound();
        }
        call.query().allow(Set.of("include_related"));
        long id = call.id(1);
        RunRecord run = world.runOfStep(id);
        int index = World.indexOfStep(id);
        if (run == null || index < 1 || index > run.stepsBegun(world.now()).size()) {
            throw Responses.notFound();
        }
        boolean debug = call.query().included().contains("debug_logs");
        return Responses.ok(StepJson.of(run, index, world, debug));
    }

    /// A file of the job's latest run that has it.
    Response latestArtifact(JobRecord job, RoutedRequest call) {
        get(call);
        for (int i = job.runs.size() - 1; i >= 0; i--) {
            if (RunJson.hasArtifacts(job.runs.get(i))) {
                return artifact(job.runs.get(i), call);
            }
        }
        throw Responses.notFound();
    }

    private Response cancel(RunRecord run, RoutedRequest call) {
        if (!call.isPost()) {
            throw Responses.methodNotAllowed(call.method());
        }
        call.query().allow(Set.of());
        if (run.isTerminal()) {
            switch (world.switches.get(Assumption.CancelOfFinishedRun.class)) {
                case UNCHANGED -> {}
                case REJECTED -> throw Responses.impossible("The run has already finished.");
                case NOT_FOUND -> throw Responses.notFound();
            }
        }
        scheduler.cancel(run, call.by());
        return Responses.ok(RunJson.of(run, world, Set.of(), false));
    }

    private Response retry(RunRecord run, RoutedRequest call) {
        if (!call.isPost()) {
            throw Responses.methodNotAllowed(call.method());
        }
        call.query().allow(Set.of());
        String reason = RetryRules.refusal(run);
        if (run.job.deleted) {
            throw Responses.notFound();
        }
        if (reason != null) {
            throw world.switches.is(Assumption.RefusedRetry.REJECTED)
                    ? Responses.impossible("This run cannot be retried: " + reason)
                    : Responses.notFound();
        }
        RunRecord retry =
                scheduler.queue(
                        run.job,
                        Map.of("cause", "Retry of run " + run.id),
                        "rerun",
                        call.by(),
                        run);
        return Responses.ok(RunJson.of(retry, world, Set.of("trigger", "job"), false));
    }

    private Response retryDetails(RunRecord run) {
        String reason = RetryRules.refusal(run);
        RunPlan.Step failed = RetryRules.failedStep(run);
        if (reason != null || failed == null) {
            throw world.switches.is(Assumption.RefusedRetry.REJECTED)
                    ? Responses.impossible("This run cannot be retried: " + reason)
                    : Responses.notFound();
        }
        var details = new LinkedHashMap<String, Object>();
        details.put("failed_step", Objects.requireNonNull(failed.command()));
        details.put("skipped_steps", run.plan.skipped());
        return Responses.ok(details);
    }

    /// Whether the files are there, but cannot be had yet.
    private boolean isLate(RunRecord run) {
        return world.switches.is(Assumption.LateArtifacts.LATE)
                && run.status == RunRecord.SUCCESS
                && run.updatedAt.plus(LATE).isAfter(world.now());
    }

    private Response artifacts(RunRecord run, RoutedRequest call) {
        if (!RunJson.hasArtifacts(run) || isLate(run)) {
            throw Responses.notFound();
        }
        return Responses.ok(new Artifacts(run, world).paths(call.query().number("step")));
    }

    private Response artifact(RunRecord run, RoutedRequest call) {
        if (!RunJson.hasArtifacts(run) || isLate(run)) {
            throw Responses.notFound();
        }
        String path = String.join("/", call.path().subList(3, call.path().size()));
        return new Artifacts(run, world).file(path, call.query().number("step"));
    }

    private RunRecord run(long id) {
        RunRecord run = world.run(id);
        if (run == null) {
            throw Responses.notFound();
        }
        return run;
    }

    private static void get(RoutedRequest call) {
        if (!call.isGet()) {
            throw Responses.methodNotAllowed(call.method());
        }
    }
}
