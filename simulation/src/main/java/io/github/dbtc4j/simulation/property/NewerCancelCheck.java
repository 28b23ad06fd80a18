package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;

import java.util.ArrayList;
import java.util.List;

/// S4: an invocation cancels no run of a newer commit than its own. It can know that only where
/// both pipelines were given their place in the order: the other cases are of the kind `no
/// sequence`.
final class NewerCancelCheck {

    private NewerCancelCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        CancelCheck.forEach(
                evidence, (invocation, cancel) -> newer(evidence, invocation, cancel, violations));
        return violations;
    }

    private static void newer(
            IndexedHistory evidence,
            InvocationRecord invocation,
            Exchange cancel,
            List<Violation> violations) {
        evidence.run(CancelCheck.target(cancel))
                .filter(run -> run.isOf(invocation) && run.isNewerThan(invocation))
                .map(run ->
                        new Violation(
                                Property.S4,
                                run.isComparableTo(invocation)
                                        ? Violation.UNEXPLAINED
                                        : Violation.NO_SEQUENCE,
                                cancel.at(),
                                invocation.number(),
                                "%s asked to cancel %s".formatted(invocation.order(), run)))
                .ifPresent(violations::add);
    }
}
