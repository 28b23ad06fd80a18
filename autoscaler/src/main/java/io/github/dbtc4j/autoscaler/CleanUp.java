package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.Job;
import io.github.dbtc4j.client.Run;
import io.github.dbtc4j.client.RunQuery;
import io.github.dbtc4j.client.RunStatus.Known;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Deletes a clone whose run has ended. What goes wrong here is told and harms nobody's verdict.
final class CleanUp {

    /// A cancelled run takes 1–15 s to end; it may be looked for this long.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final DbtCloudClient client;
    private final Surroundings surroundings;
    private final Narrator narrator;
    private final Job base;

    CleanUp(DbtCloudClient client, Surroundings surroundings, Narrator narrator, Job base) {
        this.client = client;
        this.surroundings = surroundings;
        this.narrator = narrator;
        this.base = base;
    }

    /// Deletes `clone` once no run is in progress on it: deleting a job makes the platform cancel
    /// its runs. Keeps it when a run other than `own` is there.
    void delete(JobId clone, @Nullable RunId own) throws InterruptedException {
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            Optional<Obstacle> obstacle = tryToDelete(clone, own);
            if (obstacle.isEmpty()) {
                narrator.tell(new Event.CloneDeleted(clone));
                return;
            }
            if (!obstacle.get().mayPass() || waited.compareTo(PATIENCE) >= 0) {
                narrator.tell(new Event.CloneKept(clone, obstacle.get().why()));
                return;
            }
            surroundings.sleep(PAUSE);
        }
    }

    /// What keeps a clone from being deleted.
    private record Obstacle(String why, boolean mayPass) {}

    private Optional<Obstacle> tryToDelete(JobId clone, @Nullable RunId own) {
        try {
            List<Run> runs = inProgress(clone);
            if (runs.isEmpty()) {
                client.deleteJob(base.accountId(), clone.value());
                return Optional.empty();
            }
            return Optional.of(
                    new Obstacle(
                            "run " + runs.getLast().id() + " is in progress on it",
                            runs.stream().allMatch(run -> own != null && run.id() == own.value())));
        } catch (DbtCloudException.NotFound e) {
            return Optional.empty();
        } catch (DbtCloudException e) {
            return Optional.of(
                    new Obstacle(
                            String.valueOf(e.getMessage()),
                            e instanceof DbtCloudException.Unavailable));
        }
    }

    private List<Run> inProgress(JobId clone) {
        return client.allRuns(
                        base.accountId(),
                        RunQuery.all()
                                .jobId(clone.value())
                                .statusIn(Known.QUEUED, Known.STARTING, Known.RUNNING))
                .data();
    }
}
