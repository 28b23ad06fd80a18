package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.CancelRequest;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The protocol: which run is stale, which lane a run goes to, whether its result holds, when an
/// invocation is through.
///
/// A state machine without input and output: the state is [InvocationState], the input a
/// [Snapshot], the output the next [Step]. Level-triggered: everything else is derived from what
/// was seen, so planning again after any mishap is harmless.
public final class Planner {

    /// A cancellation that shows no effect is asked for again after this long.
    static final Duration CANCEL_AGAIN = Duration.ofSeconds(15);

    /// How long to wait for a cancelled run to complete before the next one starts elsewhere.
    /// Should the two conflict, the check at the end finds out.
    static final Duration CANCEL_TIMEOUT = Duration.ofMinutes(3);

    /// How long to observe a run cancelled by others before the verdict is cancelled: a newer
    /// commit's invocation cancels first and triggers afterwards.
    static final Duration CANCEL_GRACE = Duration.ofSeconds(15);

    /// An invocation that has to re-run its commit, or to move its run, has triggered it again
    /// after this long.
    static final Duration RERUN_GRACE = Duration.ofMinutes(1);

    /// What was created so long ago is in every list; lists were seen to lag up to 4 s.
    public static final Duration VISIBILITY_DELAY = Duration.ofSeconds(5);

    /// How long an unconfirmed write is looked for before it is sent again: effects were seen more
    /// than a minute after the client had given up.
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(100);

    /// At most this many runs are triggered by one invocation.
    static final int MAX_RUNS = 4;

    private final Snapshot seen;
    private final CiRequest request;
    private final Policy policy;
    private final Instant now;
    private final PullRequestRuns related;
    private final List<Step> steps = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final SchemaConflicts conflicts;
    private final LaneSelector lanes;

    private Planner(Snapshot seen, CiRequest request, Policy policy, Instant now) {
        this.seen = seen;
        this.request = request;
        this.policy = policy;
        this.now = now;
        this.related = new PullRequestRuns(seen, request);
        this.conflicts = new SchemaConflicts(seen, request, policy, related);
        this.lanes = new LaneSelector(seen, request, policy, related, conflicts, reasons);
    }

    /// Plans what to do next.
    ///
    /// @param seen the last observation, with what this invocation has done since
    /// @param now by the clock that `policy.deadline()` is meant in
    public static Plan plan(Snapshot seen, CiRequest request, Policy policy, Instant now) {
        var planner = new Planner(seen, request, policy, now);
        planner.plan();
        return new Plan(planner.steps, planner.reasons);
    }

    private void plan() {
        Optional<ObservedRun> own = seen.ownRun();
        Optional<ObservedRun> newer = related.newer();
        Optional<ObservedRun> duplicate = related.duplicate();
        UnconfirmedWrite lost = seen.state().unconfirmedWrite();
        if (lost != null && !isPast(lost.sentAt().plus(WRITE_TIMEOUT))) {
            steps.add(new Step.ResolveWrite(lost));
        } else if (newer.isPresent()) {
            yieldTo(newer.get());
        } else if (own.isPresent()) {
            handleOwnRun(own.get());
        } else if (duplicate.isPresent()) {
            attach(duplicate.get());
        } else if (isPast(policy.deadline())) {
            finish(new Verdict.DeadlinePassed(null));
        } else {
            start();
        }
    }

    /// There is no run yet, or none any more.
    private void start() {
        List<ObservedRun> stale = related.stale();
        for (ObservedRun run : stale) {
            reasons.add(new Reason.StaleRun(run.id(), run.job(), request.isForCommitOf(run)));
            cancel(run);
        }
        Optional<Lane> lane = lanes.select();
        conflicts.reason().ifPresent(reasons::add);
        if (lane.isEmpty()) {
            steps.add(new Step.AwaitCompletion(ids(lanes.busyLanes())));
            return;
        }
        awaitEnd(stale.stream().filter(run -> mayMeet(run, lane.get())).toList());
        awaitEnd(conflicts.inTheWayOf(job(lane.get())));
        if (lanes.isDedicated()) {
            for (ObservedClone clone : lanes.outdated()) {
                reasons.add(new Reason.CloneOutdated(clone.id()));
                awaitEnd(othersOn(clone));
                steps.add(new Step.DeleteClone(clone.id()));
            }
        }
        trigger(lane.get());
    }

