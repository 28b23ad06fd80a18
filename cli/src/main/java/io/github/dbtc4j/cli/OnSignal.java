package io.github.dbtc4j.cli;

import io.github.dbtc4j.client.Run;

import java.time.Duration;
import java.util.Optional;

/// What is still done when the process is told to stop while it waits for a run. CI systems kill
/// seconds later, so it is little and bounded.
///
/// The exit code, 130 or 143, is the Java runtime's.
final class OnSignal implements AutoCloseable {

    private static final Duration AT_MOST = Duration.ofSeconds(3);

    private final Narration narration;
    private final Runnable abandon;
    private final boolean cancels;
    private final Thread hook = new Thread(this::stop, "stop");

    private OnSignal(Narration narration, Runnable abandon, boolean cancels) {
        this.narration = narration;
        this.abandon = abandon;
        this.cancels = cancels;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Has the run cancelled by `abandon`.
    static OnSignal cancel(Narration narration, Runnable abandon) {
        return new OnSignal(narration, abandon, true);
    }

    /// Lets the run go on and says so.
    static OnSignal leave(Narration narration) {
        return new OnSignal(narration, () -> {}, false);
    }

    private void stop() {
        Optional<Run> run = narration.unfinishedRun();
        narration.say(told(narration));
        if (cancels && run.isPresent()) {
            Thread abandoning = Thread.startVirtualThread(this::abandonQuietly);
            try {
                if (!abandoning.join(AT_MOST)) {
                    narration.say("No answer yet. " + Verdicts.mayGoOn(run.get()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (run.isPresent()) {
            narration.say(Verdicts.mayGoOn(run.get()));
        }
        narration
                .clonesLeft()
                .forEach(job ->
                        narration.say(
                                "Clone "
                                        + job
                                        + " is left. It starts nothing by itself; unless it was"
                                        + " made to stay, a later dbtc for its job deletes it once"
                                        + " it has been idle for long, and so does dbtc reap."));
    }

    /// The first sentence: which run there is, if it has come to its end.
    static String told(Narration narration) {
        if (narration.unfinishedRun().isPresent()) {
            return "Told to stop.";
        }
        return narration
                .lastRun()
                .map(run ->
                        "Told to stop; run %d had ended in status %s.%s"
                                .formatted(run.id(), run.status().label(), Verdicts.link(run)))
                .orElse("Told to stop; no run was triggered.");
    }

    private void abandonQuietly() {
        try {
            abandon.run();
        } catch (RuntimeException e) {
            narration.say("The run could not be cancelled: " + e.getMessage());
        }
    }

    /// Stops listening.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // the hook has the last word
        }
    }
}
