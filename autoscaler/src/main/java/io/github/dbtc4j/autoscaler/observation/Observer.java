package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.Trigger;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.state.Belief;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at the platform and makes a snapshot of what it sees: one list call a look while a run is
/// watched, a second one at every third look while it queues, and further ones only where a
/// decision rests on them.
public final class Observer {

    /// How much of the platform a look takes in.
    public enum Coverage {
        /// All that the choice of a lane rests on.
        FULL,
        /// What is in progress: for a queued run, which could go elsewhere. Every third time what
        /// happened in the project too: a newer run may have come and gone.
        QUEUE,
        /// The project's recent runs: for a run that executes, and for an invocation that follows
        /// one.
        PULL_REQUEST
    }

    /// What one look showed.
    ///
    /// @param own the own run as the platform sent it, null when there is none
    public record Observation(Snapshot seen, @Nullable Run own) {}

    /// The own run may take so long to be listed.
    private static final Duration LISTED = Duration.ofSeconds(15);

    private static final int QUEUE_ALONE = 3;

    private final DbtCloudClient client;
    private final InstantSource clock;
    private final CiRequest request;
    private final LanePolicy lanes;
    private final BaseJobCache circumstances;
    private final RunLists lists;
    private final CloneList clones;

    /// Runs of the pull request, and in its schema, that have ended, which nothing changes any
    /// more.
    private final Map<RunId, ObservedRun> ended = new LinkedHashMap<>();

    /// Runs of the pull request, and in its schema, that were in progress when they were last seen.
    private final Map<RunId, ObservedRun> inProgress = new LinkedHashMap<>();

    /// The CI jobs among those of the runs in progress; the list of recent runs does not tell.
    private final Set<Long> ciJobs = new HashSet<>();

    private final PlatformTime time = new PlatformTime();
    private int looksAtTheQueue;
    private @Nullable ApiResponse<Run> ownAnswer;
    private @Nullable ObservedRun ownLast;
    private @Nullable Instant ownTriggeredAt;

    /// @param clock one that never jumps
    public Observer(
            DbtCloudClient client,
            InstantSource clock,
            CiRequest request,
            LanePolicy lanes,
            BaseJobCache circumstances,
            CloneList clones) {
        this.client = client;
        this.clock = clock;
        this.request = request;
        this.lanes = lanes;
        this.circumstances = circumstances;
        this.clones = clones;
        this.lists =
                new RunLists(
                        client,
                        circumstances.base(),
                        request.sequence() != null && request.pullRequest() != null);
    }

    /// Goes on where another observer of the same request stood.
    public void recall(ObserverMemory memory) {
        ended.clear();
        memory.ended().forEach(run -> ended.put(run.id(), run));
        inProgress.clear();
        memory.inProgress().forEach(run -> inProgress.put(run.id(), run));
        ciJobs.clear();
        ciJobs.addAll(memory.ciJobs());
        looksAtTheQueue = memory.queueObservations();
        ownLast = memory.ownRun();
        ownTriggeredAt = memory.triggeredAt();
        lists.recall(memory.floor());
        clones.recall(memory.freshClones(), memory.outdated());
    }

    /// What another observer needs to go on here.
    public ObserverMemory memory() {
        return new ObserverMemory(
                lists.floor(),
                List.copyOf(ended.values()),
                List.copyOf(inProgress.values()),
                ciJobs,
                looksAtTheQueue,
                ownLast,
                ownTriggeredAt,
                clones.freshClones(),
                clones.outdated());
    }

    /// Looks.
    ///
    /// @param now by the machine's clock
    public Observation observe(InvocationState own, Coverage scope, Instant now) {
        var rows = new LinkedHashMap<Long, Run>();
        ownAnswer = null;
        if (scope != Coverage.PULL_REQUEST) {
            add(rows, lists.inProgress());
        }
        if (scope != Coverage.QUEUE || ++looksAtTheQueue % QUEUE_ALONE == 0) {
            add(rows, lists.lately(relatedInProgress(rows.values()), now));
            findVanished(rows, own, now);
        }
        Run ownRun = own.run() == null ? null : find(own, rows, scope, now);
        if (needsClones(own, ownRun, scope, rows.values())) {
            clones.read(now);
        }
        if (rows.values().stream().anyMatch(this::keepsBaseBusy)
                || (isDedicated() && own.run() == null)) {
            circumstances.read();
        }
        // the requests may have waited for minutes
        Instant read = clock.instant();
        rows.values().forEach(run -> time.saw(run, read));
        return new Observation(snapshot(rows.values(), ownRun, own, now), ownRun);
    }

