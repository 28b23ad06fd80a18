package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.Belief;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.planner.state.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The other runs of the pull request on the lanes of the base job, and how they relate to what
/// this invocation is asked for.
///
/// The order is that of the CI system's sequences where both have one of the same scope, else that
/// in which the platform received the runs. Any two invocations agree on it, so never do two cancel
/// each other. A run whose claim is not [believed][Belief] is none of them.
final class PullRequestRuns {

    /// How a run relates to what this invocation is asked for.
    private enum Relation {
        /// Of an older commit, or a former or superfluous run of this invocation.
        OLDER,
        /// Of another invocation for the same place in the order and the same commit: the same
        /// pipeline, delivered twice.
        DUPLICATE,
        /// Of a newer commit, or of a later attempt at the same.
        NEWER,
        /// Unrelated to this invocation: of the same sequence but of another build, or newer and
        /// building into another schema.
        UNRELATED
    }

    private final Snapshot seen;
    private final CiRequest request;
    private final Belief belief;
    private final @Nullable ObservedRun own;
    private final Map<Relation, List<ObservedRun>> others;

    PullRequestRuns(Snapshot seen, CiRequest request) {
        this.seen = seen;
        this.request = request;
        this.belief = new Belief(seen, request);
        this.own = seen.ownRun().orElse(null);
        this.others =
                seen.runs().stream()
                        .filter(run -> own == null || !run.id().equals(own.id()))
                        .filter(run -> isOurs(run) && seen.isOnLane(run))
                        .collect(Collectors.groupingBy(this::relation));
    }

    /// Runs in progress that have to end.
    List<ObservedRun> stale() {
        return runs(Relation.OLDER).filter(ObservedRun::isActive).toList();
    }

    /// The newest of the newer runs, in any status.
    Optional<ObservedRun> newer() {
        return runs(Relation.NEWER).max(this::compare);
    }

    /// The duplicate run whose result is this commit's: an active one, else the last to execute of
    /// those that completed by themselves. It has overwritten what earlier ones wrote.
    ///
    /// Not one whose cancellation this invocation asked for: of two that are being cancelled none
    /// would be left.
    Optional<ObservedRun> duplicate() {
        Optional<ObservedRun> active = activeDuplicate();
        return active.isPresent()
                ? active
                : runs(Relation.DUPLICATE)
                        .filter(run ->
                                run.status() == RunStatus.SUCCESS
                                        || run.status() == RunStatus.ERROR)
                        .max(
                                Comparator.comparing(ObservedRun::executedFrom)
                                        .thenComparing(ObservedRun::id));
    }

    /// The last run, in any status, of the duplicate that `run` yielded to: one whose run was there
    /// first.
    Optional<ObservedRun> duplicateBefore(ObservedRun run) {
        boolean gaveWay =
                runs(Relation.DUPLICATE)
                        .filter(each -> each.id().compareTo(run.id()) < 0)
                        .anyMatch(each -> each.isActiveAt(run.createdAt()));
        return gaveWay
                ? runs(Relation.DUPLICATE)
                        .filter(each -> !seen.state().cancelRequests().containsKey(each.id()))
                        .max(Comparator.comparing(ObservedRun::id))
                : Optional.empty();
    }

    /// The duplicate run that stays where several are active: the one with the lowest number.
    Optional<ObservedRun> activeDuplicate() {
        return runs(Relation.DUPLICATE)
                .filter(run ->
                        run.isActive() && !seen.state().cancelRequests().containsKey(run.id()))
                .min(Comparator.comparing(ObservedRun::id));
    }

    /// Active duplicate runs that yield to `run`.
    List<ObservedRun> duplicatesAfter(ObservedRun run) {
        return runs(Relation.DUPLICATE)
                .filter(each -> each.isActive() && each.id().compareTo(run.id()) > 0)
                .toList();
    }

    /// Another run that wrote into the pull request's schema while `run` executed, or after.
    Optional<ObservedRun> conflicting(ObservedRun run) {
        return seen.runs().stream()
                .filter(each -> !each.id().equals(run.id()) && each.executedSince(run))
                .filter(belief::mayConflict)
                .max(ObservedRun.BY_AGE);
    }

    /// Whether the result of `run` is that of the commit this invocation is asked for.
    boolean isSameBuild(ObservedRun run) {
        return belief.isSameBuild(run);
    }

    /// Whether a run of an older commit came after `run`: where the platform itself cancels what it
    /// takes for stale, it cancels `run` then.
    boolean displaced(ObservedRun run) {
        return runs(Relation.OLDER)
                .anyMatch(each ->
                        !seen.state().triggeredRuns().contains(each.id()) && each.isNewerThan(run));
    }

    /// Whether `run` is of this pull request or of this invocation.
    boolean isOurs(ObservedRun run) {
        return isOwn(run) || (request.matches(run) && belief.isCredible(run));
    }

    private Stream<ObservedRun> runs(Relation relation) {
        return others.getOrDefault(relation, List.of()).stream();
    }

    private boolean isOwn(ObservedRun run) {
        return seen.state().triggeredRuns().contains(run.id()) || belief.isOfOwnNonce(run);
    }

    private Relation relation(ObservedRun run) {
        if (isOwn(run)) {
            return Relation.OLDER;
        }
        Relation relation = order(run);
        return relation == Relation.NEWER && !belief.isInOwnSchema(run)
                ? Relation.UNRELATED
                : relation;
    }

    private Relation order(ObservedRun run) {
        Sequence theirs = run.claim() == null ? null : run.claim().sequence();
        Sequence ours = request.sequence();
        if (ours != null && theirs != null && ours.isComparableTo(theirs)) {
            int order = theirs.compare(ours);
            if (order != 0) {
                return order > 0 ? Relation.NEWER : Relation.OLDER;
            }
            if (request.isForCommitOf(run)) {
                return belief.isSameBuild(run) ? Relation.DUPLICATE : Relation.UNRELATED;
            }
        }
        return own != null && run.isNewerThan(own) ? Relation.NEWER : Relation.OLDER;
    }

    private int compare(ObservedRun one, ObservedRun other) {
        Sequence first = one.claim() == null ? null : one.claim().sequence();
        Sequence second = other.claim() == null ? null : other.claim().sequence();
        if (first != null && second != null && first.isComparableTo(second)) {
            int order = first.compare(second);
            if (order != 0) {
                return order;
            }
        }
        return ObservedRun.BY_AGE.compare(one, other);
    }
}
