package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Queues runs, starts them when a run slot and their job are free, and ends them.
///
/// A run starts only when the account has a free run slot and no other run of its job is under way;
/// otherwise it stays queued, and runs of other jobs may overtake it (documentation of the job
/// scheduler).
public final class Scheduler {

    public static final int QUEUE_LIMIT = 50;
    public static final Duration ACCOUNT_TIMEOUT = Duration.ofDays(1);

    private static final String BY_USER = "Cancelled by user.";

    /// Slots of an account that does not tell how many it has.
    private static final int PLENTY = 1_000;

    private static final Duration REACTION = Duration.ofMillis(70);
    private static final int FAILURES_TO_DEACTIVATE = 100;

    private final World world;
    private final TreeMap<Long, RunRecord> queue = new TreeMap<>();
    private int slotsInUse;
    private boolean looksSoon;

    public Scheduler(World world) {
        this.world = world;
    }

    public int queued() {
        return queue.size();
    }

    /// Puts a new run at the end of the queue. It starts a moment later at the earliest.
    public RunRecord queue(
            JobRecord job,
            Map<String, Object> fields,
            String category,
            Actor by,
            @Nullable RunRecord retried) {
        Instant now = world.now();
        int number = world.nextRunNumber();
        long id = World.runId(number);
        var trigger = new TriggerRecord(World.triggerId(number), fields, category, now, by);
        RunPlan plan =
                RunPlan.of(
                        world.outcomeFor(job, trigger),
                        job.isCi(),
                        RunPlan.commands(job.definition, trigger),
                        world.options.pace(),
                        world.chance(id, SeededRandom.Topic.RUN));
        boolean nativeCi = job.isCi() && !trigger.pullRequest().isEmpty() && world.hasNativeCi();
        var run =
                new RunRecord(
                        id,
                        number,
                        job,
                        world.environmentOf(job),
                        trigger,
                        plan,
                        retried,
                        nativeCi,
                        world.variablesOf(job.id),
                        now,
                        world.visibleAt(id, now));
        world.add(run);
        queue.put(id, run);
        world.ledger.write(() -> new SandboxEvent.RunQueued(now, run.view()));
        supersede(run);
        lookSoon();
        return run;
    }

    /// Cancels a run: a queued one at once, one under way seconds later unless it ends before.
    public void cancel(RunRecord run, Actor by) {
        if (run.isTerminal()) {
            return;
        }
        requestCancel(run, by);
        if (run.status == RunRecord.QUEUED) {
            finish(run, RunRecord.CANCELLED, BY_USER);
        } else if (run.cancel == null) {
            run.cancel = after(run.plan.cancel(), () -> finish(run, RunRecord.CANCELLED, BY_USER));
        }
    }

    /// Ends the runs of a job that was just deleted: none executes without its job.
    public void orphan(JobRecord job) {
        String message = "The job of this run was deleted.";
        for (RunRecord run : List.copyOf(job.active)) {
            if (run.status != RunRecord.RUNNING) {
                requestCancel(run, Actor.SYSTEM);
                finish(run, RunRecord.CANCELLED, message);
            } else if (world.switches.is(Assumption.RunsOfDeletedJob.CANCELLED)
                    && run.cancel == null) {
                requestCancel(run, Actor.SYSTEM);
                run.cancel =
                        after(run.plan.cancel(), () -> finish(run, RunRecord.CANCELLED, message));
            }
        }
    }

    /// Fires `job`'s schedule from now on, or no longer.
    public void reschedule(JobRecord job) {
        if (job.schedule != null) {
            job.schedule.off();
        }
        job.nextRun = null;
        if (world.options.schedules()
                && !job.deleted
                && !job.deactivated
                && job.definition.isTriggered("schedule")) {
            Cron.parse(job.definition.cron())
                    .next(world.now())
                    .ifPresent(next -> {
                        job.nextRun = next;
                        job.schedule = world.clock.at(next, now -> fire(job));
                    });
        }
    }

    /// Starts the runs that may start, after all else that happens at this moment.
    public void lookSoon() {
        if (!looksSoon) {
            looksSoon = true;
            after(REACTION, this::startWhatMay);
        }
    }

    private void fire(JobRecord job) {
        reschedule(job);
        List<RunRecord> waiting = List.copyOf(job.active);
        queue(job, Map.of("cause", "scheduled"), "scheduled", Actor.SYSTEM, null);
        for (RunRecord run : waiting) {
            if (run.status == RunRecord.QUEUED && run.trigger.category().equals("scheduled")) {
                requestCancel(run, Actor.SYSTEM);
                finish(
                        run,
                        RunRecord.CANCELLED,
                        "This run was cancelled because a newer scheduled run of the job was"
                                + " queued.");
            }
        }
    }

