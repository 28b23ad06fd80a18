package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// S8: what was true when an invocation reported success.
final class SuccessCheck {

    private SuccessCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation ->
                        reported(evidence, invocation)
                                .ifPresent(run -> check(evidence, invocation, run, violations)));
        return violations;
    }

    /// The run whose success `invocation` reported.
    static Optional<OwnedRun> reported(IndexedHistory evidence, InvocationRecord invocation) {
        return switch (invocation.ending()) {
            case InvocationRecord.Ended(Verdict.Succeeded(var id)) ->
                    Optional.of(
                            evidence.run(id.value())
                                    .or(() ->
                                            evidence.forged(id.value())
                                                    .map(run -> new OwnedRun(run.run(), null)))
                                    .orElseThrow(() ->
                                            new IllegalStateException("no run of ours: " + id)));
            case InvocationRecord.Said(String how) when how.equals("success") ->
                    evidence.runs.stream()
                            .filter(run -> invocation.equals(run.owner()) && run.isComplete())
                            .reduce((_, later) -> later);
            case InvocationRecord.Ended _,
                    InvocationRecord.Said _,
                    InvocationRecord.Threw _,
                    InvocationRecord.Killed _,
                    InvocationRecord.Signalled _,
                    InvocationRecord.StillGoing _ ->
                    Optional.empty();
        };
    }

    private static void check(
            IndexedHistory evidence,
            InvocationRecord invocation,
            OwnedRun run,
            List<Violation> violations) {
        Instant end = invocation.acting(evidence.history.end());
        if (!invocation.sha().equals(run.run().gitSha())) {
            violations.add(violation(invocation, end, "another commit", run + " built it"));
        } else if (!invocation.sha().equals(run.run().commit())) {
            violations.add(
                    violation(
                            invocation,
                            end,
                            "another commit was checked out",
                            run + " built " + run.run().commit()));
        }
        if (run.run().status() != 10) {
            violations.add(
                    violation(
                            invocation,
                            end,
                            "no success",
                            run + " ended with status " + run.run().status()));
        }
        Instant looked =
                evidence.lastLookAtPullRequest(invocation, end)
                        .map(Exchange::at)
                        .orElse(Instant.MAX);
        for (OwnedRun other : evidence.runs) {
            boolean related = other.isOf(invocation);
            if (other.id() == run.id()
                    || evidence.isForged(other)
                    || !(related || other.isInSchemaOf(run))) {
                continue;
            }
            if (run.overlaps(other)) {
                violations.add(
                        violation(
                                invocation,
                                end,
                                isUnknown(evidence, invocation, other)
                                        ? Violation.LANE_GONE
                                        : Violation.CONFLICT,
                                other + " wrote while " + run + " did"));
            } else if (related
                    && other.isOlderThan(invocation)
                    && other.isActiveAt(end)
                    && other.visible().isBefore(looked)) {
                violations.add(
                        violation(
                                invocation,
                                end,
                                other.isComparableTo(invocation)
                                        ? "an older run goes on"
                                        : Violation.NO_SEQUENCE,
                                other + " goes on after " + run));
            }
        }
        evidence.forgeries()
                .filter(each -> each.run().id() != run.id())
                .filter(each -> each.writesInto(invocation, evidence.history.baseJob()))
                .filter(each -> run.overlaps(new OwnedRun(each.run(), null)))
                .forEach(each ->
                        violations.add(
                                violation(
                                        invocation,
                                        end,
                                        Violation.CONFLICT,
                                        "forged run %d wrote while %s did"
                                                .formatted(each.run().id(), run))));
    }

    /// Whether lists had ceased to show `other`, with its lane, before the invocation could know of
    /// it: another pull request's before its end, one of its own before it began.
    private static boolean isUnknown(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun other) {
        return other.isOf(invocation)
                ? evidence.isHidden(other, invocation.began())
                : evidence.isHidden(other, other.finished());
    }

    private static Violation violation(
            InvocationRecord invocation, Instant at, String kind, String what) {
        return new Violation(
                Property.S8,
                kind,
                at,
                invocation.number(),
                "reported success of %s, but %s".formatted(invocation.order(), what));
    }
}
