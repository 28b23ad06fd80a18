package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.CloneDeleter;
import io.github.dbtc4j.autoscaler.clone.Inspector;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.BaseJobCache;
import io.github.dbtc4j.autoscaler.observation.CloneList;
import io.github.dbtc4j.autoscaler.observation.Observer;
import io.github.dbtc4j.autoscaler.observation.PollDelays;
import io.github.dbtc4j.autoscaler.observation.WholeRun;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Policy;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One invocation: look, plan, do the first step, until a plan says that it is finished.
final class Reconciler {

    /// Nothing is written on the strength of an older look: the process may have been paused.
    private static final Duration FRESH = Duration.ofSeconds(15);

    /// So often a lane may turn out to be deleted before a run is triggered on it.
    private static final int MAX_LANES_LOST = 4;

    /// Where every look takes so long that it is old when it is there, acting on the last of so
    /// many is better than never acting.
    private static final int MAX_LOOKS_IN_VAIN = 3;

    /// So many writes may go without an answer, each being looked for before it is sent again.
    private static final int MAX_ANSWERS_LOST = 3;

    /// So many writes may be refused for the rate limit; each costs its five-minute cooldown.
    private static final int MAX_REFUSALS = 3;

    /// So many idle clones of others are deleted on the way out.
    private static final int MAX_SWEPT = 5;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final ProgressListener listener;
    private final Options options;
    private final CiRequest request;
    private final Policy policy;
    private final BaseJobCache circumstances;
    private final CloneList clones;
    private final Observer observer;
    private final PlatformWriter actions;
    private final Canceller canceller;
    private final Halt halt;
    private final CloneDeleter cleanUp;
    private final PollDelays pauses;
    private final Instant began;
    private final long beganNanos;

    private InvocationState own;
    private @Nullable ApiResponse<Run> answer;
    private @Nullable Plan told;
    private Observer.Coverage scope = Observer.Coverage.FULL;
    private Observer.Coverage seenScope = Observer.Coverage.FULL;
    private Instant seenAt;
    private @Nullable JobId equipped;
    private int lanesLost;
    private int refusals;
    private int answersLost;
    private int looksInVain;

    Reconciler(
            DbtCloudClient client,
            SystemContext system,
            ProgressListener listener,
            Job base,
            Payload payload,
            Options options,
            Halt halt) {
        this.client = client;
        this.system = system;
        this.listener = listener;
        this.options = options;
        var body = new TriggerBody(base, payload, options.timeout());
        this.request = body.request(options.sequence());
        this.began = system.now();
        this.beganNanos = system.nanoTime();
        this.seenAt = began;
        this.policy =
                new Policy(
                        options.concurrency(),
                        options.lanes(),
                        options.shouldPoll(),
                        options.cleanup(),
                        options.maxRunSlots(),
                        options.sharedSchema(),
                        began.plus(options.timeout()));
        this.circumstances = new BaseJobCache(client, listener, base, began);
        this.clones = new CloneList(client, circumstances);
        this.observer =
                new Observer(client, this::now, request, options.lanes(), circumstances, clones);
        this.actions = new PlatformWriter(client, base, body, request, listener);
        this.canceller = new Canceller(client, base.accountId(), listener);
        this.halt = halt;
        this.cleanUp =
                new CloneDeleter(
                        Inspector.ofClonesOf(base, client, system),
                        system,
                        listener,
                        new JobId(base.id()));
        this.pauses = new PollDelays(system, options.polling(), observer::usual);
        this.own = InvocationState.initial(nonce());
    }

    /// What would be done, without doing it.
    Plan plan() {
        Snapshot seen = observer.observe(own, Observer.Coverage.FULL, now()).seen();
        return Planner.plan(seen, request, policy, now());
    }

    Outcome run() throws InterruptedException {
        Verdict verdict;
        try {
            verdict = verdict();
        } catch (DbtCloudException e) {
            leaveNoUnusedClone();
            throw e;
        }
        return finish(verdict);
    }

