package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.Answer;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.Job;
import io.github.dbtc4j.client.Run;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.planner.CiRequest;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Lost;
import io.github.dbtc4j.planner.ObservedRun;
import io.github.dbtc4j.planner.Own;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Policy;
import io.github.dbtc4j.planner.RunId;
import io.github.dbtc4j.planner.RunStatus;
import io.github.dbtc4j.planner.Snapshot;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// One invocation: look, plan, do the first step, until a plan says that it is finished.
final class Invocation {

    /// Nothing is written on the strength of an older look: the process may have been paused.
    private static final Duration FRESH = Duration.ofSeconds(15);

    /// Between two looks at runs that are being cancelled, which takes 1–15 s.
    private static final Duration BRIEFLY = Duration.ofSeconds(3);

    /// So often a lane may turn out to be deleted before a run is triggered on it.
    private static final int MAX_LANES_LOST = 4;

    /// Where every look takes so long that it is old when it is there, acting on the last of so
    /// many is better than never acting.
    private static final int MAX_LOOKS_IN_VAIN = 3;

    /// So many writes may go without an answer, each being looked for before it is sent again.
    private static final int MAX_ANSWERS_LOST = 3;

    /// So many writes may be refused for the rate limit; each costs its five-minute cooldown.
    private static final int MAX_REFUSALS = 3;

    private final DbtCloudClient client;
    private final Surroundings surroundings;
    private final Narrator narrator;
    private final Options options;
    private final Job base;
    private final CiRequest request;
    private final Policy policy;
    private final Observer observer;
    private final Actions actions;
    private final CleanUp cleanUp;
    private final Instant began;
    private final long beganNanos;

    private Own own;
    private @Nullable Answer<Run> answer;
    private @Nullable Plan told;
    private Instant seenAt;
    private int lanesLost;
    private int refusals;
    private int answersLost;
    private int looksInVain;

    /// Read by the thread that a signal starts.
    private volatile @Nullable RunId ownRun;

    Invocation(
            DbtCloudClient client,
            Surroundings surroundings,
            Narrator narrator,
            Job base,
            Payload payload,
            Options options) {
        this.client = client;
        this.surroundings = surroundings;
        this.narrator = narrator;
        this.options = options;
        this.base = base;
        this.request = new CiRequest(payload.pullRequest().orElse(null));
        this.began = surroundings.now();
        this.beganNanos = surroundings.nanoTime();
        this.seenAt = began;
        this.policy =
                new Policy(
                        options.concurrency(),
                        options.shouldPoll(),
                        options.cleanup() == Cleanup.AFTER_RUN,
                        options.maxRunSlots(),
                        began.plus(options.timeout()));
        this.observer = new Observer(client, base, request, narrator);
        this.actions = new Actions(client, base, payload, options.timeout(), narrator);
        this.cleanUp = new CleanUp(client, surroundings, narrator, base);
        this.own = Own.fresh(nonce());
    }

    /// What would be done, without doing it.
    Plan plan() {
        return Planner.plan(observer.look(own).seen(), request, policy, now());
    }

    Outcome run() throws InterruptedException {
        try {
            return finish(verdict());
        } catch (DbtCloudException e) {
            leaveNoUnusedClone();
            throw e;
        }
    }

    /// Asks the platform once to cancel the own run, if there is one. For a thread that a signal
    /// starts.
    void abandon() {
        RunId run = ownRun;
        if (run != null) {
            actions.cancel(run);
        }
    }

    private Verdict verdict() throws InterruptedException {
        Snapshot seen = look();
        while (true) {
            Plan plan = Planner.plan(seen, request, policy, now());
            tell(plan);
            if (writes(plan.next()) && isStale() && ++looksInVain <= MAX_LOOKS_IN_VAIN) {
                seen = look();
                continue;
            }
            looksInVain = 0;
            if (plan.next() instanceof Step.Finish(Verdict verdict)) {
                return verdict;
            }
            try {
                seen = carryOut(plan.next(), seen);
            } catch (DbtCloudException.RateLimited e) {
                // nothing came of the write; what it rested on is old when the cooldown is over
                if (++refusals > MAX_REFUSALS) {
                    throw e;
                }
                seen = look();
            }
        }
    }

    /// Does one step.
    ///
    /// @return what is known then: after a write what was seen before, amended; else a new look
    private Snapshot carryOut(Step step, Snapshot seen) throws InterruptedException {
        return switch (step) {
            case Step.Cancel(RunId run) -> cancel(seen, run);
            case Step.CreateClone() -> createClone(seen);
            case Step.Trigger(Lane lane) -> trigger(seen, lane);
            case Step.AwaitEnd await -> lookAfter(BRIEFLY);
            case Step.ReadBack readBack -> lookAfter(BRIEFLY);
            case Step.Watch watch -> lookAfter(pollInterval());
            case Step.Finish finish -> seen;
        };
    }

