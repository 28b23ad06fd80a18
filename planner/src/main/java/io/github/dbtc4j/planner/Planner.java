package io.github.dbtc4j.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The decision table: which run is stale, which lane a run goes to, when an invocation is through.
///
/// Level-triggered: everything is derived from what was seen, so planning again after any mishap is
/// harmless.
public final class Planner {

    /// A cancellation that shows no effect is asked for again after this long.
    static final Duration CANCEL_AGAIN = Duration.ofSeconds(15);

    /// A run that somebody cancelled is looked at for this long before it is called cancelled: a
    /// newer commit's invocation cancels first and triggers afterwards.
    static final Duration SETTLE = Duration.ofSeconds(15);

    /// A write whose answer was lost is looked for this long before it is sent again: effects were
    /// seen to come more than a minute after the client had given up.
    static final Duration READ_BACK = Duration.ofSeconds(100);

    /// At most this many runs are triggered by one invocation, whatever happens to them.
    static final int MAX_RUNS = 4;

    private final Snapshot seen;
    private final CiRequest request;
    private final Policy policy;
    private final Instant now;
    private final List<Step> steps = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    private Planner(Snapshot seen, CiRequest request, Policy policy, Instant now) {
        this.seen = seen;
        this.request = request;
        this.policy = policy;
        this.now = now;
    }

    /// Plans what to do next.
    ///
    /// @param seen the last look, with what this invocation has done since
    /// @param now by the clock that `policy.deadline()` is meant in
    public static Plan plan(Snapshot seen, CiRequest request, Policy policy, Instant now) {
        var planner = new Planner(seen, request, policy, now);
        planner.plan();
        return new Plan(planner.steps, planner.reasons);
    }

    private void plan() {
        Optional<ObservedRun> own = seen.ownRun();
        Lost lost = seen.own().lost();
        if (lost != null && !isPast(lost.since().plus(READ_BACK))) {
            steps.add(new Step.ReadBack(lost));
        } else if (own.isPresent()) {
            hold(own.get());
        } else if (seen.own().run() != null) {
            steps.add(new Step.Watch(seen.own().run()));
        } else if (isPast(policy.deadline())) {
            finish(new Verdict.DeadlinePassed(null));
        } else {
            start();
        }
    }

    /// There is no run yet, or none any more.
    private void start() {
        List<ObservedRun> stale = stale();
        for (ObservedRun run : stale) {
            reasons.add(new Reason.StaleRun(run.id(), run.job()));
            cancel(run);
        }
        Lane lane = lane();
        List<RunId> elsewhere =
                stale.stream().filter(run -> !isOn(lane, run)).map(ObservedRun::id).toList();
        if (!elsewhere.isEmpty()) {
            steps.add(new Step.AwaitEnd(elsewhere));
        }
        trigger(lane);
    }

    /// There is a run: stay with it.
    private void hold(ObservedRun own) {
        switch (own.status()) {
            case SUCCESS -> finish(new Verdict.Succeeded(own.id()));
            case ERROR -> finish(new Verdict.Failed(own.id()));
            case CANCELLED -> afterCancelled(own);
            case QUEUED, STARTING, RUNNING, UNKNOWN -> watch(own);
        }
    }

    private void afterCancelled(ObservedRun own) {
        Optional<ObservedRun> newer = newer(own);
        boolean byUs = seen.own().cancels().containsKey(own.id());
        boolean gone = !seen.isLane(own.job());
        Instant since = seen.own().cancelledSince();
        if (newer.isPresent()) {
            supersede(own, newer.get());
        } else if (byUs && isPast(policy.deadline())) {
            finish(new Verdict.DeadlinePassed(own.id()));
        } else if ((byUs || gone) && seen.own().runs() < MAX_RUNS) {
            if (gone) {
                reasons.add(new Reason.LaneIsGone(own.job()));
            }
            start();
        } else if (since == null || now.isBefore(since.plus(SETTLE))) {
            steps.add(new Step.Watch(own.id()));
        } else {
            finish(new Verdict.Cancelled(own.id()));
        }
    }

    private void watch(ObservedRun own) {
        Optional<ObservedRun> newer = newer(own);
        if (newer.isPresent()) {
            cancel(own);
            supersede(own, newer.get());
        } else if (isPast(policy.deadline())) {
            cancel(own);
            finish(new Verdict.DeadlinePassed(own.id()));
        } else if (!policy.watch() && !(policy.deleteClone() && !isOnBase(own))) {
            finish(new Verdict.Triggered(own.id()));
        } else if (seen.own().cancels().containsKey(own.id())) {
            cancel(own);
            steps.add(new Step.AwaitEnd(List.of(own.id())));
        } else {
            for (ObservedRun run : stale()) {
                reasons.add(new Reason.StaleRun(run.id(), run.job()));
                cancel(run);
            }
            moveToAClone(own);
            steps.add(new Step.Watch(own.id()));
        }
    }

    /// The own run queues behind another pull request's: cloning may have become possible.
    private void moveToAClone(ObservedRun own) {
        if (own.status() != RunStatus.QUEUED
                || !isOnBase(own)
                || platformRunsConcurrently()
                || policy.concurrency() == Concurrency.NATIVE
                || seen.own().runs() >= MAX_RUNS) {
            return;
        }
        Optional<ObservedRun> ahead = busyWith().filter(own::isNewerThan);
        if (ahead.isPresent() && mayClone()) {
            reasons.add(new Reason.WaitsNeedlessly(own.id(), ahead.get().id()));
            cancel(own);
            steps.add(new Step.AwaitEnd(List.of(own.id())));
            trigger(ownClone());
        }
    }