    private Verdict verdict() throws InterruptedException {
        Snapshot seen = observe();
        while (true) {
            Plan plan = Planner.plan(seen, request, policy, now());
            Step step = plan.next();
            if (usesClone(step) && !circumstances.areKnown()) {
                seen = observer.withCircumstances(seen);
                continue;
            }
            if (triggers(step) && seenScope != Observer.Coverage.FULL) {
                seen = observeFully();
                continue;
            }
            tell(plan);
            if (needsFreshSnapshot(step, seen) && isStale() && ++looksInVain <= MAX_LOOKS_IN_VAIN) {
                seen = observeFully();
                continue;
            }
            looksInVain = 0;
            if (step instanceof Step.Finish(Verdict verdict)) {
                return verdict;
            }
            if (triggers(step)) {
                halt.check();
            }
            try {
                seen = execute(step, seen);
            } catch (DbtCloudException.RateLimited e) {
                // nothing came of the write; what it rested on is old when the cooldown is over
                if (++refusals > MAX_REFUSALS) {
                    throw e;
                }
                seen = observe();
            }
        }
    }

    private boolean isStale() {
        return seenAt.plus(FRESH).isBefore(now());
    }

    /// Does one step.
    ///
    /// @return what is known then: after a write what was seen before, amended; else a new look
    private Snapshot execute(Step step, Snapshot seen) throws InterruptedException {
        return switch (step) {
            case Step.Cancel(RunId run) -> cancel(seen, run);
            case Step.DeleteClone(JobId job) -> deleteClone(job);
            case Step.CreateClone() -> createClone(seen);
            case Step.Trigger(Lane lane) -> trigger(seen, lane);
            case Step.AwaitCompletion(var runs) -> awaitEnd(runs);
            case Step.AwaitVisibility settle -> observeAfter(Planner.VISIBILITY_DELAY);
            case Step.ResolveWrite(UnconfirmedWrite lost) ->
                    lookAtKinAfter(pauses.whileReadingBack(lost, now()));
            case Step.Watch(RunId run) -> {
                Duration pause = whileWatching(seen, run);
                yield run.equals(own.run()) ? observeAfter(pause) : lookAtKinAfter(pause);
            }
            case Step.VerifySuccess(RunId run) ->
                    observeAfter(
                            seen.run(run)
                                    .map(each -> pauses.beforeConfirming(each, seen.at()))
                                    .orElse(PollDelays.BRIEFLY));
            case Step.Finish finish -> seen;
        };
    }

    private Snapshot awaitEnd(List<RunId> runs) throws InterruptedException {
        boolean areEnding = own.cancelRequests().keySet().containsAll(runs);
        return areEnding ? lookAtKinAfter(PollDelays.BRIEFLY) : observeAfter(pauses.poll());
    }

    private Duration whileWatching(Snapshot seen, RunId id) {
        Optional<ObservedRun> run = seen.run(id).filter(each -> each.status().isActive());
        if (run.isEmpty()) {
            return pauses.poll();
        }
        return mayMove(run.get(), seen)
                ? pauses.whileQueued(run.get(), seen)
                : pauses.whileWatching(run.get(), seen.at());
    }

    private boolean mayMove(ObservedRun run, Snapshot seen) {
        return run.status() == RunStatus.QUEUED
                && run.id().equals(own.run())
                && run.job().equals(seen.base().id())
                && !seen.base().runsConcurrently()
                && policy.concurrency() != Concurrency.NATIVE;
    }

    private Snapshot observeFully() throws InterruptedException {
        scope = Observer.Coverage.FULL;
        return observe();
    }

    private Snapshot lookAtKinAfter(Duration pause) throws InterruptedException {
        scope = Observer.Coverage.PULL_REQUEST;
        return observeAfter(pause);
    }

    private Snapshot observeAfter(Duration pause) throws InterruptedException {
        system.sleep(pause);
        return observe();
    }

