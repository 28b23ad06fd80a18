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
        try {
            Duration waited = Duration.ZERO;
            while (true) {
                List<Run> runs = inProgress(clone);
                if (runs.isEmpty()) {
                    client.deleteJob(base.accountId(), clone.value());
                    narrator.tell(new Event.CloneDeleted(clone));
                    return;
                }
                boolean others =
                        runs.stream().anyMatch(run -> own == null || run.id() != own.value());
                if (others || waited.compareTo(PATIENCE) >= 0) {
                    narrator.tell(
                            new Event.CloneKept(
                                    clone, "run " + runs.getLast().id() + " is in progress on it"));
                    return;
                }
                surroundings.sleep(PAUSE);
                waited = waited.plus(PAUSE);
            }
        } catch (DbtCloudException.NotFound e) {
            narrator.tell(new Event.CloneDeleted(clone));
        } catch (DbtCloudException e) {
            narrator.tell(new Event.CloneKept(clone, String.valueOf(e.getMessage())));
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
