package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.Origin;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Gathers what speaks for and against deleting a clone, and deletes it on that.
public final class Inspector {

    /// Nothing is deleted when its runs were asked for longer ago.
    private static final Duration FRESH_RUNS = Duration.ofSeconds(5);

    /// Nor when the job itself was: a person may have given it a trigger since. Where calls are
    /// slow, two of them take more than five seconds.
    private static final Duration FRESH_JOB = Duration.ofSeconds(15);

    private static final int PAGE = 100;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final long accountId;
    private final Origins origins;

    /// What was seen.
    ///
    /// @param jobAsked when the job was asked for, in nanoseconds by the clock that never jumps; a
    ///   response may be older than its arrival
    /// @param runsAsked when its runs were
    record Inspection(CloneInspection evidence, long jobAsked, long runsAsked) {}

    Inspector(DbtCloudClient client, SystemContext system, long accountId) {
        this.client = client;
        this.system = system;
        this.accountId = accountId;
        this.origins = new Origins(client);
    }

    /// For clones of `base`, which was read before.
    public static Inspector ofClonesOf(Job base, DbtCloudClient client, SystemContext system) {
        var inspector = new Inspector(client, system, base.accountId());
        inspector.origins.know(base);
        return inspector;
    }

    /// Looks at `job`; empty when it is gone.
    Optional<Inspection> look(JobId job) {
        long asked = system.nanoTime();
        Job read;
        try {
            read = client.jobs().get(accountId, job.value()).data();
        } catch (DbtCloudException.NotFound e) {
            return Optional.empty();
        }
        return read.isDeleted() ? Optional.empty() : Optional.of(look(read, asked));
    }

    /// Looks at the runs of `job`, which a list just showed: what there is to say of it, on which
    /// nothing can be deleted yet.
    CloneInspection inspect(Job job) {
        return look(job, system.nanoTime()).evidence();
    }

    /// The runs are read last: they change fastest.
    private Inspection look(Job job, long jobAsked) {
        Optional<Marker> marker = Marker.parse(job.description());
        Origin origin = marker.map(each -> origins.of(job, each)).orElse(null);
        long runsAsked = system.nanoTime();
        ApiResponse<List<Run>> runs =
                client.runs()
                        .page(accountId, RunQuery.all().jobId(job.id()).orderBy("-id").limit(PAGE));
        Instant now = new IdleClock(client, system).at(runs.serverTime());
        return new Inspection(evidence(job, marker, origin, runs.data(), now), jobAsked, runsAsked);
    }

    /// Deletes what was looked at, if that is not too long ago.
    ///
    /// @return whether it is gone
    boolean delete(Inspection look) {
        if (isOlder(look.jobAsked(), FRESH_JOB) || isOlder(look.runsAsked(), FRESH_RUNS)) {
            return false;
        }
        try {
            client.jobs().delete(accountId, look.evidence().job().value());
            return true;
        } catch (DbtCloudException.NotFound e) {
            return true;
        }
    }

    private boolean isOlder(long asked, Duration age) {
        return system.nanoTime() - asked > age.toNanos();
    }

    private static CloneInspection evidence(
            Job job,
            Optional<Marker> marker,
            @Nullable Origin origin,
            List<Run> runs,
            Instant now) {
        return new CloneInspection(
                new JobId(job.id()),
                job.name(),
                job.name().contains(Marker.NAME_TAG),
                marker.map(Marker::base).orElse(null),
                origin,
                marker.map(Marker::pullRequest).orElse(null),
                marker.map(Marker::keep).orElse(false),
                !job.mayStartByItself(),
                runs.stream()
                        .filter(run -> !run.status().isTerminal())
                        .map(run -> new RunId(run.id()))
                        .toList(),
                idleSince(job, runs, now),
                now);
    }

    /// A job that does not say when it was made counts as just made.
    private static Instant idleSince(Job job, List<Run> runs, Instant now) {
        Stream<@Nullable Instant> ofRuns =
                runs.stream().flatMap(run -> Stream.of(run.createdAt(), run.finishedAt()));
        return Stream.concat(Stream.of(job.createdAt() == null ? now : job.createdAt()), ofRuns)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(now);
    }
}
