package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Guess;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.Retries;
import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.Answers;
import io.github.dbtc4j.sandbox.request.Call;

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

    Response answer(Call call) {
        List<String> path = call.path();
        if (path.size() == 1) {
            get(call);
            return list.answer(call);
        }
        RunRecord run = run(call.id(1));
        if (path.size() == 2) {
            get(call);
            if (run.job.deleted && world.switches.is(Guess.ReadOfDeletedJobsRun.NOT_FOUND)) {
                throw Answers.notFound();
            }
            call.query().allow(Set.of("include_related"));
            return Answers.ok(RunShape.of(run, world, call.query().included(), true));
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
        throw Answers.notFound();
    }

    Response step(Call call) {
        get(call);
        if (call.path().size() != 2) {
            throw Answers.notFound();
        }
        call.query().allow(Set.of("include_related"));
        long id = call.id(1);
        RunRecord run = world.runOfStep(id);
        int index = World.indexOfStep(id);
        if (run == null || index < 1 || index > run.stepsBegun(world.now()).size()) {
            throw Answers.notFound();
        }
        boolean debug = call.query().included().contains("debug_logs");
        return Answers.ok(StepShape.of(run, index, world, debug));
    }

    /// A file of the job's latest run that has it.
    Response latestArtifact(JobRecord job, Call call) {
        get(call);
        for (int i = job.runs.size() - 1; i >= 0; i--) {
            if (RunShape.hasArtifacts(job.runs.get(i))) {
                return artifact(job.runs.get(i), call);
            }
        }
        throw Answers.notFound();
    }

    private Response cancel(RunRecord run, Call call) {
        if (!call.isPost()) {
            throw Answers.methodNotAllowed(call.method());
        }
        call.query().allow(Set.of());
        if (run.isTerminal()) {
            switch (world.switches.get(Guess.CancelOfFinishedRun.class)) {
                case UNCHANGED -> {}
                case REJECTED -> throw Answers.impossible("The run has already finished.");
                case NOT_FOUND -> throw Answers.notFound();
            }
        }
        scheduler.cancel(run, call.by());
        return Answers.ok(RunShape.of(run, world, Set.of(), false));
    }

    private Response retry(RunRecord run, Call call) {
        if (!call.isPost()) {
            throw Answers.methodNotAllowed(call.method());
        }
        call.query().allow(Set.of());
        String reason = Retries.refusal(run);
        if (run.job.deleted) {
            throw Answers.notFound();
        }
        if (reason != null) {
            throw world.switches.is(Guess.RefusedRetry.REJECTED)
                    ? Answers.impossible("This run cannot be retried: " + reason)
                    : Answers.notFound();
        }
        RunRecord retry =
                scheduler.queue(
                        run.job,
                        Map.of("cause", "Retry of run " + run.id),
                        "rerun",
                        call.by(),
                        run);
        return Answers.ok(RunShape.of(retry, world, Set.of("trigger", "job"), false));
    }

    private Response retryDetails(RunRecord run) {
        String reason = Retries.refusal(run);
        RunPlan.Step failed = Retries.failedStep(run);
        if (reason != null || failed == null) {
            throw world.switches.is(Guess.RefusedRetry.REJECTED)
                    ? Answers.impossible("This run cannot be retried: " + reason)
                    : Answers.notFound();
        }
        var details = new LinkedHashMap<String, Object>();
        details.put("failed_step", Objects.requireNonNull(failed.command()));
        details.put("skipped_steps", run.plan.skipped());
        return Answers.ok(details);
    }

    /// Whether the files are there, but cannot be had yet.
    private boolean isLate(RunRecord run) {
        return world.switches.is(Guess.LateArtifacts.LATE)
                && run.status == RunRecord.SUCCESS
                && run.updatedAt.plus(LATE).isAfter(world.now());
    }

    private Response artifacts(RunRecord run, Call call) {
        if (!RunShape.hasArtifacts(run) || isLate(run)) {
            throw Answers.notFound();
        }
        return Answers.ok(new Artifacts(run, world).paths(call.query().number("step")));
    }

    private Response artifact(RunRecord run, Call call) {
        if (!RunShape.hasArtifacts(run) || isLate(run)) {
            throw Answers.notFound();
        }
        String path = String.join("/", call.path().subList(3, call.path().size()));
        return new Artifacts(run, world).file(path, call.query().number("step"));
    }

    private RunRecord run(long id) {
        RunRecord run = world.run(id);
        if (run == null) {
            throw Answers.notFound();
        }
        return run;
    }

    private static void get(Call call) {
        if (!call.isGet()) {
            throw Answers.methodNotAllowed(call.method());
        }
    }
}
