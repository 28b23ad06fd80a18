package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.autoscaler.clone.ThrowAwayJob;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What every experiment of `dbtc probe` needs: own jobs and runs, time, and where answers go.
///
/// At most one throw-away job is there at any moment.
final class ProbeBench {

    /// How often a run is looked at.
    static final Duration RHYTHM = Duration.ofSeconds(2);

    static final Duration RUN_LIMIT = Duration.ofMinutes(30);
    static final Duration START_LIMIT = Duration.ofMinutes(10);

    /// Longer than a cancel takes.
    static final Duration END_LIMIT = Duration.ofMinutes(3);

    private static final String SCHEMA = "dbtc_probe";
    private static final String CAUSE = "dbtc probe";

    /// Others use a throw-away job: it is theirs from now on.
    static final class Used extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final ProbePlatform platform;
    final ProbeReport report;
    final Job base;
    private final SystemContext system;
    private final List<String> steps;

    /// @param steps what a throw-away job's runs execute
    ProbeBench(
            ProbePlatform platform,
            ProbeReport report,
            Job base,
            SystemContext system,
            List<String> steps) {
        this.platform = platform;
        this.report = report;
        this.base = base;
        this.system = system;
        this.steps = steps;
    }

    /// The body that creates a throw-away job, without what may be left out.
    Map<String, @Nullable Object> bareJob() {
        return ThrowAwayJob.definition(base, steps, system.now(), system.random(), RUN_LIMIT);
    }

    /// The same with all keys that a platform may want to see.
    Map<String, @Nullable Object> job(String type) {
        Map<String, @Nullable Object> job = bareJob();
        job.put("id", null);
        job.put("schedule", ThrowAwayJob.schedule());
        job.put("job_type", type);
        return job;
    }

    ProbeReply create(Map<String, @Nullable Object> job) {
        return platform.send(ProbeCall.CREATE, 0, job);
    }

    static long id(ProbeReply reply) {
        return ProbeReply.number(reply.data(), "id");
    }

    /// @throws Used when others triggered a run of it
    ProbeReply delete(long job) {
        platform.send(ProbeCall.RUNS, job);
        if (platform.isUsed(job)) {
            throw new Used();
        }
        return platform.send(ProbeCall.DELETE, job);
    }

    ProbeReply trigger(long job) {
        return trigger(job, Map.of());
    }

    /// @param more fields of the trigger beside the usual ones
    ProbeReply trigger(long job, Map<String, ?> more) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("cause", CAUSE);
        body.put("schema_override", SCHEMA);
        body.putAll(more);
        return platform.send(ProbeCall.TRIGGER, job, body);
    }

    ProbeRun look(long run) {
        return ProbeRun.of(platform.send(ProbeCall.RUN, run));
    }

    /// Looks at `run` until `enough` holds or `limit` has passed; the last look.
    ProbeRun await(long run, Predicate<ProbeRun> enough, Duration limit)
            throws InterruptedException {
        long start = system.nanoTime();
        ProbeRun seen = look(run);
        while (!enough.test(seen) && !passed(start, limit)) {
            pause(RHYTHM);
            seen = look(run);
        }
        return seen;
    }

    void pause(Duration time) throws InterruptedException {
        system.sleep(time);
    }

    long nanos() {
        return system.nanoTime();
    }

    boolean passed(long start, Duration limit) {
        return system.nanoTime() - start >= limit.toNanos();
    }

    /// Whole seconds from `start`, begun ones not counted: `7 s`.
    String secondsSince(long start) {
        return Duration.ofNanos(system.nanoTime() - start).toSeconds() + " s";
    }

    /// Ends every run of `job` and waits for that.
    void quiet(long job) throws InterruptedException {
        platform.send(ProbeCall.RUNS, job);
        for (long run : platform.activeRuns()) {
            end(run);
        }
    }

    /// Cancels `run` and waits for its end.
    void end(long run) throws InterruptedException {
        platform.send(ProbeCall.CANCEL, run);
        await(run, ProbeRun::isOver, END_LIMIT);
    }
}
