package io.github.dbtc4j.simulation.tally;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A rule of the protocol that came into play: what never happens in any scenario is not tested.
public enum ReachabilityGoal {
    CANCELLED_STALE("an older commit's run was cancelled"),
    CANCEL_REPEATED("a cancel was repeated"),
    SUPERSEDED_UNTRIGGERED("a newer commit was there: nothing was triggered"),
    SUPERSEDED("a newer commit was there: the own run was given up"),
    ATTACHED("another pipeline's run of the commit gave the verdict"),
    TWIN_LOST("of two runs of equal order one was given up"),
    MOVED("a queued run moved to a clone when a slot was free"),
    QUEUED("a run queued because all run slots were taken"),
    RAN_AGAIN("a run another one had disturbed was repeated"),
    LANE_GONE("a clone was deleted under its user, who planned again"),
    RUN_FOUND("a trigger's answer was lost and its run found"),
    TRIGGER_REPEATED("a trigger was repeated with the same nonce"),
    CLONE_FOUND("a create's answer was lost and its clone found"),
    CREATE_RACE("two pipelines of a pull request made a clone each"),
    CLONE_USED_AGAIN("a clone that was there was used"),
    REAPED("a clone others had left was deleted"),
    LIMIT_SAT_OUT("a rate limit was sat out"),
    CANCELLED_BY_OTHERS("others had cancelled the run, which was reported"),
    STOPPED("a pipeline told to stop had its run cancelled"),
    NATIVE("it was left to the platform to run side by side"),
    AWAITED_END("a run was triggered only when another had ended"),
    SCHEMA_SHARED("a run waited for another pull request's in its schema"),
    WITHDRAWN("a run beside another pull request's in its schema was withdrawn"),
    CLONE_REFUSED("the platform created no clone"),
    CLONE_OUTDATED("a clone of an outdated base job was replaced"),
    DISTURBED("a run was disturbed each time it was repeated"),
    DEADLINE("a deadline passed");

    private final String title;

    ReachabilityGoal(String title) {
        this.title = title;
    }

    /// What happened, in a sentence without a full stop.
    public String title() {
        return title;
    }

