package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import java.util.List;

/// One thing to do.
public sealed interface Step {

    /// Whether it changes anything on the platform.
    default boolean writes() {
        return switch (this) {
            case Cancel _, DeleteClone _, CreateClone _, Trigger _ -> true;
            case AwaitCompletion _, AwaitVisibility _, ResolveWrite _ -> false;
            case Watch _, VerifySuccess _, Finish _ -> false;
        };
    }

    /// Ask the platform to cancel `run`: a stale run of this pull request, or the own run.
    record Cancel(RunId run) implements Step {}

    /// Wait until `runs` have come to their end, so that nothing writes into the pull request's
    /// schema when the next run starts elsewhere.
    record AwaitCompletion(List<RunId> runs) implements Step {
        public AwaitCompletion {
            runs = List.copyOf(runs);
        }
    }

    /// Delete the pull request's clone `job`, which is not like the base job any more, so that no
    /// invocation can run anything on it beside the one that takes its place.
    record DeleteClone(JobId job) implements Step {}

    /// Make a clone of the base job.
    record CreateClone() implements Step {}

    /// Wait until a clone that another invocation made for this pull request at the same moment
    /// would be listed. Before a run is triggered on `job`, so that all invocations choose the same
    /// clone; or just after, so that a run that has to yield does so before it executes.
    record AwaitVisibility(JobId job) implements Step {}

    /// Trigger a run on `lane`.
    record Trigger(Lane lane) implements Step {}

    /// Find out whether the unconfirmed write took effect.
    record ResolveWrite(UnconfirmedWrite lost) implements Step {}

    /// Observe again after a while.
    record Watch(RunId run) implements Step {}

    /// Observe again soon: `run` has succeeded, and a run that conflicts with it might not be
    /// listed yet.
    record VerifySuccess(RunId run) implements Step {}

    /// Nothing is left to do.
    record Finish(Verdict verdict) implements Step {}
}