    /// The same with what a decision to clone rests on, which no look before had to read.
    public Snapshot withCircumstances(Snapshot seen) {
        circumstances.read();
        Account account = circumstances.account();
        return seen.with(circumstances.observed(), account == null ? null : account.runSlots());
    }

    /// The platform's clock at the last look, if it told.
    public Optional<Instant> serverTime() {
        return Optional.ofNullable(lists.serverTime());
    }

    /// What the platform's clock shows now, as far as its responses tell.
    private Instant platformTime(Instant now) {
        return time.at(serverTime().orElse(now), clock.instant());
    }

    /// How long the base job's recent runs took; may take a list of its own.
    public List<Duration> usual() {
        return lists.usual();
    }

    /// The response that brought the own run at the last look, if it was asked for by itself.
    public Optional<ApiResponse<Run>> ownAnswer() {
        return Optional.ofNullable(ownAnswer);
    }

    /// Takes note of the own run, which a list may not show yet, or never again.
    public void triggered(ObservedRun run, Instant now) {
        ownLast = run;
        ownTriggeredAt = now;
    }

    public ObservedRun observed(Run run) {
        return PlannerMapper.observed(run, ciJobs.contains(run.jobId()), circumstances.account());
    }

    private void add(Map<Long, Run> rows, List<Run> runs) {
        for (Run run : runs) {
            rows.put(run.id(), run);
            if (run.job() != null && "ci".equals(run.job().jobType())) {
                ciJobs.add(run.jobId());
            }
        }
    }

    /// The own run, wherever it is to be found. It may be over, or not be listed yet, or be gone
    /// with its job.
    private @Nullable Run find(
            InvocationState own, Map<Long, Run> rows, Coverage scope, Instant now) {
        long id = own.run() == null ? 0 : own.run().value();
        if (!rows.containsKey(id) && scope == Coverage.QUEUE) {
            add(rows, lists.lately(List.of(), now));
        }
        if (!rows.containsKey(id) && (!mayBeUnlisted(now) || isBesideDuplicate(rows.values()))) {
            // one that is not there is not taken for one to come any more
            retrieve(id).ifPresentOrElse(run -> rows.put(id, run), () -> ownTriggeredAt = null);
        }
        return rows.get(id);
    }

    private boolean mayBeUnlisted(Instant now) {
        Instant at = ownTriggeredAt;
        return at != null && now.isBefore(at.plus(LISTED));
    }

    /// Whether another run of the same commit is in progress, which may have to give way to the own
    /// one. A run that is only remembered does not count: it may be gone with its clone, and none
    /// would be left.
    private boolean isBesideDuplicate(Collection<Run> rows) {
        return rows.stream()
                .filter(run -> !run.status().isTerminal() && isForRequest(run))
                .anyMatch(run -> request.isForCommitOf(observed(run)));
    }

    private Optional<Run> retrieve(long id) {
        try {
            ApiResponse<Run> answer = WholeRun.read(client, base().accountId(), id);
            ownAnswer = answer;
            return Optional.of(answer.data());
        } catch (DbtCloudException.NotFound e) {
            return Optional.empty();
        }
    }

    /// Runs of the pull request that the lists have ceased to show: those of a deleted job. To
    /// forget them would be to take a former one for the last.
    private void findVanished(Map<Long, Run> rows, InvocationState own, Instant now) {
        inProgress.keySet().removeIf(id -> rows.containsKey(id.value()) || id.equals(own.run()));
        for (ObservedRun run : List.copyOf(inProgress.values())) {
            try {
                ApiResponse<Run> answer =
                        client.runs()
                                .get(
                                        base().accountId(),
                                        run.id().value(),
                                        Include.TRIGGER,
                                        Include.JOB);
                rows.put(run.id().value(), answer.data());
            } catch (DbtCloudException.NotFound e) {
                inProgress.remove(run.id());
                ended.put(run.id(), run.deletedAt(platformTime(now)));
            }
        }
    }

