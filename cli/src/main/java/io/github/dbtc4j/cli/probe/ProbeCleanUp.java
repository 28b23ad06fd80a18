package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.http.SystemContext;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Ends the runs of throw-away jobs and deletes these, those of a killed `dbtc probe` included.
final class ProbeCleanUp {

    /// A job that was created so long ago is in lists.
    private static final Duration LISTED = Duration.ofSeconds(15);

    private static final String LATER =
            "It starts nothing by itself; the next dbtc probe or dbtc reap deletes it.";

    private final Set<Long> told = new HashSet<>();
    private final ProbePlatform platform;
    private final SystemContext system;
    private final Consumer<String> say;

    /// @param say receives what went wrong
    ProbeCleanUp(ProbePlatform platform, SystemContext system, Consumer<String> say) {
        this.platform = platform;
        this.system = system;
        this.say = say;
    }

    /// Leaves nothing behind, as far as the platform allows. What fails is reported, and the rest
    /// done.
    ///
    /// @param hurried whether there is no time to wait for ends
    /// @return whether nothing is left
    boolean clear(boolean hurried) throws InterruptedException {
        if (platform.unsure() && !hurried) {
            system.sleep(LISTED);
        }
        attempt(ProbeCall.LEFT, 0);
        for (long job : platform.jobsThere()) {
            attempt(ProbeCall.RUNS, job);
        }
        for (long run : platform.activeRuns()) {
            attempt(ProbeCall.CANCEL, run);
        }
        for (long run : hurried ? Set.<Long>of() : platform.activeRuns()) {
            awaitEnd(run);
        }
        for (long job : platform.jobsThere()) {
            if (platform.mayDelete(job)) {
                attempt(ProbeCall.DELETE, job);
            }
        }
        tellWhatIsLeft();
        return platform.jobsThere().isEmpty()
                && !platform.jobLost()
                && (hurried || platform.activeRuns().isEmpty());
    }

    private void tellWhatIsLeft() {
        for (long job : platform.jobsThere()) {
            if (!platform.isUsed(job)) {
                say.accept("The throw-away job %d is left. %s".formatted(job, LATER));
            } else if (told.add(job)) {
                say.accept(
                        "Job %d has a run that no dbtc probe triggered: job and run stay. Delete the job by hand when nothing needs it."
                                .formatted(job));
            }
        }
        if (platform.jobLost()) {
            say.accept(
                    "A throw-away job may be left: whether it was created is not known. " + LATER);
        }
    }

    private void awaitEnd(long run) throws InterruptedException {
        long start = system.nanoTime();
        while (platform.activeRuns().contains(run)
                && system.nanoTime() - start < ProbeBench.END_LIMIT.toNanos()) {
            system.sleep(ProbeBench.RHYTHM);
            attempt(ProbeCall.RUN, run);
        }
    }

    private void attempt(ProbeCall call, long id) {
        try {
            platform.send(call, id);
        } catch (DbtCloudException e) {
            say.accept(String.valueOf(e.getMessage()));
        }
    }
}
