package io.github.dbtc4j.autoscaler.close;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.UnsuitableJobException;
import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.CloneDeleter;
import io.github.dbtc4j.autoscaler.clone.Inspector;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.PlannerMapper;
import io.github.dbtc4j.autoscaler.observation.PollDelays;
import io.github.dbtc4j.autoscaler.observation.RunLists;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.state.BaseJob;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Ends a pull request's life on the platform, once it is merged or closed: cancels what still runs
/// for it and deletes its clones. Or ends [what a single pipeline left][#ofPipeline] of it.
///
/// A run is cancelled only if it was triggered with this pull request's provider and number, on the
/// base job or a clone of it. A clone is deleted only on the proof that every other deletion asks
/// for, but at once: no pipeline will need it again. One on which another run is in progress is
/// kept.
public final class PullRequestCloser {

    /// So long after it was asked for, a cancellation is asked for again: it may have been lost.
    private static final Duration CANCEL_AGAIN_AFTER = Duration.ofSeconds(30);

    private static final int PAGE = 100;

    /// Of so many runs the oldest are not looked at.
    private static final int MOST_PAGES = 20;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final ProgressListener listener;
    private final Predicate<ObservedRun> meant;
    private final boolean deletesClones;

    /// Works with `client`, waits in `system` and tells `listener` what happens.
    public PullRequestCloser(
            DbtCloudClient client, SystemContext system, ProgressListener listener) {
        this(client, system, listener, _ -> true, true);
    }

    private PullRequestCloser(
            DbtCloudClient client,
            SystemContext system,
            ProgressListener listener,
            Predicate<ObservedRun> meant,
            boolean deletesClones) {
        this.client = client;
        this.system = system;
        this.listener = listener;
        this.meant = meant;
        this.deletesClones = deletesClones;
    }

    /// For what a pipeline left that was cancelled or killed: means only runs that it triggered
    /// itself, and clones only while no other run of the pull request is in progress.
    ///
    /// @param request what the pipeline asked for
    /// @param cleanup clones are deleted [after a run][Cleanup#AFTER_RUN] or not at all
    public static PullRequestCloser ofPipeline(
            DbtCloudClient client,
            SystemContext system,
            ProgressListener listener,
            CiRequest request,
            Cleanup cleanup) {
        return new PullRequestCloser(
                client, system, listener, request::triggered, cleanup == Cleanup.AFTER_RUN);
    }

    /// What there is of the pull request now. Writes nothing.
    ///
    /// @param jobId the base job
    /// @throws UnsuitableJobException when that is deleted or itself a clone
    /// @throws DbtCloudException when the platform refuses or fails
    public PullRequestResources look(long accountId, long jobId, PullRequest pullRequest) {
        Job base = client.jobs().get(accountId, jobId).data();
        Autoscaler.refuseUnsuitable(base);
        return look(base, pullRequest);
    }

