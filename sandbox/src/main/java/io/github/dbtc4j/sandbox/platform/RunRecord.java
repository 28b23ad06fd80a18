package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.RunView;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A run and what became of it.
public final class RunRecord {

    /// The branch that is checked out where none is asked for.
    static final String MAIN = "main";

    public static final int QUEUED = 1;
    public static final int STARTING = 2;
    public static final int RUNNING = 3;
    public static final int SUCCESS = 10;
    public static final int ERROR = 20;
    public static final int CANCELLED = 30;

    public final long id;
    public final int number;
    public final JobRecord job;
    public final EnvironmentRecord environment;
    public final TriggerRecord trigger;
    public final RunPlan plan;
    public final Instant createdAt;
    public final Instant visibleAt;
    public final String dbtVersion;

    /// The run this one retries, or null.
    public final @Nullable RunRecord retried;

    /// CI as the platform does it itself: beside other pull requests' runs, without a run slot.
    final boolean nativeCi;

    /// The job's own values of environment variables when it was queued.
    final Map<String, String> variables;

    public int status = QUEUED;
    public @Nullable String statusMessage;
    public @Nullable String commit;
    public @Nullable Long deferredTo;
    public Instant updatedAt;
    public @Nullable Instant dequeuedAt;
    public @Nullable Instant startedAt;
    public @Nullable Instant finishedAt;
    public @Nullable Actor cancelRequestedBy;
    TimerQueue.@Nullable Timer progress;
    TimerQueue.@Nullable Timer cancel;
    private Json.@Nullable Written triggerShape;

    public RunRecord(
            long id,
            int number,
            JobRecord job,
            EnvironmentRecord environment,
            TriggerRecord trigger,
            RunPlan plan,
            @Nullable RunRecord retried,
            boolean nativeCi,
            Map<String, String> variables,
            Instant createdAt,
            Instant visibleAt) {
        this.id = id;
        this.number = number;
        this.job = job;
        this.environment = environment;
        this.trigger = trigger;
        this.plan = plan;
        this.retried = retried;
        this.nativeCi = nativeCi;
        this.variables = variables;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.visibleAt = visibleAt;
        String override = trigger.text("dbt_version_override");
        String own = job.definition.dbtVersion();
        this.dbtVersion =
                override != null ? override : own != null ? own : environment.dbtVersion();
    }

    public boolean isTerminal() {
        return status >= SUCCESS;
    }

    boolean isUnderWay() {
        return status == STARTING || status == RUNNING;
    }

    /// Its trigger as the API shows it, which is the same for ever.
    ///
    /// @param made called for the first time only
    public Json.Written triggerShape(Supplier<Json.Written> made) {
        Json.Written shape = triggerShape;
        if (shape == null) {
            shape = made.get();
            triggerShape = shape;
        }
        return shape;
    }

    /// How long it may execute: what its trigger or job says, but no longer than the account
    /// allows.
    Duration timeout() {
        Long override = trigger.number("timeout_seconds_override");
        Duration own =
                Duration.ofSeconds(override != null ? override : job.definition.timeoutSeconds());
        Duration most = Scheduler.ACCOUNT_TIMEOUT;
        return own.isPositive() && own.compareTo(most) < 0 ? own : most;
    }

    /// What it checks out unless it asks for a commit: the branch of its trigger, else of its
    /// environment.
    public String branch() {
        String asked = trigger.text("git_branch");
        String custom = environment.customBranch();
        return asked != null ? asked : custom != null ? custom : MAIN;
    }

    /// Whether a step that generates the documentation came to a good end.
    public boolean hasDocs() {
        return stepsBegun(updatedAt).stream()
                .anyMatch(step -> step.generatesDocs() && statusOf(step, updatedAt) == SUCCESS);
    }

    /// The runs of its job it waits for.
    public List<Long> blockedBy() {
        var ids = new ArrayList<Long>();
        if (status == QUEUED) {
            for (RunRecord other : job.active) {
                if (other.id >= id) {
                    break;
                }
                if (!nativeCi || isOfSamePullRequest(other)) {
                    ids.add(other.id);
                }
            }
        }
        return ids;
    }

    boolean isOfSamePullRequest(RunRecord other) {
        Map<String, Long> own = trigger.pullRequest();
        return !own.isEmpty() && own.equals(other.trigger.pullRequest());
    }

    public Duration queuedFor(Instant now) {
        Instant end = startedAt != null ? startedAt : finishedAt != null ? finishedAt : now;
        return Duration.between(createdAt, end);
    }

    public Duration ranFor(Instant now) {
        return startedAt == null
                ? Duration.ZERO
                : Duration.between(startedAt, finishedAt != null ? finishedAt : now);
    }

    public Duration tookSoFar(Instant now) {
        return Duration.between(createdAt, finishedAt != null ? finishedAt : now);
    }

    /// The steps that have begun, oldest first.
    public List<RunPlan.Step> stepsBegun(Instant now) {
        Duration ran = ranFor(now);
        return startedAt == null
                ? List.of()
                : plan.steps().stream()
                        .filter(step -> step.from().compareTo(ran) < 0 || step.from().isZero())
                        .toList();
    }

    public int statusOf(RunPlan.Step step, Instant now) {
        if (step.until().compareTo(ranFor(now)) > 0) {
            return isTerminal() ? status : RUNNING;
        }
        return status == ERROR && step.equals(plan.steps().getLast()) ? ERROR : SUCCESS;
    }

    public RunView view() {
        return new RunView(
                id,
                job.id,
                job.definition.name(),
                environment.project().id(),
                environment.project().name(),
                environment.id(),
                environment.name(),
                dbtVersion,
                trigger.cause(),
                trigger.category(),
                trigger.text("git_sha"),
                trigger.text("git_branch"),
                trigger.pullRequest(),
                trigger.text("schema_override"),
                variables,
                commit,
                status,
                statusMessage,
                !nativeCi,
                createdAt,
                dequeuedAt,
                startedAt,
                finishedAt,
                status == CANCELLED ? cancelRequestedBy : null);
    }
}
