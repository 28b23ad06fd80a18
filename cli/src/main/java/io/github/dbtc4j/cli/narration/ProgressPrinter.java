package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.Stderr;
import io.github.dbtc4j.cli.terminal.Tone;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.Exchange;
import io.github.dbtc4j.client.Wait;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.pipeline.report.Placement;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Prints on standard error what happens and why, for people.
///
/// Events come from the thread that works and from the one that a signal starts.
public final class ProgressPrinter implements ProgressListener {

    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

    private final Stderr stderr;
    private final BooleanSupplier quiet;
    private final WaitingLine waiting;
    private volatile boolean ended;
    private final Progress progress = new Progress();
    private final Set<Long> linked = new HashSet<>();
    private final Set<Reason> told = new HashSet<>();
    private final Set<JobId> clones = new LinkedHashSet<>();
    private final Set<Long> cancelled = new LinkedHashSet<>();
    private final Set<Long> triggered = new LinkedHashSet<>();
    private final List<String> reasons = new ArrayList<>();
    private Placement lane = Placement.NONE;
    private @Nullable Run run;

    /// @param quiet whether only what went wrong and how it ended is to be said
    public ProgressPrinter(Stderr stderr, BooleanSupplier quiet) {
        this(
                stderr,
                quiet,
                new WaitingLine(
                        stderr,
                        SystemContext.real(),
                        Thread::startVirtualThread,
                        Thread::startVirtualThread));
    }

    ProgressPrinter(Stderr stderr, BooleanSupplier quiet, WaitingLine waiting) {
        this.stderr = stderr;
        this.quiet = quiet;
        this.waiting = waiting;
    }

    /// Has the line on a terminal say more than the wait sees, as far as `outlook` knows it.
    public void ask(Supplier<RunOutlook> outlook) {
        if (isLive()) {
            waiting.ask(outlook.get());
        }
    }

    @Override
    public synchronized void onEvent(Event event) {
        switch (event) {
            case Event.UnusualJob(var base, var consideration) ->
                    say(PlanText.of(base, consideration));
            case Event.OddGitSha(var sha) ->
                    say("git_sha \"%s\" does not look like a commit.".formatted(sha));
            case Event.NoSchema(var base) -> say(PlanText.withoutSchema(base));
            case Event.Decided(var plan) -> decided(plan);
            case Event.CancelRequested(var id) -> {
                cancelled.add(id.value());
                say("Requested cancellation of run %s.".formatted(id));
            }
            case Event.CancelFailed(var id, var error) ->
                    say("Run %s could not be cancelled: %s".formatted(id, message(error)));
            case Event.CloneCreated(var job) -> {
                clones.add(new JobId(job.id()));
                say("Created clone %d (%s).".formatted(job.id(), job.name()));
            }
            case Event.CostOptimizationLeftOut(var error) ->
                    say(
                            "The platform rejects a clone with the job's"
                                    + " cost_optimization_features; clones lack them: "
                                    + message(error));
            case Event.CloneRefused(var error) ->
                    say(
                            "The platform rejects a clone of the job, so the run queues: "
                                    + message(error));
            case Event.OverridesCopied(var job, var names) ->
                    say("Gave clone %s the variables %s.".formatted(job, list(names)));
            case Event.SecretsLeftOut(var job, var names) ->
                    say(
                            "Clone %s lacks the secret variables %s: the API masks them."
                                    .formatted(job, list(names)));
            case Event.OverridesUnreadable(var base, var error) ->
                    say(
                            "The variables of job %s cannot be read; a clone lacks them: %s"
                                    .formatted(base, message(error)));
            case Event.AccountUnreadable(var error) ->
                    say("The account's plan and run slots cannot be read: " + message(error));
            case Event.RunTriggered(var own) -> {
                run = own;
                triggered.add(own.id());
                linked.add(own.id());
                if (isLive()) {
                    waiting.triggered(own);
                }
                say(
                        "Triggered run %d on job %d:%s"
                                .formatted(own.id(), own.jobId(), VerdictText.link(own)));
            }
            case Event.CloneAwaited(var job) ->
                    say(
                            "Waiting for the run's end, after which clone %s is deleted;"
                                            .formatted(job)
                                    + " --cleanup=idle would not wait.");
            case Event.WriteUnconfirmed(var lost, var error) ->
                    say(
                            "No response: %s Checking whether the request took effect before retrying."
                                    .formatted(message(error)));
            case Event.WriteInterrupted _ ->
                    say(
                            "Going on where another process ended in the middle of a write."
                                    + " Looking for what it did before asking again.");
            case Event.RunFound(var id) -> {
                triggered.add(id.value());
                say("Found run %s: the request had succeeded.".formatted(id));
            }
            case Event.CloneFound(var job) -> {
                clones.add(job);
                say("Found clone %s: the request had succeeded.".formatted(job));
            }
            case Event.LaneGone(var job) ->
                    say("Clone %s was deleted before a run was triggered on it.".formatted(job));
            case Event.Progress(var seen, var elapsed) -> {
                run = seen;
                if (isLive()) {
                    waiting.saw(seen, elapsed);
                } else {
                    progress.line(seen, elapsed).ifPresent(line -> say(line + linkOnce(seen)));
                }
            }
            case Event.RetryAhead(var failed, var delay, var left) ->
                    say(RetryText.ahead(failed, delay, left));
            case Event.Retrying(var failed, var details) -> say(RetryText.begins(failed, details));
            case Event.NotRetried(var failed, var reason) -> say(RetryText.refused(failed, reason));
            case Event.RetryRefused(var failed, var error) ->
                    say("Run %d is not retried: %s".formatted(failed.id(), message(error)));
            case Event.CloneDeleted(var job) -> {
                clones.remove(job);
                say("Deleted clone %s.".formatted(job));
            }
            case Event.CloneKept(var job, var why) ->
                    say("Clone %s was not deleted: %s".formatted(job, why));
            case Event.CloneReaped(var evidence, var ttl) ->
                    say(
                            "Deleted clone %s (%s): idle for more than %s."
                                    .formatted(
                                            evidence.job(), evidence.name(), Durations.clock(ttl)));
            case Event.ReapFailed(var error) -> say("Cannot list idle clones: " + message(error));
        }
    }