    /// Whether clones have to be listed: this pull request may have runs on some, a new one may be
    /// needed, or the own one may be gone.
    private boolean needsClones(
            InvocationState own, @Nullable Run ownRun, Coverage scope, Collection<Run> rows) {
        if (own.unconfirmedWrite() instanceof UnconfirmedWrite.CreateClone) {
            return true;
        }
        if (own.run() != null && ownRun == null) {
            return true;
        }
        if (ownRun != null && ownRun.status().isTerminal()) {
            return mayRunAgain(ownRun, scope) || rows.stream().anyMatch(this::mayBeOnALane);
        }
        boolean mayTrigger = own.run() == null && scope == Coverage.FULL;
        if (mayTrigger && (isDedicated() || clones.wasRead())) {
            return true;
        }
        return !clones.wasRead() && rows.stream().anyMatch(this::involvesClones);
    }

    /// A run that ended by itself is repeated only on a look at everything.
    private static boolean mayRunAgain(Run ownRun, Coverage scope) {
        return scope == Coverage.FULL || ownRun.status() == Known.CANCELLED;
    }

    /// Whether only the list of clones tells if `run` is one that could have disturbed the own one.
    private boolean mayBeOnALane(Run run) {
        return run.jobId() != base().id()
                && isForRequest(run)
                && (observed(run).claim() == null || contradicts(run));
    }

    private boolean isDedicated() {
        return lanes == LanePolicy.DEDICATED;
    }

    private boolean involvesClones(Run run) {
        return keepsBaseBusy(run)
                || (run.jobId() != base().id() && !run.status().isTerminal() && isForRequest(run));
    }

    private boolean keepsBaseBusy(Run run) {
        return run.jobId() == base().id()
                && !run.status().isTerminal()
                && !(isForRequest(run) && !contradicts(run));
    }

    private boolean contradicts(Run run) {
        return Belief.contradicts(observed(run), new JobId(base().id()));
    }

    private boolean isForRequest(Run run) {
        // most rows are of other pull requests: of those no claim has to be read
        return request.pullRequest() != null
                && request.pullRequest().equals(PlannerMapper.pullRequest(run.trigger()))
                && request.matches(observed(run));
    }

    /// Whether what becomes of `run` matters: it is of the pull request, or writes into its schema.
    private boolean concerns(Run run) {
        Trigger trigger = run.trigger();
        String schema = trigger == null ? null : trigger.schemaOverride();
        return isForRequest(run)
                || request.isNamedBy(run.projectId(), schema, new JobId(base().id()));
    }

    private List<Long> relatedInProgress(Collection<Run> rows) {
        return rows.stream()
                .filter(run -> !run.status().isTerminal() && concerns(run))
                .filter(run -> run.projectId() == base().projectId())
                .map(Run::id)
                .toList();
    }

    private Snapshot snapshot(
            Collection<Run> rows, @Nullable Run ownRun, InvocationState own, Instant now) {
        var runs = new LinkedHashMap<>(ended);
        for (Run row : rows) {
            ObservedRun run = observed(row);
            runs.put(run.id(), run);
            boolean active = run.status().isActive();
            if (!active && (concerns(row) || isMine(run, own))) {
                ended.put(run.id(), run);
                inProgress.remove(run.id());
            } else if (active && concerns(row) && row.projectId() == base().projectId()) {
                inProgress.put(run.id(), run);
            }
        }
        ObservedRun last = ownLast;
        if (ownRun != null) {
            ownLast = observed(ownRun);
        } else if (last != null && last.id().equals(own.run())) {
            // the run of a deleted job may be gone with it; what it wrote is still there
            runs.put(last.id(), mayBeUnlisted(now) ? last : last.deletedAt(null));
        }
        Account account = circumstances.account();
        return new Snapshot(
                circumstances.observed(),
                clones.all(own, now),
                new ArrayList<>(runs.values()),
                account == null ? null : account.runSlots(),
                platformTime(now),
                own);
    }

    private static boolean isMine(ObservedRun run, InvocationState own) {
        Claim claim = run.claim();
        return own.triggeredRuns().contains(run.id())
                || (claim != null && claim.nonce().equals(own.nonce()));
    }

    private Job base() {
        return circumstances.base();
    }
}
