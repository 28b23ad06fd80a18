package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CleanUp;
import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.Inspector;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Narrator;
import io.github.dbtc4j.autoscaler.observation.Circumstances;
import io.github.dbtc4j.autoscaler.observation.CloneList;
import io.github.dbtc4j.autoscaler.observation.Observer;
import io.github.dbtc4j.autoscaler.observation.Pauses;
import io.github.dbtc4j.autoscaler.observation.WholeRun;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Answer;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.Surroundings;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Policy;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Lost;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Own;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Snapshot;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One invocation: look, plan, do the first step, until a plan says that it is finished.
final class Invocation {

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
    private final Surroundings surroundings;
    private final Narrator narrator;
    private final Options options;
    private final CiRequest request;
    private final Policy policy;
    private final Circumstances circumstances;
    private final CloneList clones;
    private final Observer observer;
    private final Actions actions;
    private final Canceller canceller;
    private final Halt halt;
    private final CleanUp cleanUp;
    private final Pauses pauses;
    private final Instant began;
    private final long beganNanos;

    private Own own;
    private @Nullable Answer<Run> answer;
    private @Nullable Plan told;
    private Observer.Scope scope = Observer.Scope.EVERYTHING;
    private Observer.Scope seenScope = Observer.Scope.EVERYTHING;
    private Instant seenAt;
    private @Nullable JobId equipped;
    private int lanesLost;
    private int refusals;
    private int answersLost;
    private int looksInVain;

    Invocation(
            DbtCloudClient client,
            Surroundings surroundings,
            Narrator narrator,
            Job base,
            Payload payload,
            Options options,
            Halt halt) {
        this.client = client;
        this.surroundings = surroundings;
        this.narrator = narrator;
        this.options = options;
        var body = new TriggerBody(base, payload, options.timeout());
        this.request = body.request(options.sequence());
        this.began = surroundings.now();
        this.beganNanos = surroundings.nanoTime();
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
        this.circumstances = new Circumstances(client, narrator, base, began);
        this.clones = new CloneList(client, circumstances);
        this.observer =
                new Observer(client, surroundings, request, options.lanes(), circumstances, clones);
        this.actions = new Actions(client, base, body, request, narrator);
        this.canceller = new Canceller(client, base.accountId(), narrator);
        this.halt = halt;
        this.cleanUp =
                new CleanUp(
                        Inspector.ofClonesOf(base, client, surroundings),
                        surroundings,
                        narrator,
                        new JobId(base.id()));
        this.pauses = new Pauses(surroundings, options.polling(), observer::usual);
        this.own = Own.fresh(nonce());
    }

    /// What would be done, without doing it.
    Plan plan() {
        Snapshot seen = observer.look(own, Observer.Scope.EVERYTHING, now()).seen();
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
        Snapshot seen = look();
        while (true) {
            Plan plan = Planner.plan(seen, request, policy, now());
            Step step = plan.next();
            if (usesClone(step) && !circumstances.areKnown()) {
                seen = observer.withCircumstances(seen);
                continue;
            }
            if (triggers(step) && seenScope != Observer.Scope.EVERYTHING) {
                seen = lookAtEverything();
                continue;
            }
            tell(plan);
            if (restsOnTheLook(step, seen) && isStale() && ++looksInVain <= MAX_LOOKS_IN_VAIN) {
                seen = lookAtEverything();
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
                seen = carryOut(step, seen);
            } catch (DbtCloudException.RateLimited e) {
                // nothing came of the write; what it rested on is old when the cooldown is over
                if (++refusals > MAX_REFUSALS) {
                    throw e;
                }
                seen = look();
            }
        }
    }

    private boolean isStale() {
        return seenAt.plus(FRESH).isBefore(now());
    }

    /// Does one step.
    ///
    /// @return what is known then: after a write what was seen before, amended; else a new look
    private Snapshot carryOut(Step step, Snapshot seen) throws InterruptedException {
        return switch (step) {
            case Step.Cancel(RunId run) -> cancel(seen, run);
            case Step.DeleteClone(JobId job) -> deleteClone(job);
            case Step.CreateClone() -> createClone(seen);
            case Step.Trigger(Lane lane) -> trigger(seen, lane);
            case Step.AwaitEnd(var runs) -> awaitEnd(runs);
            case Step.Settle settle -> lookAfter(Planner.LISTED);
            case Step.ReadBack(Lost lost) -> lookAtKinAfter(pauses.whileReadingBack(lost, now()));
            case Step.Watch(RunId run) -> {
                Duration pause = whileWatching(seen, run);
                yield run.equals(own.run()) ? lookAfter(pause) : lookAtKinAfter(pause);
            }
            case Step.Confirm(RunId run) ->
                    lookAfter(
                            seen.run(run)
                                    .map(it -> pauses.beforeConfirming(it, seen.at()))
                                    .orElse(Pauses.BRIEFLY));
            case Step.Finish finish -> seen;
        };
    }