    private Snapshot lookAfter(Duration pause) throws InterruptedException {
        surroundings.sleep(pause);
        return look();
    }

    private boolean isStale() {
        return seenAt.plus(FRESH).isBefore(now());
    }

    private Snapshot look() {
        seenAt = now();
        Observer.Look look = observer.look(own);
        observer.ownAnswer().ifPresent(latest -> answer = latest);
        Run run = look.own();
        if (run != null) {
            if (Observer.status(run) == RunStatus.CANCELLED) {
                own = own.sawCancelled(now());
            }
            narrator.tell(new Event.Progress(run, Duration.between(began, now())));
        }
        return recognise(look.seen().with(own));
    }

    /// Finds what a write did whose answer was lost.
    private Snapshot recognise(Snapshot seen) {
        switch (own.lost()) {
            case null -> {}
            case Lost.Triggered lost ->
                    seen.runOfOwnNonce()
                            .ifPresent(run -> {
                                adopt(run, lost.lane());
                                narrator.tell(new Event.RunFound(run.id()));
                            });
            case Lost.Created lost ->
                    seen.cloneOfOwnNonce()
                            .ifPresent(clone -> {
                                own = own.on(clone.id());
                                actions.copyOverrides(clone.id(), observer.overrides());
                                narrator.tell(new Event.CloneFound(clone.id()));
                            });
        }
        return seen.with(own);
    }

    private void adopt(ObservedRun run, JobId lane) {
        own = own.triggered(run.id());
        own = lane.value() == base.id() ? own : own.on(lane);
        ownRun = run.id();
        observer.triggered(run);
    }

    private Snapshot cancel(Snapshot seen, RunId run) {
        Optional<Run> cancelled = actions.cancel(run);
        own = own.askedToCancel(run, now());
        return cancelled.map(it -> seen.with(run, Observer.status(it))).orElse(seen).with(own);
    }

    private Snapshot createClone(Snapshot seen) {
        var marker =
                new Marker(
                        new JobId(base.id()),
                        request.pullRequest(),
                        CloneDefinition.hash(base),
                        own.nonce());
        Job clone;
        try {
            clone = actions.createClone(marker, observer.serverTime().orElseGet(surroundings::now));
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return missAnswer(seen, new Lost.Created(now()), e);
        }
        own = own.on(new JobId(clone.id()));
        actions.copyOverrides(new JobId(clone.id()), observer.overrides());
        return seen.with(observer.created(clone, marker)).with(own);
    }

    private Snapshot trigger(Snapshot seen, Lane lane) {
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
            Answer<Run> triggered = actions.trigger(job, own.nonce());
            answer = triggered;
            ObservedRun run = observer.observed(triggered.data());
            adopt(run, job);
            return seen.with(run).with(own);
        } catch (DbtCloudException.NotFound e) {
            if (!(lane instanceof Lane.Clone) || ++lanesLost > MAX_LANES_LOST) {
                throw e;
            }
            narrator.tell(new Event.LaneGone(job));
            observer.forgetClones();
            return look();
        } catch (DbtCloudException.Unavailable | DbtCloudException.Unreadable e) {
            return missAnswer(seen, new Lost.Triggered(job, now()), e);
        }
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
        ownRun = null;
        JobId clone = own.lane();
        if (options.cleanup() == Cleanup.AFTER_RUN && clone != null) {
            cleanUp.delete(clone, own.run());
        }
        return new Outcome(verdict, finalAnswer(verdict));
    }

    /// Without a wait the answer to the trigger is what the user gets; else how the run stands now.
    private @Nullable Answer<Run> finalAnswer(Verdict verdict) {
        Answer<Run> last = answer;
        RunId run = own.run();
        if (run == null || (last != null && suffices(last.data(), run, verdict))) {
            return last;
        }
        try {
            return WholeRun.read(client, base.accountId(), run.value());
        } catch (DbtCloudException.NotFound | DbtCloudException.Unavailable e) {
            return last;
        }
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
            cleanUp.delete(clone, null);
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
            case Step.CreateClone create -> true;
            case Step.Trigger trigger -> true;
            case Step.AwaitEnd await -> false;
            case Step.ReadBack readBack -> false;
            case Step.Watch watch -> false;
            case Step.Finish finish -> false;
        };
    }

    /// By a clock that never jumps, in the terms of the one that began.
    private Instant now() {
        return began.plusNanos(surroundings.nanoTime() - beganNanos);
    }

    /// Give or take 20 %, so that pipelines that began together do not ask together.
    private Duration pollInterval() {
        double factor = 0.8 + 0.4 * (surroundings.random() >>> 11) * 0x1.0p-53;
        return Duration.ofNanos((long) (options.pollInterval().toNanos() * factor));
    }

    private String nonce() {
        return HexFormat.of().toHexDigits(surroundings.random());
    }
}
