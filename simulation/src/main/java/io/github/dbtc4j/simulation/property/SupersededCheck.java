package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.Moments;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// L2: a pipeline beside whose run a newer one can be seen ends soon.
final class SupersededCheck {

    /// Besides two looks: what a platform takes to cancel a run, and a few calls.
    private static final Duration SOON = Duration.ofSeconds(30);

    private SupersededCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .filter(invocation ->
                        invocation.sequenced()
                                && invocation.survives()
                                && !mirrors(evidence, invocation))
                .forEach(invocation ->
                        evidence.runsFor(invocation)
                                .filter(run ->
                                        run.isNewerThan(invocation)
                                                && run.isComparableTo(invocation)
                                                && !mayFollowBeyond(evidence, invocation, run)
                                                && !wasHiddenSoon(evidence, invocation, run))
                                .map(run -> seeable(evidence, invocation, run))
                                .min(Instant::compareTo)
                                .ifPresent(seen ->
                                        late(evidence, invocation, seen)
                                                .ifPresent(violations::add)));
        return violations;
    }

    /// From when on `invocation` had to see `run`. While its own run queues it looks at runs in
    /// progress only: one that came and went meanwhile is seen once the queue has been left.
    private static Instant seeable(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun run) {
        if (run.finished().isAfter(run.visible().plus(twoLooks(evidence)))) {
            return run.visible();
        }
        return evidence.runs.stream()
                .filter(each -> invocation.equals(each.owner()))
                .filter(each -> each.created().isBefore(run.finished()))
                .map(each -> each.run().dequeuedAt())
                .filter(Objects::nonNull)
                .filter(moment -> moment.isAfter(run.finished()))
                .max(Instant::compareTo)
                .orElse(run.visible());
    }

    private static Duration twoLooks(IndexedHistory evidence) {
        return evidence.history.options().polling().longest().multipliedBy(2);
    }

    /// Whether lists stopped showing `run` before anybody had to have seen it.
    private static boolean wasHiddenSoon(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun run) {
        Instant seen = Moments.later(run.visible(), invocation.began());
        return evidence.isHidden(run, latestEnd(evidence, invocation, seen));
    }

    /// When it had to have ended that could see a newer run since `seen`.
    private static Instant latestEnd(
            IndexedHistory evidence, InvocationRecord invocation, Instant seen) {
        Instant end = invocation.acting(evidence.history.end());
        return seen.plus(twoLooks(evidence))
                .plus(SOON)
                .plus(BlockedInterval.total(BlockedInterval.of(evidence, invocation), seen, end));
    }

    /// Whether it took the verdict of another pipeline's run of the same commit, which it had to
    /// wait for.
    private static boolean mirrors(IndexedHistory evidence, InvocationRecord invocation) {
        return invocation
                .reportedRun()
                .flatMap(evidence::run)
                .filter(run ->
                        !invocation.equals(run.owner())
                                && invocation.sha().equals(run.run().gitSha()))
                .isPresent();
    }

    /// Whether a run of the same commit is as new as `run`, or newer: its result is waited for. A
    /// forged run may be, where it builds just what the invocation would.
    private static boolean mayFollowBeyond(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun run) {
        return evidence.runsFor(invocation)
                        .filter(each -> invocation.sha().equals(each.run().gitSha()))
                        .map(OwnedRun::owner)
                        .filter(Objects::nonNull)
                        .anyMatch(each -> !run.isNewerThan(each))
                || evidence.forgeries()
                        .anyMatch(each -> each.isBuildOf(invocation, evidence.history.baseJob()));
    }

    private static Optional<Violation> late(
            IndexedHistory evidence, InvocationRecord invocation, Instant visible) {
        Instant seen = Moments.later(visible, invocation.began());
        Instant end = invocation.acting(evidence.history.end());
        return end.isAfter(latestEnd(evidence, invocation, seen))
                ? Optional.of(
                        new Violation(
                                Property.L2,
                                Violation.UNEXPLAINED,
                                end,
                                invocation.number(),
                                "#%s %s ended %d s after a newer run could be seen"
                                        .formatted(
                                                invocation.pullRequest(),
                                                invocation.order(),
                                                Duration.between(seen, end).toSeconds())))
                : Optional.empty();
    }
}