    private Snapshot awaitEnd(List<RunId> runs) throws InterruptedException {
        boolean areEnding = own.cancels().keySet().containsAll(runs);
        return areEnding ? lookAtKinAfter(Pauses.BRIEFLY) : lookAfter(pauses.poll());
    }

    private Duration whileWatching(Snapshot seen, RunId id) {
        Optional<ObservedRun> run = seen.run(id).filter(it -> it.status().isActive());
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

    private Snapshot lookAtEverything() throws InterruptedException {
        scope = Observer.Scope.EVERYTHING;
        return look();
    }

    private Snapshot lookAtKinAfter(Duration pause) throws InterruptedException {
        scope = Observer.Scope.KIN;
        return lookAfter(pause);
    }

    private Snapshot lookAfter(Duration pause) throws InterruptedException {
        surroundings.sleep(pause);
        return look();
    }

    private Snapshot look() throws InterruptedException {
        seenAt = now();
        seenScope = scope;
        Observer.Look look = observer.look(own, scope, seenAt);
        observer.ownAnswer().ifPresent(latest -> answer = latest);
        Optional<ObservedRun> seen = look.seen().ownRun();
        if (seen.isPresent() && seen.get().status() == RunStatus.CANCELLED) {
            own = own.sawCancelled(now());
        }
        if (look.own() != null) {
            narrator.tell(new Event.Progress(look.own(), Duration.between(began, now())));
        }
        Snapshot recognised = recognise(look.seen().with(own));
        scope = nextScope(recognised);
        return recognised;
    }

    /// How much the next look has to take in.
    private Observer.Scope nextScope(Snapshot seen) {
        Optional<ObservedRun> run = seen.ownRun();
        if (run.isEmpty() || own.cancels().containsKey(run.get().id())) {
            return Observer.Scope.EVERYTHING;
        }
        return run.get().status() == RunStatus.QUEUED ? Observer.Scope.QUEUE : Observer.Scope.KIN;
    }

    /// Finds what a write did whose answer was lost.
    private Snapshot recognise(Snapshot seen) {
        switch (own.lost()) {
            case null -> {}
            case Lost.Triggered lost ->
                    seen.runOfOwnNonce(request)
                            .ifPresent(run -> {
                                adopt(run, lost.lane());
                                narrator.tell(new Event.RunFound(run.id()));
                            });
            case Lost.Created lost ->
                    seen.cloneOfOwnNonce()
                            .ifPresent(clone -> {
                                own = own.made(clone.id());
                                narrator.tell(new Event.CloneFound(clone.id()));
                            });
        }
        return seen.with(own);
    }

    private void adopt(ObservedRun run, JobId lane) {
        boolean onBase = lane.value() == base().id();
        own = own.triggered(run.id(), onBase ? null : lane);
        observer.triggered(run, now());
        halt.triggered(run.id());
        if (!onBase && !policy.watch() && policy.cleanup() == Cleanup.AFTER_RUN) {
            narrator.tell(new Event.CloneAwaited(lane));
        }
    }

    private Snapshot cancel(Snapshot seen, RunId run) {
        Optional<Run> cancelled = canceller.cancel(run);
        own = own.askedToCancel(run, now());
        return cancelled
                .map(it -> seen.withProgressOf(observer.observed(it)))
                .orElse(seen)
                .with(own);
    }

    private Snapshot deleteClone(JobId job) throws InterruptedException {
        Optional<CleanUp.Obstacle> obstacle = cleanUp.obstacleTo(job, own.runs());
        if (obstacle.isEmpty()) {
            own = own.without(job);
        } else if (obstacle.get().isFinal()) {
            own = own.keeping(job);
        } else {
            surroundings.sleep(pauses.poll());
        }
        return lookAtEverything();
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
            Instant serverTime = observer.serverTime().orElseGet(surroundings::now);
            clone = actions.createClone(base(), marker, serverTime);
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            refuseClones(e);
            return seen.with(own);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return missAnswer(seen, new Lost.Created(now()), e);
        }
        var job = new JobId(clone.id());
        own = own.made(job);
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
        cleanUp.delete(clone, own.runs());
        own = own.without(clone);
        return lookAtEverything();
    }

    /// Goes on where a clone may lack some of its variables: before it is triggered, those that are
    /// missing are copied.
    private Snapshot equipLater(DbtCloudException e) throws InterruptedException {
        if (!e.ambiguous() || ++answersLost > MAX_ANSWERS_LOST) {
            throw e;
        }
        return lookAtEverything();
    }

