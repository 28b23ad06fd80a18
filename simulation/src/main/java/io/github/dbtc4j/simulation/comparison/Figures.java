package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How well a strategy did in a morning, counted on what truly happened. All about our own
/// repository's pull requests, but for what they cost production.
///
/// A pull request has its verdict when a run of its newest commit has ended in Success or Error.
///
/// @param pullRequests how many there were
/// @param answered the newest commits that got their verdict
/// @param lastVerdict from the first push to the last verdict
/// @param meanWait from the push of a newest commit to the moment the run that gave the verdict
///   executes, over those that got one
/// @param productionWait from the moment a production run is queued to the one it executes, on
///   average: what it costs others that CI takes run slots
/// @param staleCancelled runs of older commits that were cancelled
/// @param newestCancelled runs of a newer commit that an older commit's pipeline cancelled
/// @param foreignCancelled runs of other pull requests and of production that were cancelled
/// @param twoAtOnce pull requests of which two runs executed at once, into the same schema
/// @param wasted run slot time taken by runs of a commit after a newer one had been pushed
/// @param apiCalls requests to the platform
/// @param clonesMade jobs created
/// @param clonesLeft of these, the ones that were never deleted
public record Figures(
        int pullRequests,
        Collection<Push> answered,
        Duration lastVerdict,
        Duration meanWait,
        Duration productionWait,
        int staleCancelled,
        int newestCancelled,
        int foreignCancelled,
        int twoAtOnce,
        Duration wasted,
        int apiCalls,
        int clonesMade,
        int clonesLeft) {

    public Figures {
        answered = List.copyOf(answered);
    }

    /// From the moment each production run is queued to the one it executes.
    static Waits productionWaits(Recording recording) {
        return new Waits(
                recording.runs().stream()
                        .filter(run -> recording.push(run).isEmpty() && run.startedAt() != null)
                        .map(run -> untilStart(run.createdAt(), run))
                        .toList());
    }

    private static Duration untilStart(Instant from, RunView run) {
        return Duration.between(from, Objects.requireNonNull(run.startedAt()));
    }

    /// Counts.
    public static Figures of(Recording recording) {
        return new Count(recording).figures();
    }

    /// How many pull requests never got their verdict.
    public int unanswered() {
        return pullRequests - answered.size();
    }

    /// The run that gave each newest commit its verdict: the last one, should there be several.
    static Map<Push, RunView> verdicts(Recording recording) {
        var verdicts = new LinkedHashMap<Push, RunView>();
        for (Push push : recording.morning().newest()) {
            recording.runs().stream()
                    .filter(run -> push.sha().equals(run.gitSha()))
                    .filter(run -> run.status() == 10 || run.status() == 20)
                    .filter(run -> run.startedAt() != null && run.finishedAt() != null)
                    .max(Comparator.comparing(run -> Objects.requireNonNull(run.finishedAt())))
                    .ifPresent(run -> verdicts.put(push, run));
        }
        return verdicts;
    }

    private record Count(Recording recording) {

        Figures figures() {
            WorkloadTrace morning = recording.morning();
            Map<Push, RunView> verdicts = verdicts(recording);
            Instant first = morning.ours().getFirst().at();
            Instant last =
                    verdicts.values().stream()
                            .map(run -> Objects.requireNonNull(run.finishedAt()))
                            .max(Comparator.naturalOrder())
                            .orElse(first);
            Cancels cancels = cancels();
            return new Figures(
                    morning.newest().size(),
                    verdicts.keySet(),
                    Duration.between(first, last),
                    meanWait(verdicts),
                    productionWaits(recording).mean(),
                    cancels.stale.size(),
                    cancels.newest.size(),
                    cancels.foreign.size(),
                    twoAtOnce(),
                    wasted(),
                    apiCalls(),
                    recording.clones().size(),
                    (int) recording.clones().stream().filter(Count::isActive).count());
        }

        private static boolean isActive(JobView job) {
            return job.state() == 1;
        }

        private static Duration meanWait(Map<Push, RunView> verdicts) {
            return new Waits(
                            verdicts.entrySet().stream()
                                    .map(entry -> untilStart(entry.getKey().at(), entry.getValue()))
                                    .toList())
                    .mean();
        }

        private record Cancels(Set<Long> stale, Set<Long> newest, Set<Long> foreign) {}

        private Cancels cancels() {
            var cancels = new Cancels(new HashSet<>(), new HashSet<>(), new HashSet<>());
            for (Entry entry : recording.entries()) {
                if (entry
                                instanceof
                                Entry.Happened(var at, Push by, SandboxEvent.CancelRequested it)
                        && by.repository() == Repository.OURS) {
                    Optional<Push> victim = recording.push(it.run());
                    if (victim.isEmpty() || !victim.get().isSamePullRequestAs(by)) {
                        cancels.foreign.add(it.run().id());
                    } else if (victim.get().commit() > by.commit()) {
                        cancels.newest.add(it.run().id());
                    } else if (recording.morning().staleSince(victim.get()).isPresent()) {
                        cancels.stale.add(it.run().id());
                    }
                }
            }
            return cancels;
        }

        private int twoAtOnce() {
            Map<Integer, List<RunView>> byPullRequest =
                    ours().filter(run -> run.startedAt() != null)
                            .collect(Collectors.groupingBy(this::pullRequest));
            return (int) byPullRequest.values().stream().filter(this::anyOverlap).count();
        }

        private int pullRequest(RunView run) {
            return recording.push(run).orElseThrow().pullRequest();
        }

        private boolean anyOverlap(List<RunView> runs) {
            for (int i = 0; i < runs.size(); i++) {
                for (RunView other : runs.subList(0, i)) {
                    if (overlap(runs.get(i), other)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean overlap(RunView one, RunView other) {
            return Objects.requireNonNull(one.startedAt()).isBefore(end(other))
                    && Objects.requireNonNull(other.startedAt()).isBefore(end(one));
        }

        private Duration wasted() {
            Duration wasted = Duration.ZERO;
            for (RunView run : ours().toList()) {
                Optional<Instant> stale =
                        recording.push(run).flatMap(recording.morning()::staleSince);
                Instant from = run.dequeuedAt();
                if (stale.isPresent() && from != null && stale.get().isBefore(end(run))) {
                    Instant since = stale.get().isAfter(from) ? stale.get() : from;
                    wasted = wasted.plus(Duration.between(since, end(run)));
                }
            }
            return wasted;
        }

        private int apiCalls() {
            return (int)
                    recording.entries().stream()
                            .filter(entry ->
                                    entry
                                                    instanceof
                                                    Entry.Happened(
                                                            var at,
                                                            Push by,
                                                            SandboxEvent.Requested it)
                                            && by.repository() == Repository.OURS)
                            .count();
        }

        private Stream<RunView> ours() {
            return recording.runs().stream()
                    .filter(run ->
                            recording
                                    .push(run)
                                    .filter(push -> push.repository() == Repository.OURS)
                                    .isPresent());
        }

        private Instant end(RunView run) {
            Instant finished = run.finishedAt();
            return finished == null ? recording.end() : finished;
        }
    }
}