    private Snapshot observe() throws InterruptedException {
        seenAt = now();
        seenScope = scope;
        Observer.Observation look = observer.observe(own, scope, seenAt);
        observer.ownAnswer().ifPresent(latest -> answer = latest);
        Optional<ObservedRun> seen = look.seen().ownRun();
        if (seen.isPresent() && seen.get().status() == RunStatus.CANCELLED) {
            own = own.withCancelledAt(now());
        }
        if (look.own() != null) {
            listener.onEvent(new Event.Progress(look.own(), Duration.between(began, now())));
        }
        Snapshot recognised = resolveWrite(look.seen().with(own));
        scope = nextScope(recognised);
        return recognised;
    }

    /// How much the next look has to take in.
    private Observer.Coverage nextScope(Snapshot seen) {
        Optional<ObservedRun> run = seen.ownRun();
        if (run.isEmpty() || own.cancelRequests().containsKey(run.get().id())) {
            return Observer.Coverage.FULL;
        }
        return run.get().status() == RunStatus.QUEUED
                ? Observer.Coverage.QUEUE
                : Observer.Coverage.PULL_REQUEST;
    }

    /// Finds what a write did whose answer was lost.
    private Snapshot resolveWrite(Snapshot seen) {
        switch (own.unconfirmedWrite()) {
            case null -> {}
            case UnconfirmedWrite.Trigger lost ->
                    seen.runWithOwnNonce(request)
                            .ifPresent(run -> {
                                recordRun(run, lost.lane());
                                listener.onEvent(new Event.RunFound(run.id()));
                            });
            case UnconfirmedWrite.CreateClone lost ->
                    seen.cloneOfOwnNonce()
                            .ifPresent(clone -> {
                                own = own.withClone(clone.id());
                                listener.onEvent(new Event.CloneFound(clone.id()));
                            });
        }
        return seen.with(own);
    }

    private void recordRun(ObservedRun run, JobId lane) {
        boolean onBase = lane.value() == base().id();
        own = own.withRun(run.id(), onBase ? null : lane);
        observer.triggered(run, now());
        halt.triggered(run.id());
        if (!onBase && !policy.watch() && policy.cleanup() == Cleanup.AFTER_RUN) {
            listener.onEvent(new Event.CloneAwaited(lane));
        }
    }

    private Snapshot cancel(Snapshot seen, RunId run) {
        Optional<Run> cancelled = canceller.cancel(run);
        own = own.withCancelRequest(run, now());
        return cancelled
                .map(each -> seen.withProgressOf(observer.observed(each)))
                .orElse(seen)
                .with(own);
    }

    private Snapshot deleteClone(JobId job) throws InterruptedException {
        Optional<CloneDeleter.Refusal> obstacle = cleanUp.obstacleTo(job, own.triggeredRuns());
        if (obstacle.isEmpty()) {
            own = own.withoutLane(job);
        } else if (obstacle.get().isFinal()) {
            own = own.keeping(job);
        } else {
            system.sleep(pauses.poll());
        }
        return observeFully();
    }