    /// Other people's runs in progress on `clone`, which keep it from being deleted.
    private List<ObservedRun> othersOn(ObservedClone clone) {
        return lanes.busyLanes().stream().filter(run -> run.job().equals(clone.id())).toList();
    }

    /// Whether a run on `lane` could execute beside `run`: the platform runs one run of a job at a
    /// time, unless it runs this one concurrently.
    private boolean mayMeet(ObservedRun run, Lane lane) {
        return lanes.platformRunsConcurrently() || !isOn(lane, run);
    }

    private void awaitEnd(List<ObservedRun> runs) {
        boolean evermore = lanes.isDedicated();
        List<ObservedRun> worthIt = runs.stream().filter(run -> evermore || !isStuck(run)).toList();
        if (!worthIt.isEmpty()) {
            steps.add(new Step.AwaitCompletion(ids(worthIt)));
        }
    }

    private boolean isStuck(ObservedRun run) {
        CancelRequest asked = seen.state().cancelRequests().get(run.id());
        return asked != null && isPast(asked.first().plus(CANCEL_TIMEOUT));
    }

    private void trigger(Lane lane) {
        switch (lane) {
            case Lane.Base(JobId base) -> {}
            case Lane.NewClone() -> steps.add(new Step.CreateClone());
            case Lane.Clone(JobId clone) -> {
                if (settlesFirst() && isYoung(clone)) {
                    steps.add(new Step.AwaitVisibility(clone));
                }
            }
        }
        steps.add(new Step.Trigger(lane));
    }

    /// Whether a young clone is left unused until every invocation is sure to choose it. Otherwise
    /// that is checked soon after the trigger. An invocation that has to yield has then mostly done
    /// so before the platform has prepared its run. Where clones are rare, that is better than a
    /// wait for each. Deleting the clone after its run implies that check.
    private boolean settlesFirst() {
        return lanes.isDedicated() || !(policy.watch() || deletesClone());
    }

    /// Whether one that was made for the pull request before `clone` may not be listed yet.
    private boolean isYoung(JobId clone) {
        return seen.clones().stream()
                .anyMatch(each ->
                        each.id().equals(clone)
                                && seen.at().isBefore(each.createdAt().plus(VISIBILITY_DELAY)));
    }

    /// A run for a newer commit exists, or a newer one for the same commit.
    private void yieldTo(ObservedRun newer) {
        Optional<ObservedRun> own = seen.ownRun();
        own.filter(ObservedRun::isActive).ifPresent(this::cancel);
        // two builds of a branch's head are of the same commit only if both name one
        if (request.isForCommitOf(newer) && related.isSameBuild(newer)) {
            attach(newer);
        } else {
            supersede(newer);
        }
    }

    private void supersede(ObservedRun newer) {
        reasons.add(new Reason.NewerRun(newer.id()));
        finish(new Verdict.Superseded(seen.ownRun().map(ObservedRun::id).orElse(null), newer.id()));
    }

    /// Another invocation's run is for the same commit: its result is this commit's.
    private void attach(ObservedRun run) {
        reasons.add(new Reason.SameCommit(run.id()));
        if (!policy.watch()) {
            related.stale().forEach(this::cancel);
            finish(new Verdict.Triggered(run.id()));
        } else if (run.status() == RunStatus.ERROR) {
            finish(new Verdict.Failed(run.id()));
        } else if (run.status() == RunStatus.SUCCESS && conflicting(run).isEmpty()) {
            confirmOnceAlone(run);
        } else if (isPast(policy.deadline())) {
            finish(new Verdict.DeadlinePassed(run.id()));
        } else if (run.isActive() || !endedBefore(run, RERUN_GRACE)) {
            // the invocation it belongs to may be held up
            related.stale().forEach(this::cancel);
            steps.add(new Step.Watch(run.id()));
        } else {
            detach(run);
        }
    }

    /// What still waits in a queue would write into the schema after `run`.
    private void confirmOnceAlone(ObservedRun run) {
        List<ObservedRun> stale = related.stale();
        stale.forEach(this::cancel);
        if (stale.isEmpty()) {
            confirm(run);
        } else {
            steps.add(new Step.AwaitCompletion(ids(stale)));
        }
    }