    /// Says that a request is sent again later, when that takes long enough to matter.
    public void waiting(Wait wait) {
        if (wait.duration().compareTo(WORTH_TELLING) >= 0) {
            say(
                    "%s %s: %s; trying again in %s."
                            .formatted(
                                    wait.method(),
                                    wait.path(),
                                    wait.reason(),
                                    Durations.clock(wait.duration())));
        }
    }

    /// Says how it ended, in `sentence`.
    public synchronized void ended(Outcome outcome, String sentence) {
        if (outcome.answer() != null) {
            run = outcome.answer().data();
        }
        conclude(Line.of(tone(outcome.verdict()), sentence));
    }

    /// Says one sentence.
    public void say(String sentence) {
        say(Line.of(sentence));
    }

    /// Says which request was sent and what came of it.
    public void exchanged(Exchange exchange) {
        stderr.line(
                Line.of(
                        Tone.DIM,
                        "%s %s %s %d ms"
                                .formatted(
                                        exchange.method(),
                                        exchange.path(),
                                        exchange.result(),
                                        exchange.took().toMillis())));
    }

    /// Says how the command ends, also to those who want no more than that.
    public void conclude(String sentence) {
        conclude(Line.of(sentence));
    }

    private synchronized void conclude(Line sentence) {
        ending();
        stderr.line(sentence);
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Succeeded _ -> Tone.GOOD;
            case Verdict.Failed _, Verdict.Conflicted _, Verdict.DeadlinePassed _ -> Tone.BAD;
            case Verdict.Triggered _, Verdict.Cancelled _, Verdict.Superseded _ -> Tone.PLAIN;
        };
    }

    /// From now on all is said: it is about how the command ends.
    public synchronized void ending() {
        waiting.close();
        ended = true;
    }

    /// Says one sentence in colours, on a terminal.
    public void say(Line sentence) {
        if (ended || !quiet.getAsBoolean()) {
            stderr.line(sentence);
        }
    }

    private boolean isLive() {
        return stderr.isLive() && !quiet.getAsBoolean();
    }

    /// The last run that was triggered, unless it is known to have ended.
    public synchronized Optional<Run> unfinishedRun() {
        return Optional.ofNullable(run).filter(run -> !run.status().isTerminal());
    }

    /// Returns the last run that was triggered, active or not.
    public synchronized Optional<Run> lastRun() {
        return Optional.ofNullable(run);
    }

    /// The clones that were made and not deleted.
    public synchronized List<JobId> clonesLeft() {
        return List.copyOf(clones);
    }

    /// Returns the runs of other invocations with a cancel request.
    public synchronized List<Long> cancelled() {
        return cancelled.stream().filter(run -> !triggered.contains(run)).toList();
    }

    /// Whether the cancellation of `run` was requested; false for null.
    public synchronized boolean isCancelled(@Nullable RunId run) {
        return run != null && cancelled.contains(run.value());
    }

    /// Returns the decisions that were printed.
    public synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    /// Where the commit got its run, which is `of`; null when it got none.
    public synchronized Placement decision(@Nullable RunId of) {
        if (of == null) {
            return Placement.NONE;
        }
        if (!triggered.contains(of.value())) {
            return Placement.ATTACH;
        }
        return lane == Placement.NONE ? Placement.BASE : lane;
    }

    private static Placement lane(Plan plan, Placement before) {
        for (Step step : plan.steps()) {
            if (step instanceof Step.Trigger(var lane)) {
                return switch (lane) {
                    case Lane.Base _ -> PlanText.queues(plan) ? Placement.QUEUE : Placement.BASE;
                    case Lane.Clone _, Lane.NewClone _ -> Placement.CLONE;
                };
            }
        }
        return before;
    }

    /// Prints one line a decision. A plan is made anew after every step: only what is new in it is
    /// printed.
    private void decided(Plan plan) {
        List<Reason> news = plan.reasons().stream().filter(told::add).toList();
        boolean attaches = news.stream().anyMatch(Reason.SameCommit.class::isInstance);
        boolean acts = attaches || !(plan.next() instanceof Step.Finish);
        lane = lane(plan, lane);
        plan.reasons().forEach(this::learn);
        if (isLive() && plan.next() instanceof Step.AwaitCompletion(var runs)) {
            waiting.waits("Waiting for the end of " + PlanText.ofRuns(runs));
        }
        if (!news.isEmpty() && acts) {
            String sentence = PlanText.of(news, plan);
            reasons.add(sentence);
            say(sentence);
        }
    }

    /// Whose run it is that others wait for.
    private void learn(Reason reason) {
        if (reason instanceof Reason.BaseBusy(_, var run, var whose) && whose != null) {
            waiting.owner(run.value(), PlanText.of(whose));
        }
        if (reason instanceof Reason.SchemaShared(_, var run, var whose) && whose != null) {
            waiting.owner(run.value(), PlanText.of(whose));
        }
    }

    private String linkOnce(Run seen) {
        return linked.add(seen.id()) ? VerdictText.link(seen) : "";
    }

    private static String message(DbtCloudException error) {
        return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }
}
