package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.Stderr;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStep;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// The line at the foot of a terminal while a run is waited for, rewritten every second from what
/// was seen last. The platform is asked no oftener for it.
///
/// What the wait does not look at is asked for beside it: how long recent runs took, once, and the
/// steps of a run that executes, at most every 15 seconds.
final class WaitingLine implements AutoCloseable {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration STEPS_AGE = Duration.ofSeconds(15);

    /// A person may have made the window narrower.
    private static final Duration COLUMNS_AGE = Duration.ofSeconds(5);

    private final Stderr stderr;
    private final SystemContext time;
    private final long madeAt;
    private final Executor heart;
    private final Executor beside;
    private final Map<Long, String> owners = new HashMap<>();

    private RunOutlook outlook = RunOutlook.NONE;
    private boolean begun;
    private volatile boolean closed;

    private @Nullable Run run;
    private @Nullable String instead;
    private Duration elapsed = Duration.ZERO;
    private long elapsedAt;

    /// How far this machine's clock is ahead of the platform's.
    private @Nullable Duration ahead;

    private List<RunStep> steps = List.of();
    private @Nullable Duration usual;
    private boolean usualAsked;
    private boolean asking;
    private long stepsAt;
    private int columns;
    private long columnsAt;

    /// @param heart runs what never ends while the line is shown
    /// @param beside runs what asks the platform
    WaitingLine(Stderr stderr, SystemContext time, Executor heart, Executor beside) {
        this.stderr = stderr;
        this.time = time;
        this.madeAt = time.nanoTime();
        this.heart = heart;
        this.beside = beside;
    }

    /// Asks `outlook` from now on.
    synchronized void ask(RunOutlook outlook) {
        this.outlook = outlook;
    }

    /// Takes note of whose run others may wait for.
    synchronized void owner(long run, String whose) {
        owners.put(run, whose);
    }

    /// Takes note of a run that the platform has this moment created.
    synchronized void triggered(Run created) {
        ahead = Duration.between(created.createdAt(), time.now());
        saw(created, Duration.ofNanos(time.nanoTime() - madeAt));
    }

    /// Shows what is waited for while there is no run, such as `waiting for the end of run 101`.
    synchronized void waits(String what) {
        if (run == null && !what.equals(instead)) {
            if (instead == null) {
                elapsed = Duration.ZERO;
                elapsedAt = time.nanoTime();
            }
            instead = what;
            begin();
            draw();
        }
    }

    /// Shows how a run stands.
    ///
    /// @param since the wait began
    synchronized void saw(Run seen, Duration since) {
        if (run == null || run.id() != seen.id()) {
            steps = List.of();
            stepsAt = time.nanoTime() - STEPS_AGE.toNanos();
        }
        if (!seen.steps().isEmpty()) {
            steps = seen.steps();
            stepsAt = time.nanoTime();
        }
        run = seen;
        elapsed = since;
        elapsedAt = time.nanoTime();
        begin();
        draw();
    }

    /// A second has passed.
    void tick() {
        Runnable question;
        synchronized (this) {
            draw();
            question = question();
        }
        if (question != null) {
            beside.execute(question);
        }
    }

    /// Takes the line away, for good.
    @Override
    public synchronized void close() {
        closed = true;
        stderr.clear();
    }

    private void begin() {
        if (!begun && !closed) {
            begun = true;
            heart.execute(this::beat);
        }
    }

    private void beat() {
        try {
            while (!closed) {
                time.sleep(BEAT);
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        Run shown = run;
        if (closed || (shown == null && instead == null)) {
            return;
        }
        if (shown == null) {
            stderr.status("[" + Durations.clock(elapsed()) + "] " + instead, columns());
        } else if (!shown.status().isTerminal()) {
            var text = new WaitingText(shown, steps, usual, Map.copyOf(owners));
            stderr.status(text.line(elapsed(), executed(shown), columns()), columns());
        }
    }

    private Duration elapsed() {
        return elapsed.plusNanos(time.nanoTime() - elapsedAt);
    }

    private @Nullable Duration executed(Run shown) {
        Instant started = shown.startedAt();
        if (started == null) {
            return null;
        }
        Instant now = ahead == null ? time.now() : time.now().minus(ahead);
        Duration executed = Duration.between(started, now);
        return executed.isNegative() ? Duration.ZERO : executed;
    }

    /// Less than the terminal has: a full line would wrap, and so would one with the `^C` that a
    /// terminal shows behind it.
    private int columns() {
        if (columns == 0 || isOlder(columnsAt, COLUMNS_AGE)) {
            columns = stderr.columns() - 3;
            columnsAt = time.nanoTime();
        }
        return columns;
    }

    private @Nullable Runnable question() {
        Run shown = run;
        if (closed || asking || shown == null || shown.status().isTerminal()) {
            return null;
        }
        boolean wantsSteps = shown.startedAt() != null && isOlder(stepsAt, STEPS_AGE);
        if (usualAsked && !wantsSteps) {
            return null;
        }
        boolean wantsUsual = !usualAsked;
        asking = true;
        usualAsked = true;
        stepsAt = wantsSteps ? time.nanoTime() : stepsAt;
        return () -> ask(shown, wantsUsual, wantsSteps);
    }

    private void ask(Run shown, boolean wantsUsual, boolean wantsSteps) {
        List<Duration> took = wantsUsual ? outlook.usual() : List.of();
        List<RunStep> begun = wantsSteps ? outlook.steps(shown) : List.of();
        synchronized (this) {
            asking = false;
            usual = wantsUsual ? median(took) : usual;
            if (!begun.isEmpty() && run != null && run.id() == shown.id()) {
                steps = begun;
            }
            if (!took.isEmpty() || !begun.isEmpty()) {
                draw();
            }
        }
    }

    private boolean isOlder(long at, Duration age) {
        return time.nanoTime() - at >= age.toNanos();
    }

    private static @Nullable Duration median(List<Duration> durations) {
        return durations.isEmpty()
                ? null
                : durations.stream().sorted().toList().get(durations.size() / 2);
    }
}