    /// The invocation that `run` belongs to has not triggered it again, so it never will.
    private void detach(ObservedRun run) {
        boolean isNewer = related.newer().isPresent();
        if (run.status() == RunStatus.GONE && !isKnownToBeNewer(run) && canRerun()) {
            reasons.add(new Reason.LaneDeleted(run.job()));
            start();
        } else if (isNewer && run.status().isWithoutResult()) {
            finish(new Verdict.Cancelled(run.id()));
        } else if (isNewer) {
            supersede(run);
        } else if (canRerun()) {
            start();
        } else {
            finishConflicted(run);
        }
    }

    /// Beside a run of a pipeline that is certainly newer, none of an older one is triggered.
    private boolean isKnownToBeNewer(ObservedRun run) {
        return related.newer().isPresent()
                && request.sequence() != null
                && run.claim() != null
                && run.claim().sequence() != null;
    }

    /// There is a run: stay with it.
    private void handleOwnRun(ObservedRun own) {
        switch (own.status()) {
            case SUCCESS -> validate(own);
            case ERROR -> finish(new Verdict.Failed(own.id()));
            case CANCELLED, GONE -> afterCancelled(own);
            case QUEUED, STARTING, RUNNING, UNKNOWN -> watch(own);
        }
    }

    /// Success holds only if no other run of the pull request wrote into its schema, and none is
    /// going to.
    private void validate(ObservedRun own) {
        List<ObservedRun> others = new ArrayList<>(related.stale());
        others.addAll(related.duplicatesAfter(own));
        others.forEach(this::cancel);
        Optional<ObservedRun> by = conflicting(own);
        if (by.isPresent() && (!canRerun() || isPast(policy.deadline()))) {
            finishConflicted(own);
        } else if (!others.isEmpty()) {
            steps.add(new Step.AwaitCompletion(ids(others)));
        } else if (by.isPresent()) {
            reasons.add(new Reason.Conflict(own.id(), by.get().id()));
            start();
        } else {
            confirm(own);
        }
    }

    /// Another run that wrote where `run` did.
    private Optional<ObservedRun> conflicting(ObservedRun run) {
        return related.conflicting(run).or(() -> conflicts.conflicting(run));
    }

    private void finishConflicted(ObservedRun run) {
        RunId by = conflicting(run).map(ObservedRun::id).orElse(run.id());
        reasons.add(new Reason.Conflict(run.id(), by));
        finish(new Verdict.Conflicted(run.id(), by));
    }

    /// A run that executed beside `run` may not be listed yet.
    private void confirm(ObservedRun run) {
        if (endedBefore(run, VISIBILITY_DELAY)) {
            finish(new Verdict.Succeeded(run.id()));
        } else {
            steps.add(new Step.VerifySuccess(run.id()));
        }
    }

    private boolean endedBefore(ObservedRun run, Duration ago) {
        Instant end = run.finishedAt();
        return end == null || !seen.at().isBefore(end.plus(ago));
    }

    private void afterCancelled(ObservedRun own) {
        Optional<ObservedRun> duplicate = related.duplicate();
        // where this run yielded to its duplicate's, it is that one which was cancelled, or
        // which the duplicate is about to trigger again
        ObservedRun last = related.duplicateBefore(own).orElse(own);
        CancelledOwnRun.By by = cancelledBy(own);
        var cancelled =
                new CancelledOwnRun(
                        by,
                        cancelledFor(own),
                        duplicate.isPresent(),
                        isPast(policy.deadline()),
                        canRerun(),
                        !last.equals(own) && !endedBefore(last, RERUN_GRACE));
        switch (cancelled.outcome()) {
            case ATTACH -> attach(duplicate.orElseThrow());
            case RERUN -> {
                if (by == CancelledOwnRun.By.LANE_DELETED) {
                    reasons.add(new Reason.LaneDeleted(own.job()));
                }
                start();
            }
            case WATCH -> steps.add(new Step.Watch(own.id()));
            case FOLLOW -> steps.add(new Step.Watch(last.id()));
            case CANCELLED -> finish(new Verdict.Cancelled(last.id()));
            case DEADLINE_PASSED -> finish(new Verdict.DeadlinePassed(own.id()));
            case DEADLINE_PASSED_FOLLOWING -> finish(new Verdict.DeadlinePassed(last.id()));
        }
    }

