package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// S13: who triggers a clone although the lanes that others keep busy have reached the cap.
final class SlotsCheck {

    private SlotsCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        Integer cap = evidence.history.options().maxRunSlots();
        if (cap != null && evidence.history.strategy().isOurs()) {
            evidence.ours().forEach(invocation -> check(evidence, invocation, cap, violations));
        }
        return violations;
    }

    private static void check(
            IndexedHistory evidence,
            InvocationRecord invocation,
            int cap,
            List<Violation> violations) {
        for (Exchange trigger : evidence.exchanges(invocation)) {
            Long job = trigger.triggered();
            if (job == null || !evidence.clones.containsKey(job)) {
                continue;
            }
            long busy = busyLanes(evidence, invocation, trigger);
            if (busy >= cap) {
                violations.add(
                        new Violation(
                                Property.S13,
                                Violation.UNEXPLAINED,
                                trigger.at(),
                                invocation.number(),
                                "#%s %s triggered clone %d beside %d busy lanes, with a cap of %d"
                                        .formatted(
                                                invocation.pullRequest(),
                                                invocation.order(),
                                                job,
                                                busy,
                                                cap)));
            }
        }
    }

    /// The lanes on which it could see others' runs at its last look, and which are still busy.
    private static long busyLanes(
            IndexedHistory evidence, InvocationRecord invocation, Exchange trigger) {
        return evidence.lastLookAtPullRequest(invocation, trigger.at())
                .map(look ->
                        evidence.runs.stream()
                                .filter(run -> evidence.isLane(run.run().jobId()))
                                .filter(run -> !run.isOf(invocation) && !evidence.isForged(run))
                                .filter(run -> !Objects.equals(run.owner(), invocation))
                                .filter(run -> run.visible().isBefore(look.at()))
                                .filter(run -> run.finished().isAfter(trigger.at()))
                                .filter(run -> !evidence.isHidden(run, look.at()))
                                .map(run -> run.run().jobId())
                                .distinct()
                                .count())
                .orElse(0L);
    }
}
