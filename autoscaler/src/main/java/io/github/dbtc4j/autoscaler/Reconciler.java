package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.observation.ObserverMemory;
import io.github.dbtc4j.autoscaler.observation.PollDelays;
import io.github.dbtc4j.autoscaler.state.Budgets;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Policy;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.Snapshot;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Gives one pull request its run, a pass at a time: observes, plans and does the steps of the
/// plan, until there is something to wait for or nothing left to do.
///
/// All that a pass needs to know of those before it is in the [ReconcilerState] it is given, so
/// each may happen in another process. What else is kept here was read, and can be read again.
///
/// ```java
/// var reconciler = autoscaler.reconciler(1, 1, payload, options, state -> store(state.toJson()));
/// switch (reconciler.pass(stored().orElse(reconciler.initialState()))) {
///     case Pass.Waiting(var state, var pause) -> storeAndScheduleAgain(state.toJson(), pause);
///     case Pass.Concluded(var outcome) -> report(outcome.verdict());
/// }
/// ```
///
/// Safe for use by one thread at a time.
public final class Reconciler {

    private final Invocation invocation;
    private final ReconcilerState initial;
    private final Freshness freshness;
    private final UnconfirmedWrites unconfirmed;
    private final Conclusion conclusion;
    private final Observations observations;
    private final StepExecutor steps;
    private @Nullable Plan announced;

    Reconciler(Invocation invocation) {
        this.invocation = invocation;
        this.initial = invocation.ledger().state();
        this.freshness = new Freshness(invocation.clock(), invocation.request());
        this.unconfirmed = new UnconfirmedWrites(invocation);
        this.conclusion = new Conclusion(invocation);
        this.observations = new Observations(invocation, freshness, unconfirmed, conclusion);
        var cloneMaker = new CloneMaker(invocation, unconfirmed);
        this.steps =
                new StepExecutor(
                        invocation,
                        cloneMaker,
                        new RunTrigger(invocation, freshness, unconfirmed, cloneMaker, conclusion),
                        new Canceller(
                                invocation.client(),
                                invocation.base().accountId(),
                                invocation.listener()),
                        new PollDelays(
                                invocation.system(),
                                invocation.options().polling(),
                                invocation.observer()::usual));
    }

    /// The state before the first pass.
    public ReconcilerState initialState() {
        return initial;
    }

    /// Does what can be done now.
    ///
    /// @param state what the last pass left, or what was last saved where that did not end
    /// @throws DbtCloudException when the platform refuses or fails; the pass may be repeated from
    ///   the state that was last saved, or [given up][#giveUp]
    /// @throws InterruptedException when the thread is interrupted; the run goes on
    public Pass pass(ReconcilerState state) throws InterruptedException {
        try {
            return passOnce(state);
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    Pass passOnce(ReconcilerState state) throws InterruptedException {
        invocation.ledger().open(state);
        unconfirmed.resume();
        invocation.halt().resumed(invocation.own());
        Verdict verdict = state.verdict();
        if (verdict != null) {
            return new Pass.Concluded(conclusion.of(verdict));
        }
        boolean begins = state.memory().equals(ObserverMemory.NONE);
        return reconcile(begins ? observations.observe() : observeAfterStep());
    }

    /// Triggers nothing any more, and asks the platform to cancel the run, if there is one: as
    /// [Autoscaler#abandon], from another thread while a pass is going on, or between two.
    ///
    /// @throws DbtCloudException when the platform refuses to be asked
    public Abandonment abandon() {
        return invocation.halt().stop();
    }

    /// Cleans up after a pass that failed and is not going to be repeated: a clone that this
    /// invocation made and did not use is deleted.
    ///
    /// @throws InterruptedException when the thread is interrupted
    public void giveUp() throws InterruptedException {
        conclusion.giveUp();
    }

    /// What would be done, without doing it.
    Plan plan() {
        return plan(observations.observeFully());
    }

    private Plan plan(Snapshot seen) {
        return Planner.plan(seen, invocation.request(), policy(), invocation.now());
    }

    private Pass reconcile(Snapshot first) throws InterruptedException {
        Snapshot seen = first;
        while (true) {
            Plan plan = plan(seen);
            Step step = plan.next();
            if (usesClone(step) && !invocation.baseJob().areKnown()) {
                seen = invocation.observer().withCircumstances(seen);
                continue;
            }
            if (freshness.lacksCoverage(step)) {
                seen = observations.observeFully();
                continue;
            }
            announce(plan);
            if (freshness.isTooOldFor(step, seen)) {
                seen = observations.observeFully();
                continue;
            }
            if (step instanceof Step.Finish(Verdict verdict)) {
                return conclude(verdict);
            }
            switch (execute(step, seen)) {
                case Effect.Known(Snapshot after) -> seen = after;
                case Effect.Observe(Duration pause) -> {
                    if (pause.isPositive()) {
                        return new Pass.Waiting(invocation.ledger().state(), pause);
                    }
                    seen = observeAfterStep();
                }
            }
        }
    }

    private Snapshot observeAfterStep() {
        try {
            return observations.observe();
        } catch (DbtCloudException.RateLimited e) {
            return observeAfterCooldown(e);
        }
    }

    /// Nothing came of what was refused, and what it rested on is old by now.
    private Snapshot observeAfterCooldown(DbtCloudException.RateLimited refusal) {
        invocation.ledger().spend(Budgets::withRefusal, refusal);
        return observations.observe();
    }

    private Effect execute(Step step, Snapshot seen) throws InterruptedException {
        if (Freshness.triggers(step)) {
            invocation.halt().check();
        }
        try {
            return steps.execute(step, seen);
        } catch (DbtCloudException.RateLimited e) {
            return new Effect.Known(observeAfterCooldown(e));
        }
    }

    private Pass conclude(Verdict verdict) throws InterruptedException {
        invocation.ledger().conclude(verdict);
        invocation.ledger().save();
        return new Pass.Concluded(conclusion.of(verdict));
    }

    private Policy policy() {
        Options options = invocation.options();
        return new Policy(
                options.concurrency(),
                options.lanes(),
                options.shouldPoll(),
                options.cleanup(),
                options.maxRunSlots(),
                options.sharedSchema(),
                invocation.ledger().began().plus(options.timeout()));
    }

    private void announce(Plan plan) {
        if (!plan.equals(announced)) {
            announced = plan;
            invocation.announce(new Event.Decided(plan));
        }
    }

    private static boolean usesClone(Step step) {
        return step instanceof Step.CreateClone || step instanceof Step.Trigger(Lane.Clone _);
    }
}
