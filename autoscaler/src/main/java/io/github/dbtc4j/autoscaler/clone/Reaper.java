package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds clones that no pipeline needs any more and deletes them: on proof by the value of their
/// marker, after two looks, and never when anything is unknown.
public final class Reaper {

    /// How many clones a sweep looks at, the oldest first: each costs a call.
    private static final int MOST_LOOKS = 20;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final ProgressListener listener;

    /// Works with `client`, waits in `system` and tells `listener` what it deletes.
    public Reaper(DbtCloudClient client, SystemContext system, ProgressListener listener) {
        this.client = client;
        this.system = system;
        this.listener = listener;
    }

    /// Every job of the account whose name says that it is a clone, with what speaks for and
    /// against deleting it, by job id. Writes nothing.
    ///
    /// @param baseJob only clones whose marker names this job; null for all, those without a
    ///   readable marker included
    /// @throws DbtCloudException when the platform refuses or fails
    /// @throws InterruptedException when the thread is interrupted
    public List<CloneInspection> inspect(long accountId, @Nullable Long baseJob)
            throws InterruptedException {
        try {
            var inspector = new Inspector(client, system, accountId);
            return tagged(list(accountId, JobQuery.all()))
                    .filter(job -> baseJob == null || isCloneOf(job, baseJob))
                    .map(inspector::inspect)
                    .toList();
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    /// Deletes those of `clones` that are expired still at a second look, a while after the first.
    /// One that cannot be deleted is left, and an event says why.
    ///
    /// @param clones as [#inspect] showed them
    /// @param ttl for how long a clone may be idle, at least 15 minutes
    /// @return those that are gone
    /// @throws InterruptedException when the thread is interrupted
    public List<JobId> reap(long accountId, List<CloneInspection> clones, Duration ttl)
            throws InterruptedException {
        List<CloneInspection> expired =
                clones.stream().filter(inspection -> inspection.isExpired(ttl)).toList();
        if (!expired.isEmpty()) {
            system.sleep(Planner.VISIBILITY_DELAY);
        }
        return reap(new Inspector(client, system, accountId), expired, ttl);
    }

    private List<JobId> reap(Inspector inspector, List<CloneInspection> expired, Duration ttl)
            throws InterruptedException {
        var gone = new ArrayList<JobId>();
        for (CloneInspection first : expired) {
            if (reap(inspector, first, ttl)) {
                gone.add(first.job());
            }
        }
        return gone;
    }

    private boolean reap(Inspector inspector, CloneInspection first, Duration ttl)
            throws InterruptedException {
        try {
            Optional<Inspector.Inspection> second = inspector.look(first.job());
            if (second.isEmpty()) {
                return true;
            }
            CloneInspection evidence = second.get().evidence();
            boolean same =
                    evidence.idleSince().equals(first.idleSince())
                            && first.base() != null
                            && evidence.isProvenCloneOf(first.base());
            if (!same || !evidence.isExpired(ttl)) {
                return false;
            }
            boolean deleted = inspector.delete(second.get());
            listener.onEvent(
                    deleted
                            ? new Event.CloneReaped(evidence, ttl)
                            : new Event.CloneKept(first.job(), "the platform answers too slowly"));
            return deleted;
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        } catch (DbtCloudException e) {
            listener.onEvent(new Event.CloneKept(first.job(), String.valueOf(e.getMessage())));
            return false;
        }
    }

    /// Deletes at most `most` expired clones of `base`. What goes wrong becomes an event and fails
    /// nothing.
    ///
    /// Nothing is waited for between the two looks, since a pipeline would have to. A pause would
    /// not make a delete any safer: a run that is not listed yet is as new at the second look as it
    /// could be at the first.
    public void sweep(Job base, Duration ttl, Predicate<JobId> spared, int most)
            throws InterruptedException {
        try {
            var inspector = Inspector.ofClonesOf(base, client, system);
            ApiResponse<List<Job>> listed =
                    list(base.accountId(), JobQuery.all().projectId(base.projectId()));
            Instant now = new IdleClock(client, system).at(listed.serverTime());
            List<CloneInspection> expired =
                    tagged(listed)
                            .filter(job -> isCloneOf(job, base.id()) && !isToStay(job))
                            .filter(job -> !spared.test(new JobId(job.id())))
                            .filter(job -> isOlderThan(ttl, job, now))
                            .limit(MOST_LOOKS)
                            .map(inspector::inspect)
                            .filter(inspection -> inspection.isExpired(ttl))
                            .limit(most)
                            .toList();
            reap(inspector, expired, ttl);
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        } catch (DbtCloudException e) {
            listener.onEvent(new Event.ReapFailed(e));
        }
    }

    private ApiResponse<List<Job>> list(long accountId, JobQuery query) {
        return client.jobs().list(accountId, query.nameContains(Marker.NAME_TAG.strip()));
    }

    private static Stream<Job> tagged(ApiResponse<List<Job>> listed) {
        return listed.data().stream()
                .filter(job -> !job.isDeleted() && job.name().contains(Marker.NAME_TAG));
    }

    private static boolean isOlderThan(Duration ttl, Job job, Instant now) {
        return job.createdAt() != null && job.createdAt().plus(ttl).isBefore(now);
    }

    private static boolean isToStay(Job job) {
        return Marker.parse(job.description()).filter(Marker::keep).isPresent();
    }

    private static boolean isCloneOf(Job job, long base) {
        return Marker.parse(job.description())
                .filter(marker -> marker.base().value() == base)
                .isPresent();
    }
}