    static Set<ReachabilityGoal> in(IndexedHistory evidence) {
        if (!evidence.history.strategy().isOurs()) {
            return EnumSet.noneOf(ReachabilityGoal.class);
        }
        return Arrays.stream(values())
                .filter(goal -> goal.happened(evidence))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ReachabilityGoal.class)));
    }

    private boolean happened(IndexedHistory evidence) {
        return switch (this) {
            case CANCELLED_STALE ->
                    ours(
                            evidence,
                            invocation ->
                                    cancels(evidence, invocation)
                                            .anyMatch(run ->
                                                    run.isOf(invocation)
                                                            && run.isOlderThan(invocation)));
            case CANCEL_REPEATED ->
                    ours(
                            evidence,
                            invocation ->
                                    cancels(evidence, invocation).count()
                                            > cancels(evidence, invocation).distinct().count());
            case SUPERSEDED_UNTRIGGERED ->
                    ours(
                            evidence,
                            invocation ->
                                    isSuperseded(invocation) && !triggered(evidence, invocation));
            case SUPERSEDED ->
                    ours(
                            evidence,
                            invocation ->
                                    isSuperseded(invocation) && triggered(evidence, invocation));
            case ATTACHED ->
                    ours(
                            evidence,
                            invocation ->
                                    verdictOf(evidence, invocation)
                                            .anyMatch(run ->
                                                    run.owner() != null
                                                            && !invocation.equals(run.owner())));
            case TWIN_LOST ->
                    ours(
                            evidence,
                            invocation ->
                                    cancels(evidence, invocation)
                                            .anyMatch(run ->
                                                    invocation.equals(run.owner())
                                                            && verdictOf(evidence, invocation)
                                                                    .anyMatch(other ->
                                                                            isTwin(
                                                                                    other,
                                                                                    invocation))));
            case MOVED -> decided(evidence, Reason.SlotFreed.class);
            case QUEUED -> decided(evidence, Reason.SlotsExhausted.class);
            case RAN_AGAIN -> evidence.runs.stream().anyMatch(run -> wasRepeated(evidence, run));
            case LANE_GONE -> told(evidence, Event.LaneGone.class);
            case RUN_FOUND -> told(evidence, Event.RunFound.class);
            case TRIGGER_REPEATED ->
                    ours(evidence, invocation -> repeatedTrigger(evidence, invocation));
            case CLONE_FOUND -> told(evidence, Event.CloneFound.class);
            case CREATE_RACE -> createRace(evidence);
            case CLONE_USED_AGAIN -> decided(evidence, Reason.CloneExists.class);
            case REAPED -> ours(evidence, invocation -> reaped(evidence, invocation));
            case LIMIT_SAT_OUT -> ours(evidence, invocation -> satOut(evidence, invocation));
            case CANCELLED_BY_OTHERS -> ended(evidence, Verdict.Cancelled.class);
            case STOPPED ->
                    ours(evidence, invocation -> cancelledWhenStopped(evidence, invocation));
            case NATIVE -> decided(evidence, Reason.PlatformRunsConcurrently.class);
            case AWAITED_END ->
                    evidence.told.stream()
                            .anyMatch(told ->
                                    told.event() instanceof Event.Decided(var plan)
                                            && plan.next() instanceof Step.AwaitCompletion);
            case SCHEMA_SHARED -> decided(evidence, Reason.SchemaShared.class);
            case WITHDRAWN ->
                    evidence.told.stream()
                            .anyMatch(told ->
                                    told.event() instanceof Event.Decided(var plan)
                                            && plan.next() instanceof Step.Cancel
                                            && plan.reasons().stream()
                                                    .allMatch(Reason.SchemaShared.class::isInstance)
                                            && !plan.reasons().isEmpty());
            case CLONE_REFUSED -> told(evidence, Event.CloneRefused.class);
            case CLONE_OUTDATED -> decided(evidence, Reason.CloneOutdated.class);
            case DISTURBED -> ended(evidence, Verdict.Conflicted.class);
            case DEADLINE -> ended(evidence, Verdict.DeadlinePassed.class);
        };
    }

    private static boolean ours(IndexedHistory evidence, Predicate<InvocationRecord> what) {
        return evidence.ours().anyMatch(what);
    }

    private static boolean told(IndexedHistory evidence, Class<? extends Event> event) {
        return evidence.told.stream().anyMatch(told -> event.isInstance(told.event()));
    }

    private static boolean decided(IndexedHistory evidence, Class<? extends Reason> reason) {
        return evidence.told.stream()
                .anyMatch(told ->
                        told.event() instanceof Event.Decided(var plan)
                                && plan.reasons().stream().anyMatch(reason::isInstance));
    }

    private static boolean ended(IndexedHistory evidence, Class<? extends Verdict> verdict) {
        return ours(
                evidence,
                invocation ->
                        invocation.ending() instanceof InvocationRecord.Ended(var ended)
                                && verdict.isInstance(ended));
    }

    private static boolean isSuperseded(InvocationRecord invocation) {
        return invocation.ending() instanceof InvocationRecord.Ended(Verdict.Superseded _);
    }

    private static boolean triggered(IndexedHistory evidence, InvocationRecord invocation) {
        return evidence.exchanges(invocation).stream()
                .anyMatch(exchange -> exchange.triggered() != null);
    }

    private static Stream<OwnedRun> cancels(IndexedHistory evidence, InvocationRecord invocation) {
        return evidence.exchanges(invocation).stream()
                .flatMap(exchange -> Stream.ofNullable(exchange.cancelled()))
                .flatMap(number -> evidence.run(number).stream());
    }

    /// The run whose verdict `invocation` took for its own.
    private static Stream<OwnedRun> verdictOf(
            IndexedHistory evidence, InvocationRecord invocation) {
        return invocation.reportedRun().flatMap(evidence::run).stream();
    }

    private static boolean isTwin(OwnedRun run, InvocationRecord invocation) {
        InvocationRecord owner = run.owner();
        return owner != null
                && !owner.equals(invocation)
                && owner.order().equals(invocation.order());
    }

    private static boolean wasRepeated(IndexedHistory evidence, OwnedRun run) {
        return run.isComplete()
                && evidence.runs.stream()
                        .anyMatch(each ->
                                each.owner() != null
                                        && each.owner().equals(run.owner())
                                        && each.created().isAfter(run.finished()));
    }

    private static boolean repeatedTrigger(IndexedHistory evidence, InvocationRecord invocation) {
        var nonces =
                evidence.exchanges(invocation).stream()
                        .filter(exchange -> exchange.triggered() != null)
                        .flatMap(exchange -> IndexedHistory.nonce(exchange.sent().body()).stream())
                        .toList();
        return nonces.size() > Set.copyOf(nonces).size();
    }

    private static boolean createRace(IndexedHistory evidence) {
        return evidence.clones.values().stream()
                .filter(evidence::isClone)
                .anyMatch(one ->
                        evidence.clones.values().stream()
                                .filter(evidence::isClone)
                                .anyMatch(two ->
                                        two.job().id() > one.job().id()
                                                && one.pullRequest() != null
                                                && one.pullRequest().equals(two.pullRequest())
                                                && two.created()
                                                        .isBefore(
                                                                one.created()
                                                                        .plus(
                                                                                IndexedHistory
                                                                                        .LAG))));
    }

    private static boolean reaped(IndexedHistory evidence, InvocationRecord invocation) {
        return evidence.exchanges(invocation).stream()
                .flatMap(exchange -> Stream.ofNullable(exchange.deleted()))
                .flatMap(number -> Stream.ofNullable(evidence.clones.get(number)))
                .filter(clone -> !Integer.valueOf(invocation.number()).equals(clone.creator()))
                .anyMatch(clone -> !clone.isFor(invocation.pullRequest()));
    }

    private static boolean satOut(IndexedHistory evidence, InvocationRecord invocation) {
        boolean refused = false;
        for (Exchange it : evidence.exchanges(invocation)) {
            if (refused && it.wasAnswered()) {
                return true;
            }
            refused |= it.status() == 429;
        }
        return false;
    }

    private static boolean cancelledWhenStopped(
            IndexedHistory evidence, InvocationRecord invocation) {
        return invocation.ending() instanceof InvocationRecord.Signalled(var at)
                && evidence.exchanges(invocation).stream()
                        .anyMatch(exchange ->
                                exchange.cancelled() != null && !exchange.at().isBefore(at));
    }
}