    /// A pull request that can have no clone still has the base job's queue.
    private void refuseClones(DbtCloudException e) {
        narrator.tell(new Event.CloneRefused(e));
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
            own = own.again(nonce());
        }
        try {
            if (lane instanceof Lane.Clone && !job.equals(equipped)) {
                actions.completeOverrides(job, circumstances.overridesToCopy());
                equipped = job;
                if (isStale()) {
                    return lookAtEverything();
                }
            }
        } catch (DbtCloudException.Rejected e) {
            return job.equals(own.lane()) ? refuseClone(job, e) : loseLane(lane, job, e);
        } catch (DbtCloudException.NotFound e) {
            return loseLane(lane, job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return equipLater(e);
        }
        try {
            Answer<Run> triggered = send(job);
            answer = triggered;
            ObservedRun run = observer.observed(triggered.data());
            adopt(run, job);
            Snapshot after = seen.with(run).with(own);
            scope = nextScope(after);
            return after;
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return loseLane(lane, job, e);
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return missAnswer(seen, new Lost.Triggered(job, now()), e);
        }
    }

    private Answer<Run> send(JobId job) throws InterruptedException {
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
        narrator.tell(new Event.LaneGone(job));
        own = own.without(job);
        return look();
    }

    private boolean isThere(JobId job) {
        clones.read(now());
        return clones.all(own, now()).stream().anyMatch(clone -> clone.id().equals(job));
    }

    /// Goes on without an answer, if what was asked for may have happened all the same.
    private Snapshot missAnswer(Snapshot seen, Lost lost, DbtCloudException e) {
        if (!e.ambiguous() || ++answersLost > MAX_ANSWERS_LOST) {
            throw e;
        }
        own = own.missing(lost);
        narrator.tell(new Event.AnswerLost(lost, e));
        return seen.with(own);
    }

    private Outcome finish(Verdict verdict) throws InterruptedException {
        halt.finished();
        // a run that has ended is read before its job is gone, one that is ending when it has
        boolean ended =
                !(verdict instanceof Verdict.DeadlinePassed)
                        && !(verdict instanceof Verdict.Superseded);
        Answer<Run> early = ended ? finalAnswer(verdict) : null;
        cleanUp();
        return new Outcome(verdict, ended ? early : finalAnswer(verdict));
    }

    private void cleanUp() throws InterruptedException {
        JobId clone = own.lane();
        if (options.cleanup() == Cleanup.AFTER_RUN && clone != null) {
            cleanUp.delete(clone, own.runs());
        }
        if (options.cleanup() != Cleanup.NEVER && !halt.isTold()) {
            new Reaper(client, surroundings, narrator)
                    .sweep(base(), options.cloneTtl(), job -> job.equals(clone), MAX_SWEPT);
        }
    }

    /// Without a wait the answer to the trigger is what the user gets; else how the run stands now.
    private @Nullable Answer<Run> finalAnswer(Verdict verdict) {
        Answer<Run> last = answer;
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
            case Verdict.Disturbed(RunId run, RunId by) -> run;
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
        JobId clone = own.lane();
        if (clone != null && own.run() == null) {
            cleanUp.delete(clone, own.runs());
        } else if (clone != null) {
            narrator.tell(new Event.CloneKept(clone, "its run " + own.run() + " may go on"));
        }
    }

    private void tell(Plan plan) {
        if (!plan.equals(told)) {
            told = plan;
            narrator.tell(new Event.Decided(plan));
        }
    }

    private static boolean writes(Step step) {
        return switch (step) {
            case Step.Cancel cancel -> true;
            case Step.DeleteClone delete -> true;
            case Step.CreateClone create -> true;
            case Step.Trigger trigger -> true;
            case Step.AwaitEnd await -> false;
            case Step.Settle settle -> false;
            case Step.ReadBack readBack -> false;
            case Step.Watch watch -> false;
            case Step.Confirm confirm -> false;
            case Step.Finish finish -> false;
        };
    }

    /// Whether a step is right only while what was seen still holds. A run of another commit that
    /// has to end has to end whatever else happens.
    private boolean restsOnTheLook(Step step, Snapshot seen) {
        return step instanceof Step.Cancel(RunId run)
                ? run.equals(own.run())
                        || seen.runs().stream()
                                .anyMatch(it -> it.id().equals(run) && request.isForCommitOf(it))
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
        return began.plusNanos(surroundings.nanoTime() - beganNanos);
    }

    private String nonce() {
        return HexFormat.of().toHexDigits(surroundings.random());
    }
}
