package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.Moments;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// L7: runs that go on although the pipeline that waited for them has given up.
final class AbandonCheck {

    /// What the command does about a signal takes no longer.
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private AbandonCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        if (evidence.history.strategy().isOurs()) {
            evidence.ours()
                    .filter(invocation -> invocation.waits() && gaveUp(invocation))
                    .forEach(invocation ->
                            evidence.runs.stream()
                                    .filter(run -> invocation.equals(run.owner()))
                                    .filter(run -> isLeft(evidence, invocation, run))
                                    .map(run -> violation(evidence, invocation, run))
                                    .forEach(violations::add));
        }
        return violations;
    }

    private static boolean gaveUp(InvocationRecord invocation) {
        return switch (invocation.ending()) {
            case InvocationRecord.Signalled _ -> true;
            case InvocationRecord.Ended(Verdict verdict) ->
                    verdict instanceof Verdict.DeadlinePassed;
            case InvocationRecord.Said _,
                    InvocationRecord.Threw _,
                    InvocationRecord.Killed _,
                    InvocationRecord.StillGoing _ ->
                    false;
        };
    }

    /// Whether `run` goes on and its invocation never asked for its end.
    private static boolean isLeft(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun run) {
        return run.finished().isAfter(ended(evidence, invocation))
                && evidence.exchanges(invocation).stream()
                        .noneMatch(exchange -> Objects.equals(exchange.cancelled(), run.id()));
    }

    private static Violation violation(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun run) {
        return new Violation(
                Property.L7,
                hadTime(evidence, invocation, run) ? Violation.UNEXPLAINED : Violation.NO_TIME,
                ended(evidence, invocation),
                invocation.number(),
                "%s goes on though its pipeline gave up".formatted(run));
    }

    /// Whether the response to the trigger came before the process was gone, its last words were
    /// not cut short, and nothing was in the way, such as a rate limit to be sat out.
    private static boolean hadTime(
            IndexedHistory evidence, InvocationRecord invocation, OwnedRun run) {
        Instant from = invocation.acting(evidence.history.end());
        Instant to = ended(evidence, invocation);
        return BlockedInterval.total(BlockedInterval.of(evidence, invocation), from, to).isZero()
                && evidence.exchanges(invocation).stream()
                        .filter(exchange -> exchange.triggered() != null && exchange.succeeded())
                        .filter(exchange ->
                                IndexedHistory.nonce(exchange.sent().body())
                                        .equals(IndexedHistory.nonce(run.run().cause())))
                        .anyMatch(
                                exchange -> exchange.end().isBefore(latest(evidence, invocation)));
    }

    /// A call before the last moment at which anything could be asked for.
    private static Instant latest(IndexedHistory evidence, InvocationRecord invocation) {
        return invocation.ending() instanceof InvocationRecord.Signalled(Instant at)
                ? Moments.earlier(ended(evidence, invocation), at.plus(LAST_WORDS).minusMillis(500))
                : ended(evidence, invocation);
    }

    private static Instant ended(IndexedHistory evidence, InvocationRecord invocation) {
        return Objects.requireNonNullElse(invocation.ended(), evidence.history.end());
    }
}
