package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.Moments;
import io.github.dbtc4j.simulation.history.OwnedRun;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// L1, L2 and L4: how invocations end.
final class VerdictCheck {

    static final String THREW = "failed";
    static final String HELD_UP = "held up";
    static final String SHARED = "shared schema";

    /// A twin that moves its run takes half a minute, and is waited for a whole one.
    private static final Duration HAND_OVER = Duration.ofSeconds(20);

    /// Besides two looks: what a platform takes to cancel a run, and a few calls.
    private static final Duration SOON = Duration.ofSeconds(30);

    /// A last look, cancelling the own run, and cleaning up.
    private static final Duration LAST_LOOK = Duration.ofMinutes(1);

    private VerdictCheck() {}

    /// L1: the newest pipeline of each pull request that was not killed or told to stop ends with
    /// its verdict. A failure of the pipeline itself needs a platform that failed.
    static List<Violation> newest(IndexedHistory evidence) {
        Map<Integer, List<InvocationRecord>> surviving = new TreeMap<>();
        evidence.ours()
                .filter(invocation -> invocation.pullRequest() != null && survives(invocation))
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

    private static boolean survives(InvocationRecord invocation) {
        return switch (invocation.ending()) {
            case InvocationRecord.Killed _, InvocationRecord.Signalled _ -> false;
            case InvocationRecord.Ended _,
                    InvocationRecord.Said _,
                    InvocationRecord.Threw _,
                    InvocationRecord.StillGoing _ ->
                    true;
        };
    }

    /// Why `invocation`, the newest one, has no verdict it should have; null when it has.
    private static @Nullable String unanswered(
            IndexedHistory evidence, InvocationRecord invocation) {
        return switch (invocation.ending()) {
            case InvocationRecord.Ended(Verdict verdict) ->
                    unanswered(evidence, invocation, verdict);
            case InvocationRecord.Said(String how) -> said(evidence, invocation, how);
            case InvocationRecord.Threw _ ->
                    hadTrouble(evidence, invocation) ? THREW : "failed for no reason";
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
                    wasCancelledByUs(evidence, invocation, it.run().value())
                            ? cancelled(evidence, invocation, it.run().value())
                            : wrong(evidence, invocation, it.run(), 30);
            case Verdict.Superseded it -> superseded(evidence, invocation, it.by());
            case Verdict.Conflicted it ->
                    isDeadlinePast(evidence, invocation) || mayBeForged(evidence, invocation)
                            ? null
                            : isOfAnother(evidence, invocation, it.by()) ? SHARED : "disturbed";
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
            return "superseded by nobody";
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
                        .filter(run -> wasCancelledByUs(evidence, invocation, run.id()))
                        .isPresent()
                ? "cancelled by us"
                : null;
    }

    /// Why the run of a pipeline without a verdict was cancelled by another one of ours: one that
    /// meant to repeat it, and could not do so in time, has its own verdict.
    private static String cancelled(
            IndexedHistory evidence, InvocationRecord invocation, long run) {
        if (!invocation.sequenced()) {
            return OrderCheck.NO_SEQUENCE;
        }
        Instant end = invocation.acting(evidence.history.end());
        boolean heldUp =
                cancels(evidence, run)
                        .anyMatch(happened ->
                                heldUp(evidence, happened, end).compareTo(HAND_OVER) > 0);
        return heldUp ? HELD_UP : "cancelled by us";
    }

    /// For how long whoever asked for `cancel` was kept from anything until `end`.
    private static Duration heldUp(
            IndexedHistory evidence, HistoryEvent.Happened cancel, Instant end) {
        return BlockedInterval.total(
                BlockedInterval.of(evidence, by(evidence, cancel)), cancel.at(), end);
    }

    private static InvocationRecord by(IndexedHistory evidence, HistoryEvent.Happened act) {
        return evidence.invocation(Objects.requireNonNull(act.invocation(), "by nobody of ours"));
    }

    /// What pipelines asked the platform to cancel `run`.
    private static Stream<HistoryEvent.Happened> cancels(IndexedHistory evidence, long run) {
        return evidence.events.stream()
                .filter(happened ->
                        happened.invocation() != null
                                && happened.event() instanceof SandboxEvent.CancelRequested cancel
                                && cancel.run().id() == run
                                && !cancel.by().equals(Actor.SYSTEM));
    }

    /// Whether an invocation asked for it that had no right to: what a person or the platform
    /// cancelled is cancelled. Where the platform runs pull requests side by side it cancels their
    /// older runs by itself.
    private static boolean wasCancelledByUs(
            IndexedHistory evidence, InvocationRecord invocation, long run) {
        return cancels(evidence, run)
                .anyMatch(happened -> isNoNewer(by(evidence, happened), invocation));
    }

    /// A newer commit's pipeline may cancel a run and be killed before it triggers its own; one
    /// that is told to stop cancels its run, which its twin may have taken for its own.
    private static boolean isNoNewer(InvocationRecord by, InvocationRecord invocation) {
        return by.isOurs()
                && survives(by)
                && !(by.pullRequest() != null
                        && by.pullRequest().equals(invocation.pullRequest())
                        && OwnedRun.ORDER.compare(by.order(), invocation.order()) > 0);
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

    /// L2: a pipeline beside whose run a newer one can be seen ends soon.
    static List<Violation> superseded(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .filter(invocation ->
                        invocation.sequenced()
                                && survives(invocation)
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
        return SuccessCheck.verdictOf(invocation)
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

    /// L4: nobody still goes on when the history ends, or long after its deadline.
    static List<Violation> endless(IndexedHistory evidence) {
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
