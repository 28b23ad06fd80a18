package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// L1: the newest pipeline of each pull request that was neither killed nor told to stop ends with
/// its verdict. A failure of the pipeline itself needs a platform that failed.
final class VerdictCheck {

    private VerdictCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        Map<Integer, List<InvocationRecord>> surviving = new TreeMap<>();
        evidence.ours()
                .filter(invocation -> invocation.pullRequest() != null && invocation.survives())
                .forEach(invocation ->
                        surviving
                                .computeIfAbsent(invocation.pullRequest(), _ -> new ArrayList<>())
                                .add(invocation));
        var violations = new ArrayList<Violation>();
        for (List<InvocationRecord> all : surviving.values()) {
            var newest =
                    all.stream().map(InvocationRecord::order).max(OwnedRun.ORDER).orElseThrow();
            all.stream()
                    .filter(invocation -> invocation.order().equals(newest))
                    .forEach(invocation -> {
                        String kind = unanswered(evidence, invocation);
                        if (kind != null) {
                            violations.add(
                                    new Violation(
                                            Property.L1,
                                            kind,
                                            invocation.acting(evidence.history.end()),
                                            invocation.number(),
                                            "#%s %s, the newest, ended with %s"
                                                    .formatted(
                                                            invocation.pullRequest(),
                                                            invocation.order(),
                                                            invocation.ending())));
                        }
                    });
        }
        return violations;
    }

    /// Why `invocation`, the newest one, has no verdict it should have; null when it has.
    private static @Nullable String unanswered(
            IndexedHistory evidence, InvocationRecord invocation) {
        return switch (invocation.ending()) {
            case InvocationRecord.Ended(Verdict verdict) ->
                    unanswered(evidence, invocation, verdict);
            case InvocationRecord.Said(String how) -> said(evidence, invocation, how);
            case InvocationRecord.Threw _ ->
                    hadTrouble(evidence, invocation) ? Violation.THREW : "failed for no reason";
            case InvocationRecord.StillGoing _,
                    InvocationRecord.Killed _,
                    InvocationRecord.Signalled _ ->
                    null;
        };
    }

    private static @Nullable String unanswered(
            IndexedHistory evidence, InvocationRecord invocation, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Triggered it ->
                    invocation.waits() ? "not waited" : wrong(evidence, invocation, it.run(), null);
            case Verdict.Succeeded it -> wrong(evidence, invocation, it.run(), 10);
            case Verdict.Failed it -> wrong(evidence, invocation, it.run(), 20);
            case Verdict.Cancelled it ->
                    CancelledRun.isByUs(evidence, invocation, it.run().value())
                            ? CancelledRun.kind(evidence, invocation, it.run().value())
                            : wrong(evidence, invocation, it.run(), 30);
            case Verdict.Superseded it -> superseded(evidence, invocation, it.by());
            case Verdict.Conflicted it ->
                    isDeadlinePast(evidence, invocation) || mayBeForged(evidence, invocation)
                            ? null
                            : isOfAnother(evidence, invocation, it.by())
                                    ? Violation.SHARED_SCHEMA
                                    : "disturbed";
            case Verdict.DeadlinePassed _ ->
                    isDeadlinePast(evidence, invocation) ? null : "deadline passed too early";
        };
    }

    /// Whether the run `by` is of another pull request that names the same schema: the two chase
    /// each other for four runs at most.
    private static boolean isOfAnother(
            IndexedHistory evidence, InvocationRecord invocation, RunId by) {
        return evidence.run(by.value()).filter(run -> !run.isOf(invocation)).isPresent();
    }

    /// Whether a forged run wrote into the schema: nothing can be done against that.
    private static boolean mayBeForged(IndexedHistory evidence, InvocationRecord invocation) {
        return evidence.forgeries()
                .anyMatch(run -> run.writesInto(invocation, evidence.history.baseJob()));
    }

    private static boolean isDeadlinePast(IndexedHistory evidence, InvocationRecord invocation) {
        Instant deadline = invocation.began().plus(evidence.history.options().timeout());
        return !invocation.acting(evidence.history.end()).isBefore(deadline);
    }

    private static @Nullable String wrong(
            IndexedHistory evidence,
            InvocationRecord invocation,
            RunId id,
            @Nullable Integer status) {
        Optional<OwnedRun> run = evidence.run(id.value());
        if (run.isEmpty() || !invocation.sha().equals(run.get().run().gitSha())) {
            return "another commit's verdict";
        }
        return status == null || status == run.get().run().status() ? null : "wrong verdict";
    }

    private static @Nullable String superseded(
            IndexedHistory evidence, InvocationRecord invocation, RunId by) {
        if (evidence.forged(by.value()).isPresent()) {
            return null; // see ForgeryCheck
        }
        Optional<OwnedRun> run = evidence.run(by.value()).filter(each -> each.isOf(invocation));
        if (run.isEmpty()) {
            return "superseded by no related run";
        }
        if (!run.get().isComparableTo(invocation)) {
            return null;
        }
        return run.get().isNewerThan(invocation) ? null : "superseded by an older one";
    }

    private static @Nullable String said(
            IndexedHistory evidence, InvocationRecord invocation, String how) {
        if (!how.equals("cancelled")) {
            return null;
        }
        return evidence.runs.stream()
                        .filter(run -> invocation.equals(run.owner()))
                        .reduce((_, later) -> later)
                        .filter(run -> CancelledRun.isByUs(evidence, invocation, run.id()))
                        .isPresent()
                ? CancelledRun.BY_US
                : null;
    }

    private static boolean hadTrouble(IndexedHistory evidence, InvocationRecord invocation) {
        Instant end = invocation.acting(evidence.history.end());
        return evidence.exchanges(invocation).stream().anyMatch(exchange -> !exchange.wasAnswered())
                || BlockedInterval.of(evidence, invocation).stream()
                        .filter(interval -> interval.why().equals(BlockedInterval.FAULTS))
                        .anyMatch(interval ->
                                interval.from().isBefore(end)
                                        && interval.to().isAfter(invocation.began()));
    }
}
