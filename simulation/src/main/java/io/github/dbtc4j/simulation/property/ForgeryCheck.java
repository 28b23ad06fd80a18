package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.ForgedRun;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a forged claim may bring about: nothing that its run does not bear out.
final class ForgeryCheck {

    static final String FORGED = "forged";

    private ForgeryCheck() {}

    /// S8: a verdict is taken from a forged run only where that built just what was asked for.
    static List<Violation> verdicts(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation ->
                        invocation
                                .reportedRun()
                                .flatMap(evidence::forged)
                                .filter(run ->
                                        !run.isBuildOf(invocation, evidence.history.baseJob()))
                                .ifPresent(run ->
                                        violations.add(
                                                violation(
                                                        evidence,
                                                        Property.S8,
                                                        invocation,
                                                        "took its verdict from",
                                                        run))));
        return violations;
    }

    /// L1: no pipeline gives way to a forged run that could not be of a newer commit.
    static List<Violation> supersessions(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation ->
                        supersededBy(evidence, invocation)
                                .filter(run ->
                                        !run.couldBeOf(invocation, evidence.history.baseJob()))
                                .ifPresent(run ->
                                        violations.add(
                                                violation(
                                                        evidence,
                                                        Property.L1,
                                                        invocation,
                                                        "gave way to",
                                                        run))));
        return violations;
    }

    /// The forged run that `invocation` ended for.
    static Optional<ForgedRun> supersededBy(IndexedHistory evidence, InvocationRecord invocation) {
        return invocation.ending()
                        instanceof InvocationRecord.Ended(Verdict.Superseded(var _, var by))
                ? evidence.forged(by.value())
                : Optional.empty();
    }

    /// S3: a run whose claim lies is not cancelled for what it says. The platform itself may cancel
    /// it, as it does where it runs pull requests side by side.
    static List<Violation> cancels(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        for (HistoryEvent.Happened act : evidence.events) {
            Integer by = act.invocation();
            if (by != null
                    && act.event() instanceof SandboxEvent.CancelRequested cancel
                    && !cancel.by().equals(Actor.SYSTEM)) {
                InvocationRecord invocation = evidence.invocation(by);
                evidence.forged(cancel.run().id())
                        .filter(run -> run.isLying() && invocation.isOurs())
                        .map(run -> violation(evidence, Property.S3, invocation, "cancelled", run))
                        .ifPresent(violations::add);
            }
        }
        return violations;
    }

    private static Violation violation(
            IndexedHistory evidence,
            Property rule,
            InvocationRecord invocation,
            String what,
            ForgedRun run) {
        return new Violation(
                rule,
                FORGED,
                invocation.acting(evidence.history.end()),
                invocation.number(),
                "#%s %s %s forged run %d"
                        .formatted(
                                invocation.pullRequest(),
                                invocation.order(),
                                what,
                                run.run().id()));
    }
}
