package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.Moments;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// S1: two runs of a pull request write into its schema at the same time. S12: two runs of
/// different pull requests write into one that both payloads name.
///
/// A case is `detected` when no pipeline reported one of the two as a success, `unwatched` when the
/// pipeline of one of the two was not there, or not asked, to look. Where a person took a lane
/// away, no lane can hold them apart.
final class OverlapCheck {

    static final String DETECTED = "detected";

    /// A lane is chosen on a look no older than this, and a few calls.
    private static final Duration CHOICE = Duration.ofSeconds(30);

    private OverlapCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        return check(evidence, Property.S1, OwnedRun::isOfSamePullRequestAs);
    }

    static List<Violation> inSharedSchema(IndexedHistory evidence) {
        return check(
                evidence,
                Property.S12,
                (one, other) -> !one.isOfSamePullRequestAs(other) && one.isInSchemaOf(other));
    }

    private static List<Violation> check(
            IndexedHistory evidence, Property rule, BiPredicate<OwnedRun, OwnedRun> mayNotMeet) {
        List<OwnedRun> executed =
                evidence.runs.stream()
                        .filter(run -> run.hasExecuted() && !evidence.isForged(run))
                        .toList();
        var violations = new ArrayList<Violation>();
        for (int i = 0; i < executed.size(); i++) {
            for (int j = 0; j < i; j++) {
                OwnedRun one = executed.get(j);
                OwnedRun other = executed.get(i);
                if (mayNotMeet.test(one, other) && one.overlaps(other)) {
                    violations.add(violation(evidence, rule, one, other));
                }
            }
        }
        return violations;
    }

    private static Violation violation(
            IndexedHistory evidence, Property rule, OwnedRun one, OwnedRun other) {
        Instant at = one.started().isAfter(other.started()) ? one.started() : other.started();
        return new Violation(
                rule,
                isHidden(evidence, rule, one) || isHidden(evidence, rule, other)
                        ? Violation.LANE_GONE
                        : kind(evidence, one, other),
                at,
                null,
                one + " and " + other + " executed at the same time");
    }

    /// Whether lists ceased to show the run before its end, with its lane: another pull request's
    /// invocation cannot know of it.
    private static boolean isHidden(IndexedHistory evidence, Property rule, OwnedRun run) {
        return rule == Property.S12 && evidence.isHidden(run, run.finished());
    }

    private static String kind(IndexedHistory evidence, OwnedRun one, OwnedRun other) {
        Optional<InvocationRecord> deceived =
                evidence.ours()
                        .filter(invocation ->
                                wasToldSuccess(invocation, one)
                                        || wasToldSuccess(invocation, other))
                        .findFirst();
        if (deceived.isPresent()) {
            return Violation.UNEXPLAINED;
        }
        if (isLaneTaken(evidence, one, other)) {
            return Violation.LANE_TAKEN;
        }
        return isWatched(one) && isWatched(other) ? DETECTED : Violation.UNWATCHED;
    }

    /// Whether a user edited or deleted one of two lanes while they were chosen.
    private static boolean isLaneTaken(IndexedHistory evidence, OwnedRun one, OwnedRun other) {
        Instant from = Moments.earlier(one.created(), other.created()).minus(CHOICE);
        Instant to = Moments.later(one.created(), other.created());
        return one.run().jobId() != other.run().jobId()
                && evidence.events.stream()
                        .filter(happened -> happened.invocation() == null)
                        .filter(happened ->
                                happened.at().isAfter(from) && happened.at().isBefore(to))
                        .map(happened -> changed(happened.event()))
                        .anyMatch(number ->
                                number == one.run().jobId() || number == other.run().jobId());
    }

    /// The job that was edited or deleted, 0 for none.
    private static long changed(SandboxEvent event) {
        return switch (event) {
            case SandboxEvent.JobUpdated it -> it.job().id();
            case SandboxEvent.JobDeleted it -> it.job().id();
            default -> 0;
        };
    }

    /// Whether its pipeline was there, and asked, to see what became of it.
    static boolean isWatched(OwnedRun run) {
        InvocationRecord owner = run.owner();
        return owner != null
                && owner.waits()
                && owner.ending() instanceof InvocationRecord.Ended(var verdict)
                && !(verdict instanceof Verdict.Triggered);
    }

    private static boolean wasToldSuccess(InvocationRecord invocation, OwnedRun run) {
        return switch (invocation.ending()) {
            case InvocationRecord.Ended(Verdict.Succeeded(var id)) -> id.value() == run.id();
            case InvocationRecord.Said(String how) ->
                    how.equals("success") && invocation.equals(run.owner()) && run.isComplete();
            case InvocationRecord.Ended _,
                    InvocationRecord.Threw _,
                    InvocationRecord.Killed _,
                    InvocationRecord.Signalled _,
                    InvocationRecord.StillGoing _ ->
                    false;
        };
    }
}