    private CancelledOwnRun.By cancelledBy(ObservedRun own) {
        boolean byUs = seen.state().cancelRequests().containsKey(own.id());
        if (!seen.isLane(own.job())) {
            return CancelledOwnRun.By.LANE_DELETED;
        } else if (byUs) {
            return CancelledOwnRun.By.INVOCATION;
        } else if (related.displaced(own)) {
            return CancelledOwnRun.By.PLATFORM;
        } else {
            return CancelledOwnRun.By.OTHERS;
        }
    }

    private CancelledOwnRun.Age cancelledFor(ObservedRun own) {
        Instant since = seen.state().cancelledSince();
        if (since != null && isPast(since.plus(CANCEL_GRACE))) {
            return CancelledOwnRun.Age.SETTLED;
        }
        // a run that is listed no more may be still about to end
        return own.finishedAt() == null ? CancelledOwnRun.Age.ENDING : CancelledOwnRun.Age.ENDED;
    }

    private void watch(ObservedRun own) {
        Optional<ObservedRun> duplicate =
                related.activeDuplicate().filter(each -> each.id().compareTo(own.id()) < 0);
        if (isPast(policy.deadline())) {
            cancel(own);
            finish(new Verdict.DeadlinePassed(own.id()));
        } else if (!policy.watch() && !(deletesClone() && !isOnBase(own))) {
            finish(new Verdict.Triggered(own.id()));
        } else if (duplicate.isPresent()
                || seen.state().cancelRequests().containsKey(own.id())
                || (conflicts.isLate(own) && canRerun())) {
            duplicate.ifPresent(each -> reasons.add(new Reason.SameCommit(each.id())));
            conflicts.reason().ifPresent(reasons::add);
            cancel(own);
            steps.add(new Step.AwaitCompletion(List.of(own.id())));
        } else {
            for (ObservedRun run : related.stale()) {
                reasons.add(new Reason.StaleRun(run.id(), run.job(), request.isForCommitOf(run)));
                cancel(run);
            }
            List<ObservedRun> duplicates = related.duplicatesAfter(own);
            duplicates.forEach(this::cancel);
            if (duplicates.isEmpty()) {
                // a run that moved would be the one to yield
                moveToAClone(own);
            }
            boolean settles = !settlesFirst() && isYoung(own.job());
            steps.add(settles ? new Step.AwaitVisibility(own.job()) : new Step.Watch(own.id()));
        }
    }

    private boolean deletesClone() {
        return policy.cleanup() == Cleanup.AFTER_RUN;
    }

    /// The own run queues behind another pull request's: cloning may have become possible.
    private void moveToAClone(ObservedRun own) {
        if (own.status() != RunStatus.QUEUED
                || !isOnBase(own)
                || lanes.platformRunsConcurrently()
                || policy.concurrency() == Concurrency.NATIVE
                || !canRerun()) {
            return;
        }
        Optional<ObservedRun> ahead = lanes.blockingRun().filter(own::isNewerThan);
        if (ahead.isPresent() && lanes.canClone()) {
            reasons.add(new Reason.SlotFreed(own.id(), ahead.get().id()));
            cancel(own);
            steps.add(new Step.AwaitCompletion(List.of(own.id())));
            trigger(lanes.ownClone());
        }
    }

    private boolean canRerun() {
        return seen.state().triggeredRuns().size() < MAX_RUNS;
    }

    private void finish(Verdict verdict) {
        steps.add(new Step.Finish(verdict));
    }

    private void cancel(ObservedRun run) {
        CancelRequest asked = seen.state().cancelRequests().get(run.id());
        if (asked == null || isPast(asked.last().plus(CANCEL_AGAIN))) {
            steps.add(new Step.Cancel(run.id()));
        }
    }

    private boolean isOnBase(ObservedRun run) {
        return run.job().equals(seen.base().id());
    }

    private static boolean isOn(Lane lane, ObservedRun run) {
        return run.job().equals(job(lane));
    }

    private static @Nullable JobId job(Lane lane) {
        return switch (lane) {
            case Lane.Base(JobId job) -> job;
            case Lane.Clone(JobId job) -> job;
            case Lane.NewClone() -> null;
        };
    }

    private static List<RunId> ids(List<ObservedRun> runs) {
        return runs.stream().map(ObservedRun::id).toList();
    }

    private boolean isPast(Instant moment) {
        return !now.isBefore(moment);
    }
}
