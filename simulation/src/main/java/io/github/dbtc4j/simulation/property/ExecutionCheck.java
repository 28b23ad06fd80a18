package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.BlockedInterval;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// S5: a second complete execution for one place in the order of a pull request, although the first
/// one had no conflict with another run.
final class ExecutionCheck {

    /// No trigger is based on a look that is older, unless something was in the way after it.
    private static final Duration FRESH = Duration.ofSeconds(15);

    private ExecutionCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        Map<Object, List<OwnedRun>> complete = new LinkedHashMap<>();
        for (OwnedRun run : evidence.runs) {
            InvocationRecord owner = run.owner();
            if (run.isComplete() && run.hasExecuted() && owner != null) {
                Object whose =
                        owner.pullRequest() == null
                                ? owner.number()
                                : List.of(owner.pullRequest(), owner.order());
                complete.computeIfAbsent(whose, _ -> new ArrayList<>()).add(run);
            }
        }
        var violations = new ArrayList<Violation>();
        for (List<OwnedRun> runs : complete.values()) {
            runs.sort(Comparator.comparing(OwnedRun::created));
            for (int i = 1; i < runs.size(); i++) {
                OwnedRun first = runs.get(i - 1);
                OwnedRun second = runs.get(i);
                if (!hadConflict(evidence, first, second)) {
                    violations.add(
                            new Violation(
                                    Property.S5,
                                    kind(evidence, first, second),
                                    second.created(),
                                    second.owner() == null ? null : second.owner().number(),
                                    "both %s and %s ran to their end".formatted(first, second)));
                }
            }
        }
        return violations;
    }

    private static boolean hadConflict(IndexedHistory evidence, OwnedRun first, OwnedRun second) {
        return evidence.runs.stream()
                        .anyMatch(run ->
                                run.id() != first.id()
                                        && (run.isOfSamePullRequestAs(first)
                                                || run.isInSchemaOf(first))
                                        && run.executedWithin(first.started(), second.created()))
                || evidence.forgeries()
                        .filter(run -> run.executedWithin(first.started(), second.created()))
                        .anyMatch(run ->
                                run.writesInto(
                                        Objects.requireNonNull(first.owner()),
                                        evidence.history.baseJob()));
    }

    private static String kind(IndexedHistory evidence, OwnedRun first, OwnedRun second) {
        if (wasToBeCancelled(evidence, first) || wasToBeCancelled(evidence, second)) {
            return "cancelled too late";
        }
        InvocationRecord owner = Objects.requireNonNull(second.owner());
        if (!owner.sequenced()) {
            return Violation.NO_SEQUENCE;
        }
        if (owner.pullRequest() == null) {
            return "no pull request";
        }
        if (evidence.isHidden(first, second.created())) {
            return Violation.LANE_GONE;
        }
        if (!OverlapCheck.isWatched(first) || !OverlapCheck.isWatched(second)) {
            return Violation.UNWATCHED;
        }
        return Stream.of(first, second)
                .map(OwnedRun::owner)
                .filter(Objects::nonNull)
                .flatMap(invocation -> BlockedInterval.of(evidence, invocation).stream())
                .filter(interval -> interval.to().isAfter(second.created().minus(FRESH)))
                .filter(interval -> interval.from().isBefore(second.finished()))
                .map(BlockedInterval::why)
                .findFirst()
                .orElse(
                        hasVanished(evidence, first, second)
                                ? Violation.LANE_GONE
                                : Violation.UNEXPLAINED);
    }

    /// Whether a run left the lists with its lane before the pipeline of `first` could see that it
    /// had ended: it may have written beside `first`, so that `second` has to be run.
    private static boolean hasVanished(IndexedHistory evidence, OwnedRun first, OwnedRun second) {
        InvocationRecord owner = Objects.requireNonNull(second.owner());
        return evidence.runs.stream()
                .filter(run -> run.id() != first.id() && run.id() != second.id())
                .filter(run -> run.isOfSamePullRequestAs(first) || run.isInSchemaOf(first))
                .filter(run -> run.created().isBefore(first.finished()))
                .filter(run -> !evidence.isHidden(run, first.created()))
                .anyMatch(run ->
                        evidence.isHidden(run, second.created())
                                && !evidence.couldSeeEnd(owner, run));
    }

    private static boolean wasToBeCancelled(IndexedHistory evidence, OwnedRun run) {
        return evidence.events.stream()
                .anyMatch(happened ->
                        happened.event() instanceof SandboxEvent.CancelRequested cancel
                                && cancel.run().id() == run.id());
    }
}
