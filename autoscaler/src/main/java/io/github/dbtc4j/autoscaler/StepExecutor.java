package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CloneDeleter;
import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.autoscaler.observation.PollDelays;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Does the steps of a plan.
record StepExecutor(
        Invocation invocation,
        CloneMaker cloneMaker,
        RunTrigger runTrigger,
        Canceller canceller,
        PollDelays delays) {

    Effect execute(Step step, Snapshot seen) throws InterruptedException {
        return switch (step) {
            case Step.Cancel(RunId run) -> cancel(seen, run);
            case Step.DeleteClone(JobId job) -> deleteClone(job);
            case Step.CreateClone() -> cloneMaker.create(seen);
            case Step.Trigger(var lane) -> runTrigger.trigger(seen, lane);
            case Step.AwaitCompletion(var runs) -> awaitEnd(runs);
            case Step.AwaitVisibility _ -> new Effect.Observe(Planner.VISIBILITY_DELAY);
            case Step.ResolveWrite(UnconfirmedWrite lost) ->
                    observePullRequest(delays.whileReadingBack(lost, invocation.now()));
            case Step.Watch(RunId run) -> watch(seen, run);
            case Step.VerifySuccess(RunId run) ->
                    new Effect.Observe(
                            seen.run(run)
                                    .map(each -> delays.beforeConfirming(each, seen.at()))
                                    .orElse(PollDelays.BRIEFLY));
            case Step.Finish _ -> new Effect.Known(seen);
        };
    }

    private Effect cancel(Snapshot seen, RunId run) {
        Ledger ledger = invocation.ledger();
        ledger.saveAs(ledger.own().withCancelRequest(run, invocation.now()));
        Optional<Run> cancelled = canceller.cancel(run);
        ledger.change(own -> own.withCancelRequest(run, invocation.now()));
        return new Effect.Known(
                cancelled
                        .map(each -> seen.withProgressOf(invocation.observer().observed(each)))
                        .orElse(seen)
                        .with(ledger.own()));
    }

    private Effect deleteClone(JobId job) throws InterruptedException {
        Ledger ledger = invocation.ledger();
        ledger.save();
        Optional<CloneDeleter.Refusal> obstacle =
                invocation.deleter().obstacleTo(job, ledger.own().triggeredRuns());
        ledger.cover(Coverage.FULL);
        if (obstacle.isEmpty()) {
            ledger.change(own -> own.withoutLane(job));
        } else if (obstacle.get().isFinal()) {
            ledger.change(own -> own.keeping(job));
        } else {
            return new Effect.Observe(delays.poll());
        }
        return Effect.Observe.NOW;
    }

    private Effect awaitEnd(List<RunId> runs) {
        boolean areEnding = invocation.own().cancelRequests().keySet().containsAll(runs);
        return areEnding
                ? observePullRequest(PollDelays.BRIEFLY)
                : new Effect.Observe(delays.poll());
    }

    private Effect watch(Snapshot seen, RunId run) {
        Duration pause = whileWatching(seen, run);
        return run.equals(invocation.own().run())
                ? new Effect.Observe(pause)
                : observePullRequest(pause);
    }

    private Duration whileWatching(Snapshot seen, RunId id) {
        Optional<ObservedRun> run = seen.run(id).filter(each -> each.status().isActive());
        if (run.isEmpty()) {
            return delays.poll();
        }
        return mayMove(run.get(), seen)
                ? delays.whileQueued(run.get(), seen)
                : delays.whileWatching(run.get(), seen.at());
    }

    private boolean mayMove(ObservedRun run, Snapshot seen) {
        return run.status() == RunStatus.QUEUED
                && run.id().equals(invocation.own().run())
                && run.job().equals(seen.base().id())
                && !seen.base().runsConcurrently()
                && invocation.options().concurrency() != Concurrency.NATIVE;
    }

    private Effect observePullRequest(Duration pause) {
        invocation.ledger().cover(Coverage.PULL_REQUEST);
        return new Effect.Observe(pause);
    }
}
