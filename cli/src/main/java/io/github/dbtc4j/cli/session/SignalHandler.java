package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.autoscaler.Abandonment;
import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.narration.VerdictText;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// What is still done when a signal stops the process while it waits for a run.
public final class SignalHandler implements AutoCloseable {

    private static final Duration LONGEST_CANCEL = Duration.ofSeconds(3);

    private final ProgressPrinter narration;
    private final Supplier<Abandonment> abandon;
    private final boolean cancels;
    private final StopHook hook = new StopHook(this::stop);

    private SignalHandler(
            ProgressPrinter narration, Supplier<Abandonment> abandon, boolean cancels) {
        this.narration = narration;
        this.abandon = abandon;
        this.cancels = cancels;
    }

    /// Has the run cancelled by `abandon`.
    public static SignalHandler cancel(ProgressPrinter narration, Supplier<Abandonment> abandon) {
        return new SignalHandler(narration, abandon, true);
    }

    /// Leaves the run in progress and says so.
    public static SignalHandler leave(ProgressPrinter narration) {
        return new SignalHandler(narration, () -> Abandonment.NO_RUN, false);
    }

    private void stop() {
        narration.ending();
        narration.say(told(narration));
        if (cancels) {
            abandonQuietly();
        } else {
            left(narration).ifPresent(narration::say);
        }
        narration
                .clonesLeft()
                .forEach(job ->
                        narration.say(
                                "Clone "
                                        + job
                                        + " is left. It starts nothing by itself. Unless"
                                        + " --cleanup=never keeps it, a later dbtc of its job"
                                        + " deletes it once it has expired, and so does dbtc"
                                        + " reap."));
    }

    /// The first sentence: which run there is, if it has come to its end.
    static String told(ProgressPrinter narration) {
        return narration
                .lastRun()
                .filter(run -> run.status().isTerminal())
                .map(run ->
                        "Stopping; run %d had ended in status %s.%s"
                                .formatted(run.id(), run.status().label(), VerdictText.link(run)))
                .orElse("Stopping.");
    }

    /// What to know about a run that was not to be cancelled.
    static Optional<String> left(ProgressPrinter narration) {
        return narration.lastRun().isEmpty()
                ? Optional.of(
                        "No run is known; if one was triggered, it continues: `dbtc runs list`"
                                + " shows it.")
                : narration.unfinishedRun().map(VerdictText::mayGoOn);
    }

    /// The last sentence about the run that was to be cancelled; empty when [ProgressPrinter] has
    /// printed its end.
    static Optional<String> cameOf(Abandonment abandonment, ProgressPrinter narration) {
        return switch (abandonment) {
            case CANCEL_REQUESTED -> Optional.empty();
            case NO_RUN ->
                    narration.lastRun().isEmpty()
                            ? Optional.of("No run was triggered.")
                            : narration.unfinishedRun().map(VerdictText::mayGoOn);
            case NO_ANSWER ->
                    Optional.of(
                            "No response to the trigger yet. It may still start a run; `dbtc ci"
                                    + " cancel` in this pipeline cancels it.");
        };
    }

    private void abandonQuietly() {
        Thread abandoning =
                Thread.startVirtualThread(() -> {
                    try {
                        cameOf(abandon.get(), narration).ifPresent(narration::say);
                    } catch (RuntimeException e) {
                        narration.say("The run could not be cancelled: " + e.getMessage());
                    }
                });
        try {
            if (!abandoning.join(LONGEST_CANCEL)) {
                narration
                        .unfinishedRun()
                        .map(run -> "No response yet. " + VerdictText.mayGoOn(run))
                        .ifPresent(narration::say);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops listening; when the process is ending, the hook has the last word.
    @Override
    public void close() {
        hook.withdraw();
    }
}