    private Lane lane() {
        JobId base = seen.base().id();
        Optional<ObservedRun> busyWith = busyWith();
        if (platformRunsConcurrently()) {
            reasons.add(new Reason.PlatformRunsConcurrently(base));
            return new Lane.Base(base);
        }
        if (busyWith.isEmpty()) {
            reasons.add(new Reason.BaseIsFree(base));
            return new Lane.Base(base);
        }
        reasons.add(new Reason.BaseIsBusy(base, busyWith.get().id(), busyWith.get().pullRequest()));
        if (policy.concurrency() == Concurrency.NATIVE) {
            reasons.add(new Reason.NativeIsForced(base));
            return new Lane.Base(base);
        }
        return mayClone() ? ownClone() : new Lane.Base(base);
    }

    /// The clone this invocation made, or one that its pull request has already, or a new one.
    private Lane ownClone() {
        Optional<ObservedClone> own =
                seen.clones().stream().filter(it -> it.id().equals(seen.own().lane())).findFirst();
        if (own.isPresent()) {
            return new Lane.Clone(own.get().id());
        }
        Optional<ObservedClone> there =
                seen.clones().stream()
                        .filter(ObservedClone::reusable)
                        .filter(request::isFor)
                        .min(Comparator.comparingLong(it -> it.id().value()));
        there.ifPresent(it -> reasons.add(new Reason.CloneIsThere(it.id())));
        return there.<Lane>map(it -> new Lane.Clone(it.id())).orElseGet(Lane.NewClone::new);
    }

    /// Whether the cap, the account's run slots and the base job's secrets leave room for a clone.
    private boolean mayClone() {
        Integer cap = policy.maxRunSlots();
        long busyLanes =
                seen.runs().stream()
                        .filter(run -> run.isActive() && seen.isLane(run.job()) && !isOurs(run))
                        .map(ObservedRun::job)
                        .distinct()
                        .count();
        if (cap != null && busyLanes >= cap) {
            reasons.add(new Reason.CapIsReached(busyLanes, cap));
            return false;
        }
        return slotsAreLeft() && secretsAllow();
    }

    private boolean slotsAreLeft() {
        Integer runSlots = seen.runSlots();
        if (runSlots == null) {
            reasons.add(new Reason.SlotsAreUnknown());
            return true;
        }
        long used =
                seen.runs().stream()
                        .filter(run -> run.status().isExecuting() && run.usesRunSlot())
                        .filter(run -> !(isOurs(run) && seen.isLane(run.job())))
                        .count();
        boolean left = used < runSlots;
        reasons.add(
                left
                        ? new Reason.SlotsAreFree(used, runSlots)
                        : new Reason.SlotsAreFull(used, runSlots));
        return left;
    }

    private boolean secretsAllow() {
        if (seen.base().secretOverrides().isEmpty()) {
            return true;
        }
        reasons.add(new Reason.SecretsCannotBeCloned(seen.base().secretOverrides()));
        return policy.concurrency() == Concurrency.CLONE;
    }

    private boolean platformRunsConcurrently() {
        return policy.concurrency() == Concurrency.AUTO
                && seen.base().runsConcurrently()
                && request.pullRequest() != null;
    }

    private void trigger(Lane lane) {
        if (lane instanceof Lane.NewClone) {
            steps.add(new Step.CreateClone());
        }
        steps.add(new Step.Trigger(lane));
    }

    private void supersede(ObservedRun own, ObservedRun newer) {
        reasons.add(new Reason.NewerRun(newer.id()));
        finish(new Verdict.Superseded(own.id(), newer.id()));
    }

    private void finish(Verdict verdict) {
        steps.add(new Step.Finish(verdict));
    }

    private void cancel(ObservedRun run) {
        Instant asked = seen.own().cancels().get(run.id());
        if (asked == null || isPast(asked.plus(CANCEL_AGAIN))) {
            steps.add(new Step.Cancel(run.id()));
        }
    }

    /// Older runs of this pull request, in progress on the base job or a clone of it, and further
    /// runs that came of the own nonce.
    private List<ObservedRun> stale() {
        Optional<ObservedRun> own = seen.ownRun().filter(ObservedRun::isActive);
        return seen.runs().stream()
                .filter(run -> run.isActive() && seen.isLane(run.job()))
                .filter(run -> request.isFor(run) || isTwin(run))
                .filter(run -> !run.id().equals(seen.own().run()))
                .filter(run -> own.isEmpty() || isTwin(run) || own.get().isNewerThan(run))
                .toList();
    }

    private boolean isTwin(ObservedRun run) {
        return run.cameOf(seen.own().nonce());
    }

    private Optional<ObservedRun> newer(ObservedRun own) {
        return seen.runs().stream()
                .filter(run -> seen.isLane(run.job()) && request.isFor(run))
                .filter(run -> !isTwin(run) && run.isNewerThan(own))
                .max(ObservedRun.BY_AGE);
    }

    /// The oldest run of anybody else in progress on the base job.
    private Optional<ObservedRun> busyWith() {
        return seen.runs().stream()
                .filter(run -> run.isActive() && isOnBase(run) && !isOurs(run))
                .min(ObservedRun.BY_AGE);
    }

    private boolean isOurs(ObservedRun run) {
        return run.id().equals(seen.own().run()) || isTwin(run) || request.isFor(run);
    }

    private boolean isOnBase(ObservedRun run) {
        return run.job().equals(seen.base().id());
    }

    private static boolean isOn(Lane lane, ObservedRun run) {
        return switch (lane) {
            case Lane.Base(JobId job) -> job.equals(run.job());
            case Lane.Clone(JobId job) -> job.equals(run.job());
            case Lane.NewClone() -> false;
        };
    }

    private boolean isPast(Instant moment) {
        return !now.isBefore(moment);
    }
}
