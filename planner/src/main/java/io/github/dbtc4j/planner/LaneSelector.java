package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// On which lane the run goes, with the reasons.
final class LaneSelector {

    private final Snapshot seen;
    private final CiRequest request;
    private final Policy policy;
    private final PullRequestRuns related;
    private final SchemaConflicts conflicts;
    private final List<Reason> reasons;

    /// @param reasons to which the choice adds its own
    LaneSelector(
            Snapshot seen,
            CiRequest request,
            Policy policy,
            PullRequestRuns related,
            SchemaConflicts conflicts,
            List<Reason> reasons) {
        this.seen = seen;
        this.request = request;
        this.policy = policy;
        this.related = related;
        this.conflicts = conflicts;
        this.reasons = reasons;
    }

    /// The lane to trigger now; empty when dedicated lanes have to wait for the cap.
    Optional<Lane> select() {
        JobId base = seen.base().id();
        if (platformRunsConcurrently()) {
            reasons.add(new Reason.PlatformRunsConcurrently(base));
            return Optional.of(new Lane.Base(base));
        }
        if (isDedicated()) {
            return dedicated();
        }
        Optional<ObservedRun> busyWith = blockingRun();
        if (busyWith.isEmpty()) {
            reasons.add(new Reason.BaseIdle(base));
            return Optional.of(new Lane.Base(base));
        }
        reasons.add(new Reason.BaseBusy(base, busyWith.get().id(), busyWith.get().pullRequest()));
        if (policy.concurrency() == Concurrency.NATIVE) {
            reasons.add(new Reason.NativeForced(base));
            return Optional.of(new Lane.Base(base));
        }
        return Optional.of(canClone() ? ownClone() : new Lane.Base(base));
    }

    private Optional<Lane> dedicated() {
        reasons.add(new Reason.LanesDedicated());
        if (!secretsAllow() || !creationAllows()) {
            return Optional.of(new Lane.Base(seen.base().id()));
        }
        return isUnderCap() ? Optional.of(ownClone()) : Optional.empty();
    }

    /// Whether the pull request has a clone even while the base job is idle.
    boolean isDedicated() {
        return policy.lanes() == LanePolicy.DEDICATED
                && policy.concurrency() != Concurrency.NATIVE
                && request.pullRequest() != null
                && !platformRunsConcurrently();
    }

    boolean platformRunsConcurrently() {
        return policy.concurrency() == Concurrency.AUTO
                && seen.base().runsConcurrently()
                && request.pullRequest() != null;
    }

    /// The clone that all invocations of this pull request choose, the first that was made, or a
    /// new one.
    Lane ownClone() {
        Optional<ObservedClone> there = usableClone();
        there.filter(clone -> !clone.nonce().equals(seen.state().nonce()))
                .ifPresent(clone -> reasons.add(new Reason.CloneExists(clone.id())));
        return there.<Lane>map(clone -> new Lane.Clone(clone.id())).orElseGet(Lane.NewClone::new);
    }

    private Optional<ObservedClone> usableClone() {
        return clones(ObservedClone.Condition.USABLE)
                .min(Comparator.comparingLong(clone -> clone.id().value()));
    }

    /// Clones of the pull request that an outdated base job was cloned to, and that may go.
    List<ObservedClone> outdated() {
        return clones(ObservedClone.Condition.OUTDATED)
                .filter(clone -> !seen.state().kept().contains(clone.id()))
                .toList();
    }

    private Stream<ObservedClone> clones(ObservedClone.Condition condition) {
        return seen.clones().stream()
                .filter(clone -> clone.condition() == condition)
                .filter(clone ->
                        request.matches(clone)
                                || clone.nonce().equals(seen.state().nonce())
                                || clone.id().equals(seen.state().ownClone()));
    }

    /// Whether the schema, the cap, the account's run slots, the base job's secrets and the
    /// platform leave room for a clone.
    boolean canClone() {
        return conflicts.inTheWay().isEmpty()
                && isUnderCap()
                && slotsAreLeft()
                && secretsAllow()
                && creationAllows();
    }

    /// The runs of others on lanes of the base job.
    List<ObservedRun> busyLanes() {
        return seen.runs().stream()
                .filter(run -> run.isActive() && seen.isOnLane(run) && !related.isOurs(run))
                .toList();
    }

    private boolean isUnderCap() {
        Integer cap = policy.maxRunSlots();
        if (cap == null) {
            return true;
        }
        long busy = busyLanes().stream().map(ObservedRun::job).distinct().count();
        if (busy >= cap) {
            reasons.add(new Reason.CapReached(busy, cap));
            return false;
        }
        return true;
    }

    private boolean slotsAreLeft() {
        Integer runSlots = seen.runSlots();
        if (runSlots == null) {
            reasons.add(new Reason.SlotsUnknown());
            return true;
        }
        long used =
                seen.runs().stream()
                        .filter(run -> run.status().isExecuting() && run.usesRunSlot())
                        .filter(run -> !(related.isOurs(run) && seen.isOnLane(run)))
                        .count();
        boolean left = used < runSlots;
        reasons.add(
                left
                        ? new Reason.SlotsFree(used, runSlots)
                        : new Reason.SlotsExhausted(used, runSlots));
        return left;
    }

    private boolean secretsAllow() {
        if (seen.base().secretOverrides().isEmpty()) {
            return true;
        }
        reasons.add(new Reason.SecretsNotClonable(seen.base().secretOverrides()));
        return policy.concurrency() == Concurrency.CLONE;
    }

    private boolean creationAllows() {
        if (!seen.state().clonesRefused() || usableClone().isPresent()) {
            return true;
        }
        reasons.add(new Reason.CloneRefused());
        return false;
    }

    /// The oldest active unrelated run on the base job.
    Optional<ObservedRun> blockingRun() {
        return seen.runs().stream()
                .filter(run -> run.isActive() && run.job().equals(seen.base().id()))
                .filter(run -> !related.isOurs(run))
                .min(ObservedRun.BY_AGE);
    }
}