    /// Cancels what a new run makes stale: earlier commits' runs of its pull request where the
    /// platform does CI itself, earlier queued runs of a merge job.
    private void supersede(RunRecord run) {
        boolean merges = run.job.definition.jobType().equals("merge");
        for (RunRecord other : List.copyOf(run.job.active)) {
            boolean stale =
                    (merges && other.status == RunRecord.QUEUED)
                            || (run.nativeCi
                                    && other.nativeCi
                                    && run.isOfSamePullRequest(other)
                                    && !isOfSameCommit(run, other));
            if (stale && other != run && other.cancelRequestedBy == null) {
                requestCancel(other, Actor.SYSTEM);
                String message = "This run was cancelled because a newer commit was pushed.";
                if (other.status == RunRecord.QUEUED) {
                    finish(other, RunRecord.CANCELLED, message);
                } else {
                    other.cancel =
                            after(
                                    other.plan.cancel(),
                                    () -> finish(other, RunRecord.CANCELLED, message));
                }
            }
        }
    }

    private static boolean isOfSameCommit(RunRecord one, RunRecord other) {
        String sha = one.trigger.text("git_sha");
        return sha != null && sha.equals(other.trigger.text("git_sha"));
    }

    private void startWhatMay() {
        looksSoon = false;
        int slots = world.runSlots == null ? PLENTY : world.runSlots;
        for (RunRecord run : new ArrayList<>(queue.values())) {
            if ((run.nativeCi || slotsInUse < slots) && isJobFreeFor(run)) {
                start(run);
            }
        }
    }

    private static boolean isJobFreeFor(RunRecord run) {
        for (RunRecord other : run.job.active) {
            boolean inTheWay =
                    !run.nativeCi || (other.id < run.id && run.isOfSamePullRequest(other));
            if (other.isUnderWay() && inTheWay) {
                return false;
            }
        }
        return true;
    }

    private void start(RunRecord run) {
        queue.remove(run.id);
        slotsInUse += run.nativeCi ? 0 : 1;
        Instant now = world.now();
        run.status = RunRecord.STARTING;
        run.dequeuedAt = now;
        run.updatedAt = now;
        run.progress = after(run.plan.prep(), () -> execute(run));
        world.ledger.write(() -> new SandboxEvent.RunStarting(now, run.view()));
    }

    private void execute(RunRecord run) {
        if (run.plan.ending() == ScriptedOutcome.Ending.INTERNAL_ERROR) {
            finish(run, RunRecord.ERROR, "Internal error");
            return;
        }
        Instant now = world.now();
        run.status = RunRecord.RUNNING;
        run.startedAt = now;
        run.updatedAt = now;
        run.deferredTo = world.deferredTo(run.job.definition);
        run.commit = run.trigger.text("git_sha");
        if (run.commit == null) {
            run.commit = commitOf(run, world);
        }
        Duration limit = run.timeout();
        if (run.plan.execution().compareTo(limit) > 0) {
            run.progress = after(limit, () -> finish(run, RunRecord.CANCELLED, timedOut(limit)));
        } else {
            run.progress = after(run.plan.execution(), () -> finish(run, run.plan.status(), null));
        }
        world.ledger.write(() -> new SandboxEvent.RunRunning(now, run.view()));
    }

    /// The head of the branch of a run that asks for no commit: each branch has its own.
    public static String commitOf(RunRecord run, World world) {
        String branch = run.branch();
        long project = run.environment.project().id();
        long head =
                branch.equals(RunRecord.MAIN) ? project : project ^ (long) branch.hashCode() << 32;
        SeededRandom chance = world.chance(head, SeededRandom.Topic.COMMIT);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(chance.nextLong())
                + hex.toHexDigits(chance.nextLong())
                + hex.toHexDigits((int) chance.nextLong());
    }

    private static String timedOut(Duration limit) {
        return "This run timed out after running for %s, which exceeded the configured timeout of %d seconds."
                .formatted(Humanize.words(limit), limit.toSeconds());
    }

    private void requestCancel(RunRecord run, Actor by) {
        if (run.cancelRequestedBy == null) {
            run.cancelRequestedBy = by;
        }
        world.ledger.write(() -> new SandboxEvent.CancelRequested(world.now(), run.view(), by));
    }

    private void finish(RunRecord run, int status, @Nullable String message) {
        if (run.progress != null) {
            run.progress.off();
        }
        if (run.cancel != null) {
            run.cancel.off();
        }
        if (run.status == RunRecord.QUEUED) {
            queue.remove(run.id);
        } else if (!run.nativeCi) {
            slotsInUse--;
        }
        Instant now = world.now();
        run.job.active.remove(run);
        world.activeRuns.remove(run.id);
        run.status = status;
        run.statusMessage = message;
        run.finishedAt = now;
        run.updatedAt = now;
        count(run);
        world.ledger.write(() -> new SandboxEvent.RunFinished(now, run.view()));
        for (JobRecord job : world.activeJobs.values()) {
            if (!job.deactivated && job.definition.startsAfter(run.job.id, status)) {
                queue(job, Map.of("cause", "job completion"), "job completion", Actor.SYSTEM, null);
            }
        }
        lookSoon();
    }

    private void count(RunRecord run) {
        JobRecord job = run.job;
        if (run.status == RunRecord.SUCCESS) {
            world.succeeded(run);
        } else if (run.status == RunRecord.ERROR && ++job.failures >= FAILURES_TO_DEACTIVATE) {
            job.deactivated = true;
            reschedule(job);
        }
    }

    private TimerQueue.Timer after(Duration time, Runnable action) {
        return world.clock.at(world.now().plus(time), now -> action.run());
    }
}
