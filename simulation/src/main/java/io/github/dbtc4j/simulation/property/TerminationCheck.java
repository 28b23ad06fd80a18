package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// L4: no invocation goes on when the history ends, or long after its deadline.
final class TerminationCheck {

    /// A last look, cancelling the own run, and cleaning up.
    private static final Duration LAST_LOOK = Duration.ofMinutes(1);

    private TerminationCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation -> {
                    Instant deadline =
                            invocation
                                    .began()
                                    .plus(evidence.history.options().timeout())
                                    .plus(LAST_LOOK);
                    Instant end = invocation.acting(evidence.history.end());
                    boolean goesOn = invocation.ending() instanceof InvocationRecord.StillGoing;
                    if (goesOn || overran(evidence, invocation, deadline, end)) {
                        violations.add(
                                new Violation(
                                        Property.L4,
                                        goesOn ? Violation.UNEXPLAINED : "after its deadline",
                                        end,
                                        invocation.number(),
                                        "#%s %s goes on at %s"
                                                .formatted(
                                                        invocation.pullRequest(),
                                                        invocation.order(),
                                                        end)));
                    }
                });
        return violations;
    }

    private static boolean overran(
            IndexedHistory evidence, InvocationRecord invocation, Instant deadline, Instant end) {
        return evidence.history.strategy().isOurs()
                && end.isAfter(
                        deadline.plus(
                                BlockedInterval.total(
                                        BlockedInterval.of(evidence, invocation),
                                        invocation.began(),
                                        end)));
    }
}
