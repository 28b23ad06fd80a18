package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Deletes a clone of the own pull request that is not needed any more. What goes wrong here
/// becomes an event and changes no verdict.
public final class CloneDeleter {

    /// A cancelled run takes 1–15 s to end; it may be looked for this long.
    private static final Duration DELETE_PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Inspector inspector;
    private final SystemContext system;
    private final ProgressListener listener;
    private final JobId base;

    public CloneDeleter(
            Inspector inspector, SystemContext system, ProgressListener listener, JobId base) {
        this.inspector = inspector;
        this.system = system;
        this.listener = listener;
        this.base = base;
    }

    /// Deletes `clone` once no run is in progress on it: deleting a job makes the platform cancel
    /// its runs. Keeps it when a run that is none of `own` is there.
    ///
    /// @return whether it is gone
    public boolean delete(JobId clone, Set<RunId> own) throws InterruptedException {
        return obstacleTo(clone, own).isEmpty();
    }

    /// The same, telling why when it is not gone.
    public Optional<Refusal> obstacleTo(JobId clone, Set<RunId> own) throws InterruptedException {
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            Optional<Refusal> obstacle = tryToDelete(clone, own);
            if (obstacle.isEmpty()) {
                listener.onEvent(new Event.CloneDeleted(clone));
                return obstacle;
            }
            if (!obstacle.get().mayPass() || waited.compareTo(DELETE_PATIENCE) >= 0) {
                listener.onEvent(new Event.CloneKept(clone, obstacle.get().why()));
                return obstacle;
            }
            system.sleep(PAUSE);
        }
    }

    /// What keeps a clone from being deleted.
    ///
    /// @param byPlatform whether the platform would not have it, rather than that the clone is
    ///   needed or no clone any more
    public record Refusal(String why, boolean mayPass, boolean byPlatform) {

        /// Whether trying again is of no use: the platform refused.
        public boolean isFinal() {
            return byPlatform && !mayPass;
        }
    }

    private Optional<Refusal> tryToDelete(JobId clone, Set<RunId> own) {
        try {
            Optional<Inspector.Inspection> look = inspector.look(clone);
            if (look.isEmpty()) {
                return Optional.empty();
            }
            CloneInspection evidence = look.get().evidence();
            if (!evidence.isProvenCloneOf(base)) {
                return Optional.of(
                        new Refusal("it was changed, it may serve another purpose", false, false));
            }
            if (!evidence.active().isEmpty()) {
                return Optional.of(
                        new Refusal(
                                "run " + evidence.active().getFirst() + " is in progress on it",
                                own.containsAll(evidence.active()),
                                false));
            }
            return inspector.delete(look.get())
                    ? Optional.empty()
                    : Optional.of(new Refusal("the platform answers too slowly", true, true));
        } catch (DbtCloudException e) {
            return Optional.of(
                    new Refusal(
                            String.valueOf(e.getMessage()),
                            e instanceof DbtCloudException.Unavailable,
                            true));
        }
    }
}