    /// Cancels the pull request's runs, waits for their end and deletes its clones. To do it twice
    /// is harmless.
    ///
    /// @param first as [#look] showed it just now
    /// @param patience how long to wait for the end of runs, positive
    /// @throws DbtCloudException when the platform refuses or fails
    /// @throws InterruptedException when the thread is interrupted
    public CloseResult close(PullRequestResources first, Duration patience)
            throws InterruptedException {
        try {
            Map<RunId, Long> asked = new HashMap<>();
            PullRequestResources last = endRuns(first, patience, asked);
            List<RunId> cancelled =
                    asked.keySet().stream()
                            .sorted()
                            .collect(Collectors.toCollection(ArrayList::new));
            return last.runs().isEmpty()
                    ? deleteClones(last, cancelled)
                    : new CloseResult(cancelled, last.runs(), List.of(), List.of());
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    /// Whether the pull request ever had a run, as far as the runs of the base job's environment
    /// tell, of clones that are gone included. Where there are so many that not all are looked at,
    /// it is taken to have had one.
    ///
    /// @throws DbtCloudException when the platform refuses or fails
    public boolean hadRun(PullRequestResources remains) {
        if (!remains.runs().isEmpty() || !remains.clones().isEmpty()) {
            return true;
        }
        Job base = remains.base();
        RunQuery query =
                RunQuery.all()
                        .environmentId(base.environmentId())
                        .include(Include.TRIGGER)
                        .orderBy("-id")
                        .limit(PAGE);
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Run> runs = client.runs().page(base.accountId(), query.offset(page * PAGE)).data();
            if (runs.stream()
                    .map(run -> PlannerMapper.observed(run, false, null).pullRequest())
                    .anyMatch(remains.pullRequest()::equals)) {
                return true;
            }
            if (runs.size() < PAGE) {
                return false;
            }
        }
        return true;
    }

    /// A run that was triggered a moment ago may not be listed yet: nothing is in progress when two
    /// looks, far enough apart, show nothing.
    private PullRequestResources endRuns(
            PullRequestResources first, Duration patience, Map<RunId, Long> asked)
            throws InterruptedException {
        long began = system.nanoTime();
        PullRequestResources seen = first;
        boolean wasQuiet = false;
        while (true) {
            boolean quiet = seen.runs().isEmpty();
            boolean outOfPatience = since(began).compareTo(patience) >= 0;
            if (quiet ? wasQuiet : outOfPatience) {
                return seen;
            }
            wasQuiet = quiet;
            seen.runs().forEach(run -> cancel(run, asked));
            system.sleep(quiet ? Planner.VISIBILITY_DELAY : PollDelays.BRIEFLY);
            seen = look(seen.base(), seen.pullRequest());
        }
    }

    private void cancel(Run run, Map<RunId, Long> asked) {
        var id = new RunId(run.id());
        Long before = asked.get(id);
        if (before != null && since(before).compareTo(CANCEL_AGAIN_AFTER) < 0) {
            return;
        }
        asked.put(id, system.nanoTime());
        try {
            client.runs().cancel(run.accountId(), run.id());
            listener.onEvent(new Event.CancelRequested(id));
        } catch (DbtCloudException.NotFound
                | DbtCloudException.Rejected
                | DbtCloudException.Unavailable
                | DbtCloudException.Unreadable e) {
            listener.onEvent(new Event.CancelFailed(id, e));
        }
    }

    private CloseResult deleteClones(PullRequestResources seen, List<RunId> cancelled)
            throws InterruptedException {
        var inspector = Inspector.ofClonesOf(seen.base(), client, system);
        var cleanUp = new CloneDeleter(inspector, system, listener, new JobId(seen.base().id()));
        Set<RunId> own = new HashSet<>(cancelled);
        var deleted = new ArrayList<JobId>();
        var kept = new ArrayList<CloseResult.Kept>();
        for (Job clone : seen.clones()) {
            var id = new JobId(clone.id());
            cleanUp.obstacleTo(id, own)
                    .ifPresentOrElse(
                            refusal ->
                                    kept.add(
                                            new CloseResult.Kept(
                                                    id, refusal.why(), refusal.byPlatform())),
                            () -> deleted.add(id));
        }
        return new CloseResult(cancelled, List.of(), deleted, kept);
    }

    private PullRequestResources look(Job base, PullRequest pullRequest) {
        Map<Job, Marker> lanes = clones(base);
        var lists = new RunLists(client, base, false);
        List<Run> runs = lists.inProgress();
        Snapshot snapshot = snapshot(base, lanes, runs);
        List<ObservedRun> inProgress = snapshot.inProgressOf(pullRequest);
        Set<Long> own =
                inProgress.stream()
                        .filter(meant)
                        .map(run -> run.id().value())
                        .collect(Collectors.toSet());
        boolean alone = own.size() == inProgress.size();
        return new PullRequestResources(
                base,
                pullRequest,
                runs.stream().filter(run -> own.contains(run.id())).toList(),
                lanes.entrySet().stream()
                        .filter(_ -> deletesClones && alone)
                        .filter(lane -> pullRequest.equals(lane.getValue().pullRequest()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private Map<Job, Marker> clones(Job base) {
        JobQuery query =
                JobQuery.all().projectId(base.projectId()).nameContains(Marker.NAME_TAG.strip());
        var clones = new java.util.LinkedHashMap<Job, Marker>();
        client.jobs().list(base.accountId(), query).data().stream()
                .filter(job -> !job.isDeleted() && job.id() != base.id())
                .forEach(job ->
                        CloneDefinition.markerOf(job)
                                .filter(marker -> marker.base().value() == base.id())
                                .ifPresent(marker -> clones.put(job, marker)));
        return clones;
    }

    private Snapshot snapshot(Job base, Map<Job, Marker> lanes, List<Run> runs) {
        Instant now = system.now();
        return new Snapshot(
                new BaseJob(new JobId(base.id()), false, List.of()),
                lanes.entrySet().stream()
                        .map(entry -> observed(entry.getKey(), entry.getValue(), now))
                        .toList(),
                runs.stream().map(run -> PlannerMapper.observed(run, false, null)).toList(),
                null,
                now,
                InvocationState.initial(""));
    }

    private static ObservedClone observed(Job clone, Marker marker, Instant now) {
        return new ObservedClone(
                new JobId(clone.id()),
                marker.pullRequest(),
                ObservedClone.Condition.USABLE,
                marker.nonce(),
                clone.createdAt() == null ? now : clone.createdAt());
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(system.nanoTime() - nanos);
    }
}
