package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.session.StopHook;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets `dbtc probe` clean up when a signal stops the process.
final class ProbeOnSignal implements AutoCloseable {

    private static final Duration LONGEST_CLEAN_UP = Duration.ofSeconds(8);

    private final ProgressPrinter narration;
    private final Thread working = Thread.currentThread();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final StopHook hook = new StopHook(this::stop);
    private volatile boolean stopping;

    ProbeOnSignal(ProgressPrinter narration) {
        this.narration = narration;
    }

    boolean stopping() {
        return stopping;
    }

    private void stop() {
        stopping = true;
        narration.say("Stopping: removing the throw-away job.");
        working.interrupt();
        try {
            if (!cleanedUp.await(LONGEST_CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                narration.say(
                        "No answer yet. What is left starts nothing by itself; the next dbtc probe"
                                + " or dbtc reap deletes it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops listening; when the process is ending, leaves the last word to it.
    @Override
    public void close() {
        cleanedUp.countDown();
        if (!hook.withdraw()) {
            awaitTheEnd();
        }
    }

    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
