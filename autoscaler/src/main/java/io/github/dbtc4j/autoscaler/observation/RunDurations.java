package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.planner.state.Claim;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// How long the last runs of a job executed that ended by themselves, those on its clones included.
public final class RunDurations {

    private static final int ENOUGH_RUNS = 20;

    private RunDurations() {}

    /// Of some runs that were listed anyway.
    ///
    /// @param runs newest first
    static List<Duration> durations(Collection<Run> runs, long job) {
        return runs.stream()
                .filter(run -> isOf(job, run) && endedByItself(run))
                .flatMap(run -> duration(run).stream())
                .limit(ENOUGH_RUNS)
                .toList();
    }

    /// Of the runs on the job itself, by one call. None where that call fails: nothing but the
    /// rhythm of looks rests on it.
    public static List<Duration> read(DbtCloudClient client, long accountId, long job) {
        try {
            List<Run> runs =
                    client.runs()
                            .page(
                                    accountId,
                                    RunQuery.all()
                                            .jobId(job)
                                            .statusIn(Known.SUCCESS, Known.ERROR)
                                            .orderBy("-id")
                                            .limit(ENOUGH_RUNS))
                            .data();
            return durations(runs, job);
        } catch (DbtCloudException.Interrupted e) {
            throw e;
        } catch (DbtCloudException e) {
            return List.of();
        }
    }

    private static boolean isOf(long job, Run run) {
        return run.jobId() == job
                || (run.trigger() != null
                        && run.job() != null
                        && CloneDefinition.markerOf(run.job())
                                .filter(marker -> marker.base().value() == job)
                                .isPresent()
                        && Claim.parse(run.trigger().cause())
                                .filter(claim -> claim.base().value() == job)
                                .isPresent());
    }

    private static boolean endedByItself(Run run) {
        return run.status() == Known.SUCCESS || run.status() == Known.ERROR;
    }

    private static Optional<Duration> duration(Run run) {
        Instant start = run.startedAt();
        Instant end = run.finishedAt();
        return start == null || end == null
                ? Optional.empty()
                : Optional.of(Duration.between(start, end));
    }
}
