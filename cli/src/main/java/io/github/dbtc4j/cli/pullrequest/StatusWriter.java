package io.github.dbtc4j.cli.pullrequest;

import io.github.dbtc4j.githost.GitHostException;
import io.github.dbtc4j.githost.GitHostException.Reason;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Writes to a git host, from one thread of its own: a slow host delays no run, and what is written
/// last is what happened last. Of several statuses that wait, only the latest is written.
final class StatusWriter {

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /// What may pass.
    private static final Set<Reason> PASSING = Set.of(Reason.UNAVAILABLE, Reason.RATE_LIMITED);

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
    private final SystemContext system;
    private final Consumer<String> say;

    /// Whether the host will refuse the next status too; read and written by the thread alone.
    private boolean refused;

    /// What was said; used by the thread alone.
    private final Set<String> said = new HashSet<>();

    /// @param say told once what could not be written, and why
    StatusWriter(SystemContext system, Consumer<String> say) {
        this.system = system;
        this.say = say;
    }

    /// Writes a status soon, unless a later one comes first.
    void soon(Runnable status) {
        next.set(status);
        submit(() -> {
            Runnable latest = next.getAndSet(null);
            if (latest != null && !refused) {
                attempt(latest, 1, "Commit status: ");
            }
        });
    }

    /// Writes the last status with patience.
    void last(Runnable status) {
        next.set(null);
        submit(() -> {
            if (!refused) {
                attempt(status, ATTEMPTS, "Commit status: ");
            }
        });
    }

    /// Writes a comment, with patience.
    void comment(Runnable comment) {
        submit(() -> attempt(comment, ATTEMPTS, "Comment: "));
    }

    /// Waits until all is written, at most this long.
    ///
    /// @return whether it is
    boolean finish(Duration longest) {
        thread.shutdown();
        try {
            if (thread.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
        return false;
    }

    private void submit(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException ended) {
            // a signal ends the process: what it wrote last stays
        }
    }

    private void attempt(Runnable write, int attempts, String failure) {
        for (int left = attempts - 1; ; left--) {
            try {
                write.run();
                return;
            } catch (GitHostException e) {
                if (left > 0 && PASSING.contains(e.reason()) && pauses(e, attempts - left)) {
                    continue;
                }
                refused |= !PASSING.contains(e.reason());
                sayOnce(failure + e.getMessage());
                return;
            } catch (RuntimeException e) {
                sayOnce(failure + e.getMessage());
                return;
            }
        }
    }

    private void sayOnce(String sentence) {
        if (said.add(sentence)) {
            say.accept(sentence);
        }
    }

    /// @return whether it is worth another attempt
    private boolean pauses(GitHostException e, int attempt) {
        Duration pause = Objects.requireNonNullElse(e.retryAfter(), PAUSE.multipliedBy(attempt));
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return false;
        }
        try {
            system.sleep(pause);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
