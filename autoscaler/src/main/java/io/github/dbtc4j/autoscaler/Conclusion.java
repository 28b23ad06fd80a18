package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.observation.WholeRun;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

/// Ends an invocation: reads what the user gets, and cleans up.
final class Conclusion {

    /// So many idle clones of others are deleted on the way out.
    private static final int MAX_REAPED = 5;

    private final Invocation invocation;
    private @Nullable ApiResponse<Run> answer;

    Conclusion(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Takes note of the platform's last response about the own run.
    void answered(ApiResponse<Run> latest) {
        answer = latest;
    }

    Outcome of(Verdict verdict) throws InterruptedException {
        invocation.halt().finished();
        // a run that has ended is read before its job is gone, one that is ending when it has
        boolean ended =
                !(verdict instanceof Verdict.DeadlinePassed)
                        && !(verdict instanceof Verdict.Superseded);
        ApiResponse<Run> early = ended ? finalAnswer(verdict) : null;
        cleanUp();
        return new Outcome(verdict, ended ? early : finalAnswer(verdict));
    }

    /// After an error: a clone on which nothing was triggered is of no use to anyone; one whose run
    /// goes on has to stay.
    void giveUp() throws InterruptedException {
        JobId clone = invocation.own().ownClone();
        if (clone != null && invocation.own().run() == null) {
            invocation.deleter().delete(clone, invocation.own().triggeredRuns());
        } else if (clone != null) {
            invocation.announce(
                    new Event.CloneKept(clone, "its run " + invocation.own().run() + " may go on"));
        }
    }

    private void cleanUp() throws InterruptedException {
        JobId clone = invocation.own().ownClone();
        Options options = invocation.options();
        if (options.cleanup() == Cleanup.AFTER_RUN && clone != null) {
            invocation.deleter().delete(clone, invocation.own().triggeredRuns());
        }
        if (options.cleanup() != Cleanup.NEVER && !invocation.halt().isTold()) {
            new Reaper(invocation.client(), invocation.system(), invocation.listener())
                    .sweep(
                            invocation.base(),
                            options.cloneTtl(),
                            job -> job.equals(clone),
                            MAX_REAPED);
        }
    }

    /// Without a wait the response to the trigger is what the user gets; else how the run stands
    /// now.
    private @Nullable ApiResponse<Run> finalAnswer(Verdict verdict) {
        ApiResponse<Run> last = answer;
        RunId run = reported(verdict);
        if (run == null || (last != null && suffices(last.data(), run, verdict))) {
            return last;
        }
        try {
            return WholeRun.read(invocation.client(), invocation.base().accountId(), run.value());
        } catch (DbtCloudException.Interrupted e) {
            throw e;
        } catch (DbtCloudException e) {
            // the verdict stands without this
            return last;
        }
    }

    /// The run that the user gets to see: where there is no result, the own one.
    private @Nullable RunId reported(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Superseded _, Verdict.DeadlinePassed _ -> invocation.own().run();
            case Verdict.Triggered _,
                    Verdict.Succeeded _,
                    Verdict.Failed _,
                    Verdict.Cancelled _,
                    Verdict.Conflicted _ ->
                    verdict.run();
        };
    }

    private static boolean suffices(Run last, RunId run, Verdict verdict) {
        return last.id() == run.value()
                && (verdict instanceof Verdict.Triggered || last.status().isTerminal());
    }
}