    private Snapshot createClone(Snapshot seen) throws InterruptedException {
        var marker =
                new Marker(
                        new JobId(base().id()),
                        request.pullRequest(),
                        CloneDefinition.hash(base()),
                        own.nonce(),
                        options.cleanup() == Cleanup.NEVER);
        Job clone;
        try {
            Instant serverTime = observer.serverTime().orElseGet(system::now);
            clone = actions.createClone(base(), marker, serverTime);
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            refuseClones(e);
            return seen.with(own);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return recordUnconfirmed(seen, new UnconfirmedWrite.CreateClone(now()), e);
        }
        var job = new JobId(clone.id());
        own = own.withClone(job);
        ObservedClone made = clones.made(clone, marker, now());
        try {
            actions.copyOverrides(job, circumstances.overridesToCopy());
            equipped = job;
            return seen.with(made).with(own);
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return refuseClone(job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return equipLater(e);
        }
    }

    /// A clone that may not have the base job's variables would build something else.
    private Snapshot refuseClone(JobId clone, DbtCloudException e) throws InterruptedException {
        refuseClones(e);
        if (clone.equals(own.ownClone())) {
            cleanUp.delete(clone, own.triggeredRuns());
        }
        own = own.withoutLane(clone);
        return observeFully();
    }

    /// Goes on where a clone may lack some of its variables: before it is triggered, those that are
    /// missing are copied.
    private Snapshot equipLater(DbtCloudException e) throws InterruptedException {
        surviveLostAnswer(e);
        return observeFully();
    }

    private void surviveLostAnswer(DbtCloudException e) {
        if (!e.ambiguous() || ++answersLost > MAX_ANSWERS_LOST) {
            throw e;
        }
    }

    /// A pull request that can have no clone still has the base job's queue.
    private void refuseClones(DbtCloudException e) {
        listener.onEvent(new Event.CloneRefused(e));
        own = own.withClonesRefused();
    }

    private Snapshot trigger(Snapshot seen, Lane lane) throws InterruptedException {
        JobId job =
                switch (lane) {
                    case Lane.Base(JobId it) -> it;
                    case Lane.Clone(JobId it) -> it;
                    case Lane.NewClone() ->
                            throw new IllegalStateException("the clone comes first");
                };
        if (own.run() != null) {
            own = own.forRerun(nonce());
        }
        try {
            if (lane instanceof Lane.Clone && !job.equals(equipped)) {
                if (!actions.completeOverrides(job, circumstances.overridesToCopy())) {
                    clones.outdate(job);
                    return observeFully();
                }
                equipped = job;
                if (isStale()) {
                    return observeFully();
                }
            }
        } catch (DbtCloudException.Rejected e) {
            return refuseClone(job, e);
        } catch (DbtCloudException.NotFound e) {
            return loseLane(lane, job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return equipLater(e);
        }
        try {
            ApiResponse<Run> triggered = send(job);
            answer = triggered;
            ObservedRun run = observer.observed(triggered.data());
            recordRun(run, job);
            Snapshot after = seen.with(run).with(own);
            scope = nextScope(after);
            return after;
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return loseLane(lane, job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return recordUnconfirmed(seen, new UnconfirmedWrite.Trigger(job, now()), e);
        }
    }

    private ApiResponse<Run> send(JobId job) throws InterruptedException {
        halt.triggering();
        try {
            return actions.trigger(job, own.nonce());
        } catch (DbtCloudException e) {
            if (!e.ambiguous()) {
                halt.refused();
            }
            throw e;
        }
    }

    /// Somebody deleted the clone: what to do is decided anew.
    private Snapshot loseLane(Lane lane, JobId job, DbtCloudException e)
            throws InterruptedException {
        boolean refused = e instanceof DbtCloudException.Rejected;
        if (!(lane instanceof Lane.Clone)
                || ++lanesLost > MAX_LANES_LOST
                || (refused && isThere(job))) {
            throw e;
        }
        listener.onEvent(new Event.LaneGone(job));
        own = own.withoutLane(job);
        return observe();
    }

    private boolean isThere(JobId job) {
        clones.read(now());
        return clones.all(own, now()).stream().anyMatch(clone -> clone.id().equals(job));
    }

    /// Goes on without an answer, if what was asked for may have happened all the same.
    private Snapshot recordUnconfirmed(Snapshot seen, UnconfirmedWrite lost, DbtCloudException e) {
        surviveLostAnswer(e);
        own = own.withUnconfirmedWrite(lost);
        listener.onEvent(new Event.WriteUnconfirmed(lost, e));
        return seen.with(own);
    }

    private Outcome finish(Verdict verdict) throws InterruptedException {
        halt.finished();
        // a run that has ended is read before its job is gone, one that is ending when it has
        boolean ended =
                !(verdict instanceof Verdict.DeadlinePassed)
                        && !(verdict instanceof Verdict.Superseded);
        ApiResponse<Run> early = ended ? finalAnswer(verdict) : null;
        cleanUp();
        return new Outcome(verdict, ended ? early : finalAnswer(verdict));
    }

    private void cleanUp() throws InterruptedException {
        JobId clone = own.ownClone();
        if (options.cleanup() == Cleanup.AFTER_RUN && clone != null) {
            cleanUp.delete(clone, own.triggeredRuns());
        }
        if (options.cleanup() != Cleanup.NEVER && !halt.isTold()) {
            new Reaper(client, system, listener)
                    .sweep(base(), options.cloneTtl(), job -> job.equals(clone), MAX_SWEPT);
        }
    }

    /// Without a wait the answer to the trigger is what the user gets; else how the run stands now.
    private @Nullable ApiResponse<Run> finalAnswer(Verdict verdict) {
        ApiResponse<Run> last = answer;
        RunId run = runOf(verdict);
        if (run == null || (last != null && suffices(last.data(), run, verdict))) {
            return last;
        }
        try {
            return WholeRun.read(client, base().accountId(), run.value());
        } catch (DbtCloudException.Interrupted e) {
            throw e;
        } catch (DbtCloudException e) {
            // the verdict stands whatever becomes of this
            return last;
        }
    }

    private @Nullable RunId runOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Triggered(RunId run) -> run;
            case Verdict.Succeeded(RunId run) -> run;
            case Verdict.Failed(RunId run) -> run;
            case Verdict.Cancelled(RunId run) -> run;
            case Verdict.Conflicted(RunId run, RunId by) -> run;
            case Verdict.Superseded superseded -> own.run();
            case Verdict.DeadlinePassed passed -> own.run();
        };
    }

    private static boolean suffices(Run last, RunId run, Verdict verdict) {
        return last.id() == run.value()
                && (verdict instanceof Verdict.Triggered || last.status().isTerminal());
    }

    /// After an error: a clone on which nothing was triggered is of no use to anybody; one whose
    /// run goes on has to stay.
    private void leaveNoUnusedClone() throws InterruptedException {
        JobId clone = own.ownClone();
        if (clone != null && own.run() == null) {
            cleanUp.delete(clone, own.triggeredRuns());
        } else if (clone != null) {
            listener.onEvent(new Event.CloneKept(clone, "its run " + own.run() + " may go on"));
        }
    }

    private void tell(Plan plan) {
        if (!plan.equals(told)) {
            told = plan;
            listener.onEvent(new Event.Decided(plan));
        }
    }

    private static boolean writes(Step step) {
        return switch (step) {
            case Step.Cancel cancel -> true;
            case Step.DeleteClone delete -> true;
            case Step.CreateClone create -> true;
            case Step.Trigger trigger -> true;
            case Step.AwaitCompletion await -> false;
            case Step.AwaitVisibility settle -> false;
            case Step.ResolveWrite readBack -> false;
            case Step.Watch watch -> false;
            case Step.VerifySuccess confirm -> false;
            case Step.Finish finish -> false;
        };
    }

    /// Whether a step is right only while what was seen still holds. A run of another commit that
    /// has to end has to end whatever else happens.
    private boolean needsFreshSnapshot(Step step, Snapshot seen) {
        return step instanceof Step.Cancel(RunId run)
                ? run.equals(own.run())
                        || seen.runs().stream()
                                .anyMatch(each ->
                                        each.id().equals(run) && request.isForCommitOf(each))
                : writes(step);
    }

    private static boolean usesClone(Step step) {
        return step instanceof Step.CreateClone || step instanceof Step.Trigger(Lane.Clone _);
    }

    /// Whether a run is to come of it.
    private static boolean triggers(Step step) {
        return writes(step) && !(step instanceof Step.Cancel);
    }

    private Job base() {
        return circumstances.base();
    }

    /// By a clock that never jumps, in the terms of the one that began.
    private Instant now() {
        return began.plusNanos(system.nanoTime() - beganNanos);
    }

    private String nonce() {
        return HexFormat.of().toHexDigits(system.random());
    }
}
