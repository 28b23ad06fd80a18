package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The state that one observation returned.
///
/// @param clones of the base job, made by anybody, not deleted
/// @param runs every run in progress on the account, and of the finished ones those that were read
/// @param runSlots how many runs the account may execute at once; null is unknown, which is not
///   zero. Known only when read, which is done when the base job is busy
/// @param at when, by the platform's clock
/// @param state what this invocation itself has done
public record Snapshot(
        BaseJob base,
        List<ObservedClone> clones,
        List<ObservedRun> runs,
        @Nullable Integer runSlots,
        Instant at,
        InvocationState state) {

    public Snapshot {
        clones = List.copyOf(clones);
        runs = List.copyOf(runs);
    }

    /// Returns a copy with this invocation's later state.
    public Snapshot with(InvocationState own) {
        return new Snapshot(base, clones, runs, runSlots, at, own);
    }

    /// Returns a copy with what more is known of the base job and the account.
    public Snapshot with(BaseJob base, @Nullable Integer runSlots) {
        return new Snapshot(base, clones, runs, runSlots, at, state);
    }

    /// Returns a copy with one more clone.
    public Snapshot with(ObservedClone clone) {
        var all = new ArrayList<>(clones);
        all.add(clone);
        return new Snapshot(base, all, runs, runSlots, at, state);
    }

    /// Returns a copy with one more run.
    public Snapshot with(ObservedRun run) {
        var all = new ArrayList<>(runs);
        all.removeIf(each -> each.id().equals(run.id()));
        all.add(run);
        return new Snapshot(base, clones, all, runSlots, at, state);
    }

    /// Returns a copy with a run as a later response showed it, which may not say whose it is.
    public Snapshot withProgressOf(ObservedRun later) {
        List<ObservedRun> all =
                runs.stream()
                        .map(run -> run.id().equals(later.id()) ? run.withProgressOf(later) : run)
                        .toList();
        return new Snapshot(base, clones, all, runSlots, at, state);
    }

    /// Whether `job` is a lane: the base job or one of its clones.
    public boolean isLane(JobId job) {
        return job.equals(base.id()) || clones.stream().anyMatch(clone -> clone.id().equals(job));
    }

    /// Whether `run` is on a lane. A job that is not listed yet, or no more, counts as one when
    /// both the run's claim and the job's marker say so.
    public boolean isOnLane(ObservedRun run) {
        return isLane(run.job())
                || (run.claim() != null
                        && run.claim().base().equals(base.id())
                        && base.id().equals(run.cloneOf()));
    }

    /// The run that came of the own nonce; of several one in progress, of several such the first.
    /// One whose cancellation was asked for is not chosen, nor is one that builds anything else
    /// than `request` asks for.
    public Optional<ObservedRun> runWithOwnNonce(CiRequest request) {
        var belief = new Belief(this, request);
        List<ObservedRun> all =
                runs.stream()
                        .filter(belief::isOfOwnNonce)
                        .filter(run -> !state.cancelRequests().containsKey(run.id()))
                        .toList();
        return all.stream()
                .filter(ObservedRun::isActive)
                .min(Comparator.comparing(ObservedRun::id))
                .or(() -> all.stream().min(Comparator.comparing(ObservedRun::id)));
    }

    /// The clone that came of the own nonce.
    public Optional<ObservedClone> cloneOfOwnNonce() {
        return clones.stream()
                .filter(clone -> clone.nonce().equals(state.nonce()))
                .min(Comparator.comparingLong(clone -> clone.id().value()));
    }

    /// The runs of `pullRequest` that are in progress on lanes of the base job, oldest first:
    /// provably its own alone, by the provider and the number they were triggered with.
    public List<ObservedRun> inProgressOf(PullRequest pullRequest) {
        return runs.stream()
                .filter(run -> run.isActive() && pullRequest.equals(run.pullRequest()))
                .filter(this::isOnLane)
                .sorted(ObservedRun.BY_AGE)
                .toList();
    }

    /// How many runs wait on the job of `run` that were there before it.
    public int queuedBefore(ObservedRun run) {
        return (int)
                runs.stream()
                        .filter(each -> each.job().equals(run.job()))
                        .filter(each -> each.status() == RunStatus.QUEUED && run.isNewerThan(each))
                        .count();
    }

    /// This invocation's own run, if it has one and it was seen.
    public Optional<ObservedRun> ownRun() {
        RunId id = state.run();
        return id == null ? Optional.empty() : run(id);
    }

    /// The run of this number, if it was seen.
    public Optional<ObservedRun> run(RunId id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }
}
