package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// S3 and S4: whose runs an invocation asked to cancel.
final class CancelCheck {

    private CancelCheck() {}

    /// S3: runs that are none of its business.
    static List<Violation> foreign(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation ->
                        evidence.exchanges(invocation).stream()
                                .filter(exchange -> exchange.cancelled() != null)
                                .forEach(exchange ->
                                        foreign(evidence, invocation, exchange, violations)));
        return violations;
    }

    private static void foreign(
            IndexedHistory evidence,
            InvocationRecord invocation,
            Exchange cancel,
            List<Violation> violations) {
        long id = target(cancel);
        Optional<OwnedRun> run = evidence.run(id);
        String kind;
        if (run.isEmpty()) {
            kind = "another job's";
        } else if (!evidence.isLane(run.get().run().jobId())) {
            kind = "no lane";
        } else if (invocation.equals(run.get().owner())
                || run.get().isOf(invocation)
                || isItsBuild(evidence, invocation, id)) {
            return;
        } else {
            kind = "another pull request's";
        }
        violations.add(
                new Violation(
                        Property.S3,
                        kind,
                        cancel.at(),
                        invocation.number(),
                        "#%s %s asked to cancel %s"
                                .formatted(
                                        invocation.pullRequest(),
                                        invocation.order(),
                                        run.map(OwnedRun::toString).orElse("run " + id))));
    }

    /// Whether a forged run builds just what `invocation` would: nothing tells it from its own.
    private static boolean isItsBuild(
            IndexedHistory evidence, InvocationRecord invocation, long run) {
        return evidence.forged(run)
                .filter(each -> each.isBuildOf(invocation, evidence.history.baseJob()))
                .isPresent();
    }

    /// S4: runs of a newer commit than its own. Only who was told where it stands, and where the
    /// run stands, can know: the other cases are of the kind `no sequence`.
    static List<Violation> newer(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation ->
                        evidence.exchanges(invocation).stream()
                                .filter(exchange -> exchange.cancelled() != null)
                                .forEach(exchange ->
                                        newer(evidence, invocation, exchange, violations)));
        return violations;
    }

    private static void newer(
            IndexedHistory evidence,
            InvocationRecord invocation,
            Exchange cancel,
            List<Violation> violations) {
        evidence.run(target(cancel))
                .filter(run -> run.isOf(invocation) && run.isNewerThan(invocation))
                .map(run ->
                        new Violation(
                                Property.S4,
                                run.isComparableTo(invocation)
                                        ? Violation.UNEXPLAINED
                                        : OrderCheck.NO_SEQUENCE,
                                cancel.at(),
                                invocation.number(),
                                "%s asked to cancel %s".formatted(invocation.order(), run)))
                .ifPresent(violations::add);
    }

    private static long target(Exchange cancel) {
        Long run = cancel.cancelled();
        return run == null ? 0 : run;
    }
}
