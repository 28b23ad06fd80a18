package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.observation.ObserverMemory.FreshClone;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedClone.Condition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The clones of the base job, made by any pipeline.
public final class CloneList {

    /// A clone that was made so long ago would be listed if it were still there.
    private static final Duration LISTED = Duration.ofSeconds(15);

    /// A job with the marker it bears.
    private record Marked(Job job, Marker marker) {

        boolean isMadeOf(String definition) {
            return marker.definition().equals(definition);
        }
    }

    private final DbtCloudClient client;
    private final BaseJobCache circumstances;
    private final Map<JobId, FreshClone> made = new LinkedHashMap<>();
    private final Set<JobId> outdated = new HashSet<>();
    private List<ObservedClone> listed = List.of();
    private boolean wasRead;

    public CloneList(DbtCloudClient client, BaseJobCache circumstances) {
        this.client = client;
        this.circumstances = circumstances;
    }

    /// Goes on with what another list of the same clones knew beside what is listed.
    void recall(List<FreshClone> fresh, Set<JobId> outdated) {
        made.clear();
        fresh.forEach(mine -> made.put(mine.job().id(), mine));
        this.outdated.clear();
        this.outdated.addAll(outdated);
    }

    List<FreshClone> freshClones() {
        return List.copyOf(made.values());
    }

    Set<JobId> outdated() {
        return Set.copyOf(outdated);
    }

    /// Whether they were ever listed.
    boolean wasRead() {
        return wasRead;
    }

    /// As they were last listed, with those this invocation made, without those it knows to be
    /// gone.
    public List<ObservedClone> all(InvocationState own, Instant now) {
        var all = new LinkedHashMap<JobId, ObservedClone>();
        listed.forEach(clone -> all.put(clone.id(), clone));
        for (FreshClone mine : made.values()) {
            if (now.isBefore(mine.madeAt().plus(LISTED))) {
                all.putIfAbsent(mine.job().id(), mine.job());
            }
        }
        outdated.forEach(job -> all.computeIfPresent(job, (_, clone) -> clone.outdated()));
        own.deletedLanes().forEach(all::remove);
        return new ArrayList<>(all.values());
    }

    /// Takes note that the base job's variables have changed since `clone` was given its own, which
    /// no list shows.
    public void outdate(JobId clone) {
        outdated.add(clone);
    }

    /// Lists them.
    public void read(Instant now) {
        circumstances.refreshBase(now);
        List<Marked> clones = list(circumstances.base());
        String definition = definition(clones, now);
        listed = clones.stream().map(clone -> observed(clone, definition, now)).toList();
        wasRead = true;
    }

    /// What a clone is made of. One that differs was made of an older base job, or of a newer one
    /// than is known here: that takes another look at it.
    private String definition(List<Marked> clones, Instant now) {
        String known = CloneDefinition.hash(circumstances.base());
        if (clones.stream().allMatch(clone -> clone.isMadeOf(known))) {
            return known;
        }
        circumstances.readBase(now);
        return CloneDefinition.hash(circumstances.base());
    }

    private List<Marked> list(Job base) {
        JobQuery query =
                JobQuery.all().projectId(base.projectId()).nameContains(Marker.NAME_TAG.strip());
        return client.jobs().list(base.accountId(), query).data().stream()
                .filter(job -> !job.isDeleted() && job.id() != base.id())
                .flatMap(job ->
                        CloneDefinition.markerOf(job)
                                .filter(marker -> marker.base().value() == base.id())
                                .map(marker -> new Marked(job, marker))
                                .stream())
                .toList();
    }

    /// Takes note of a clone that was just made, which a list may not show yet.
    public ObservedClone made(Job job, Marker marker, Instant now) {
        var clone =
                new ObservedClone(
                        new JobId(job.id()),
                        marker.pullRequest(),
                        Condition.USABLE,
                        marker.nonce(),
                        createdAt(job, now));
        made.put(clone.id(), new FreshClone(clone, now));
        wasRead = true;
        return clone;
    }

    private static ObservedClone observed(Marked clone, String definition, Instant now) {
        Job job = clone.job();
        Marker marker = clone.marker();
        Condition condition =
                job.mayStartByItself() || job.deactivated()
                        ? Condition.TAMPERED
                        : clone.isMadeOf(definition) ? Condition.USABLE : Condition.OUTDATED;
        return new ObservedClone(
                new JobId(job.id()),
                marker.pullRequest(),
                condition,
                marker.nonce(),
                createdAt(job, now));
    }

    /// A job that does not say when it was made counts as just made.
    private static Instant createdAt(Job job, Instant now) {
        return job.createdAt() == null ? now : job.createdAt();
    }
}
