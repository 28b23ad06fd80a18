package io.github.dbtc4j.simulation.exhaustion;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.simulation.exhaustion.InterleavingStep.Fault;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.InvocationRecord.Ending;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// A process that goes on only when its explorer lets it: a virtual thread of ordinary blocking
/// code that stops at each call to the platform and at each sleep.
final class SteppedProcess implements SystemContext {

    /// A fraction of a half in the high bits, so that every pause by chance has its middle length
    /// and pipelines that began together do ask together; low bits for nonces.
    private static final long MIDDLE = 1L << 63;

    private static final int DRAWS = 512;

    final int number;
    final ExhaustionDigest seen = new ExhaustionDigest();

    private final InterleavingExecution play;
    private final Thread thread;
    private final Thread player = Thread.currentThread();
    private volatile boolean turn;
    private boolean doomed;
    private @Nullable Request pending;
    private @Nullable Fault fault;
    private long due = Long.MAX_VALUE;
    private int draws;
    private @Nullable Ending ending;
    private @Nullable Instant ended;

    /// Where it stands still, before its call.
    private @Nullable Stop stop;

    /// @param at when it stopped
    /// @param step the move it stopped with
    private record Stop(Instant at, int step) {}

    /// What it runs.
    @FunctionalInterface
    interface Script {
        Ending run(SteppedProcess me) throws InterruptedException;
    }

    /// Unwinds its thread when it was killed: every stop throws it again.
    @SuppressWarnings("serial") // never serialised
    private static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    SteppedProcess(int number, InterleavingExecution play, Script script) {
        this.number = number;
        this.play = play;
        this.thread = Thread.ofVirtual().unstarted(() -> live(script));
    }

    /// Lets it go on to its next stop.
    void goOn() {
        turn = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (turn) {
            LockSupport.park(this);
        }
    }

    /// Lets its call reach the platform, or go wrong, and goes on.
    void call(@Nullable Fault how) {
        fault = how;
        goOn();
    }

    /// Ends it where it stands.
    void kill() {
        if (!hasEnded()) {
            doomed = true;
            ending = new InvocationRecord.Killed();
            ended = play.now();
            goOn();
        }
    }

    void pause(int step) {
        stop = new Stop(play.now(), step);
    }

    /// Ends its pause, if it is in one.
    ///
    /// @return how long that was
    Duration resume() {
        Duration howLong = stop == null ? Duration.ZERO : Duration.between(stop.at, play.now());
        stop = null;
        return howLong;
    }

    boolean isPaused() {
        return stop != null;
    }

    /// Whether it is paused, and `step` was the one that paused it.
    boolean hasPausedAt(int step) {
        return stop != null && stop.step == step;
    }

    /// The call it waits to make, or null.
    @Nullable Request pending() {
        return pending;
    }

    /// When its sleep is over.
    long due() {
        return due;
    }

    boolean hasEnded() {
        return ended != null;
    }

    Ending ending() {
        return ending == null ? new InvocationRecord.StillGoing() : ending;
    }

    @Nullable Instant ended() {
        return ended;
    }

    Response send(Request request) throws IOException {
        Fault how = null;
        if (!play.isInert(request)) {
            pending = request;
            stop();
            pending = null;
            how = fault;
        }
        return play.answer(request, this, how);
    }

    @Override
    public Instant now() {
        return play.now();
    }

    @Override
    public long nanoTime() {
        return play.elapsed();
    }

    @Override
    public void sleep(Duration duration) {
        if (duration.isPositive()) {
            due = play.elapsed() + duration.toNanos();
            stop();
            due = Long.MAX_VALUE;
        }
    }

    @Override
    public long random() {
        if (draws == DRAWS) {
            throw new IllegalStateException("a process that goes on for ever");
        }
        return MIDDLE | (long) number * DRAWS | draws++;
    }

    private void stop() {
        if (!doomed) {
            turn = false;
            LockSupport.unpark(player);
            while (!turn) {
                LockSupport.park(this);
            }
        }
        if (doomed) {
            throw new Killed();
        }
    }

    private void live(Script script) {
        Ending how = null;
        try {
            how = script.run(this);
        } catch (Killed e) {
            // that is how it is meant to end
        } catch (RuntimeException | InterruptedException e) {
            how = new InvocationRecord.Threw(e.getClass().getSimpleName(), "" + e.getMessage());
        } finally {
            if (ended == null) {
                ending = how;
                ended = play.now();
            }
            pending = null;
            due = Long.MAX_VALUE;
            turn = false;
            LockSupport.unpark(player);
        }
    }
}
