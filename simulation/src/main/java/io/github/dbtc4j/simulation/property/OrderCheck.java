package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.Exchange;
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

/// S2: a run of an older commit is triggered, or goes on, although a newer one could be seen.
final class OrderCheck {

    /// No write is based on a look that is older.
    private static final Duration FRESH = Duration.ofSeconds(15);

    /// A poll or two, and what a platform takes to cancel a run.
    private static final Duration PATIENCE = Duration.ofSeconds(30 + 15);

    private OrderCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours().forEach(invocation -> triggers(evidence, invocation, violations));
        for (OwnedRun older : evidence.runs) {
            for (OwnedRun newer : evidence.runs) {
                beside(evidence, older, newer).ifPresent(violations::add);
            }
        }
        return violations;
    }

    private static void triggers(
            IndexedHistory evidence, InvocationRecord invocation, List<Violation> violations) {
        for (Exchange trigger : evidence.exchanges(invocation)) {
            if (trigger.triggered() == null) {
                continue;
            }
            Instant known = trigger.at().minus(FRESH);
            evidence.runsFor(invocation)
                    .filter(run -> run.isNewerThan(invocation) && run.visible().isBefore(known))
                    .findFirst()
                    .ifPresent(run ->
                            violations.add(
                                    new Violation(
                                            Property.S2,
                                            triggerKind(evidence, invocation, run, trigger.at()),
                                            trigger.at(),
                                            invocation.number(),
                                            "triggered %s although %s could be seen since %s"
                                                    .formatted(
                                                            invocation.order(),
                                                            run,
                                                            run.visible()))));
        }
    }

    private static String triggerKind(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun newer, Instant at) {
        if (!newer.isComparableTo(invocation)) {
            return Violation.NO_SEQUENCE;
        }
        if (evidence.isHidden(newer, at) && !evidence.couldSee(invocation, newer)) {
            return Violation.LANE_GONE;
        }
        if (evidence.wasStoppedUntil(invocation, at)) {
            return Violation.RACED;
        }
        Instant looked =
                evidence.lastLook(invocation, at).map(Exchange::at).orElse(invocation.began());
        return BlockedInterval.of(evidence, invocation).stream()
                .filter(interval -> !interval.why().equals(BlockedInterval.PAUSED))
                .filter(interval -> interval.to().isAfter(looked) && interval.from().isBefore(at))
                .map(BlockedInterval::why)
                .findFirst()
                .orElse(Violation.UNEXPLAINED);
    }

    private static Optional<Violation> beside(
            IndexedHistory evidence, OwnedRun older, OwnedRun newer) {
        InvocationRecord owner = newer.owner();
        if (owner == null
                || evidence.isForged(older)
                || !older.isOf(owner)
                || !older.isOlderThan(owner)) {
            return Optional.empty();
        }
        Instant from = Moments.later(older.visible(), newer.visible());
        Instant to = Moments.earlier(older.finished(), newer.finished());
        if (!from.plus(PATIENCE).isBefore(to)) {
            return Optional.empty();
        }
        return Optional.of(
                new Violation(
                        Property.S2,
                        besideKind(evidence, older, owner, from, to),
                        from,
                        null,
                        older + " went on beside " + newer + " until " + to));
    }

    private static String besideKind(
            IndexedHistory evidence,
            OwnedRun older,
            InvocationRecord newest,
            Instant from,
            Instant to) {
        if (!older.isComparableTo(newest)) {
            return Violation.NO_SEQUENCE;
        }
        var others =
                evidence.ours()
                        .filter(invocation ->
                                Objects.equals(invocation.pullRequest(), newest.pullRequest())
                                        && (invocation.equals(older.owner())
                                                || OwnedRun.ORDER.compare(
                                                                invocation.order(), newest.order())
                                                        >= 0)
                                        && invocation.began().isBefore(to)
                                        && invocation.acting(evidence.history.end()).isAfter(from))
                        .toList();
        boolean isWatched = newest.waits() && older.owner() != null && older.owner().waits();
        String why = "no survivor";
        Duration most = Duration.ZERO;
        for (InvocationRecord it : others) {
            Instant since = Moments.later(from, it.began());
            Instant until = Moments.earlier(to, it.acting(evidence.history.end()));
            List<BlockedInterval> obstacles = BlockedInterval.of(evidence, it);
            if (BlockedInterval.longestGap(obstacles, since, until).compareTo(PATIENCE) > 0) {
                return Violation.UNEXPLAINED;
            }
            for (BlockedInterval obstacle : obstacles) {
                Duration lasted = BlockedInterval.total(List.of(obstacle), since, until);
                if (lasted.compareTo(most) > 0) {
                    most = lasted;
                    why = obstacle.why();
                }
            }
        }
        return isWatched ? why : Violation.UNWATCHED;
    }
}
