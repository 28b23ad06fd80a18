package io.github.dbtc4j.simulation.world;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// A participant in [VirtualTime]: a process with a clock, chance and a network of its own.
public final class SimulatedProcess implements SystemContext {

    private final String name;
    private final VirtualTime time;
    private final SplittableRandom chance;
    private final VirtualTime.Delay delay;
    private final Thread thread;
    private volatile boolean turn;
    private boolean doomed;
    private boolean ended;
    private @Nullable Throwable failure;

    /// A platform that answers at a given moment, such as `sandbox::handle`.
    @FunctionalInterface
    public interface Platform {

        /// Answers `request` at `now`.
        Response handle(Request request, Instant now) throws IOException;
    }

    /// Unwinds the thread of a participant that was killed. No effect of what runs meanwhile
    /// reaches anybody: every scheduling point throws it again.
    @SuppressWarnings("serial") // never serialised
    private static final class Killed extends Error {
        Killed(String name) {
            super(name + " was killed", null, false, false);
        }
    }

    SimulatedProcess(
            String name,
            VirtualTime time,
            SplittableRandom chance,
            VirtualTime.Delay delay,
            VirtualTime.Script script) {
        this.name = name;
        this.time = time;
        this.chance = chance;
        this.delay = delay;
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> live(script));
    }

    /// What it was called when it began.
    public String name() {
        return name;
    }

    /// Whether its script has ended: by itself, by a failure or by a kill.
    public boolean hasEnded() {
        return ended;
    }

    /// What its script threw; empty while it runs, when it ended well, and when it was killed.
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /// Whether it was killed, by [#kill] or at the end of time.
    public boolean wasKilled() {
        return doomed;
    }

    /// Kills it where it stands, as `kill -9` does: nothing it would still do has any effect. A
    /// request under way is lost if it has not arrived yet.
    public void kill() {
        if (!ended) {
            doomed = true;
            time.reschedule(this, time.elapsed());
        }
    }

    /// Keeps it where it stands for `duration` longer, as a stopped process or a slow network does.
    public void pause(Duration duration) {
        time.reschedule(this, time.elapsed() + time.dueIn(this) + duration.toNanos());
    }

    /// Keeps it from doing anything for `duration`, as a stopped process is kept: what it would do
    /// meanwhile it does then.
    public void stop(Duration duration) {
        time.reschedule(this, time.elapsed() + Math.max(time.dueIn(this), duration.toNanos()));
    }

    /// `platform` as seen from here: a request takes a while to arrive, and so does the response.
    public Transport transport(Platform platform) {
        return request -> {
            await(delay.draw(chance));
            Response response = platform.handle(request, now());
            await(delay.draw(chance));
            return response;
        };
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public long nanoTime() {
        return time.elapsed();
    }

    @Override
    public void sleep(Duration duration) {
        await(Math.max(0, duration.toNanos()));
    }

    @Override
    public long random() {
        return chance.nextLong();
    }

    @Override
    public String toString() {
        return name;
    }

    /// It is this participant's turn.
    void wake() {
        turn = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    void doom() {
        doomed |= !ended;
    }

    /// A scheduling point.
    private void await(long nanos) {
        if (!Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("it is not " + name + " who would wait");
        }
        if (!doomed) {
            time.schedule(this, time.elapsed() + nanos);
            turn = false;
            if (!time.handOver(this)) {
                while (!turn) {
                    LockSupport.park(this);
                }
            }
        }
        if (doomed) {
            throw new Killed(name);
        }
    }

    private void live(VirtualTime.Script script) {
        try {
            if (!doomed) {
                script.play(this);
            }
        } catch (Killed e) {
            // that is how it is meant to end
        } catch (Throwable e) {
            failure = doomed ? null : e;
        } finally {
            ended = true;
            time.handOver(null);
        }
    }
}
