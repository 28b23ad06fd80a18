package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Between the thread that works for an invocation and one that tells it to stop: from then on no
/// trigger begins, and the run of one that had begun is cancelled as soon as the platform names it.
final class Halt {

    /// For so long the response to a trigger is waited for: CI systems kill seconds later, and to
    /// have the run cancelled takes a moment too.
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(2500);

    private static final Duration NOW_AND_THEN = Duration.ofMillis(100);

    private final SystemContext system;
    private final Canceller canceller;
    private boolean told;
    private boolean unanswered;
    private boolean givenUp;
    private @Nullable RunId run;

    Halt(SystemContext system, Canceller canceller) {
        this.system = system;
        this.canceller = canceller;
    }

    synchronized boolean isTold() {
        return told;
    }

    /// To be called before anything a run is to come of.
    ///
    /// @throws InterruptedException when no run is wanted any more
    synchronized void check() throws InterruptedException {
        if (told) {
            throw new InterruptedException("told to stop; no further run was triggered");
        }
    }

    /// To be called right before a trigger is sent.
    ///
    /// @throws InterruptedException when no run is wanted any more
    synchronized void triggering() throws InterruptedException {
        check();
        unanswered = true;
    }

    /// Nothing came of the trigger.
    synchronized void refused() {
        unanswered = false;
    }

    /// There is a run. Has it cancelled if the one who told to stop has ceased to wait for it.
    void triggered(RunId triggered) {
        boolean late;
        synchronized (this) {
            unanswered = false;
            run = triggered;
            late = givenUp;
        }
        if (late) {
            canceller.cancel(triggered);
        }
    }

    /// Goes on where another process ended, after `own`.
    synchronized void resumed(InvocationState own) {
        if (run == null) {
            run = own.run();
        }
        unanswered |= own.unconfirmedWrite() instanceof UnconfirmedWrite.Trigger;
    }

    /// There is a verdict: what is done now cancels and triggers nothing any more.
    synchronized void finished() {
        unanswered = false;
        run = null;
    }

    /// Tells to stop, waits for the response to a trigger that was sent, and has the run cancelled.
    Abandonment stop() {
        synchronized (this) {
            told = true;
        }
        awaitAnswer();
        RunId found;
        synchronized (this) {
            if (unanswered) {
                givenUp = true;
                return Abandonment.NO_ANSWER;
            }
            found = run;
        }
        if (found == null) {
            return Abandonment.NO_RUN;
        }
        canceller.cancel(found);
        return Abandonment.CANCEL_REQUESTED;
    }

    private void awaitAnswer() {
        long began = system.nanoTime();
        try {
            while (isUnanswered() && system.nanoTime() - began < LONGEST_ANSWER.toNanos()) {
                system.sleep(NOW_AND_THEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isUnanswered() {
        return unanswered;
    }
}
