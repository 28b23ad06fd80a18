package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// S3: an invocation cancels runs of its pull request on its lanes only.
final class CancelCheck {

    private CancelCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        forEach(
                evidence,
                (invocation, cancel) -> foreign(evidence, invocation, cancel, violations));
        return violations;
    }

    /// Passes on each request of ours to cancel a run, with the invocation that sent it.
    static void forEach(IndexedHistory evidence, BiConsumer<InvocationRecord, Exchange> cancels) {
        evidence.ours()
                .forEach(invocation ->
                        evidence.exchanges(invocation).stream()
                                .filter(exchange -> exchange.cancelled() != null)
                                .forEach(exchange -> cancels.accept(invocation, exchange)));
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

    static long target(Exchange cancel) {
        Long run = cancel.cancelled();
        return run == null ? 0 : run;
    }
}
