package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// S11 and L5: how much an invocation, and all of a pull request's together, may do at most.
final class BudgetCheck {

    /// One run, and again at most four times: after an overlap, or when its lane was deleted.
    private static final int RUNS = 5;

    private static final int CLONES = 4;

    /// Three lists at each of the twenty looks a minute has while something is about to end, and
    /// twice ten calls for two lanes that have to be given up, because somebody edits the base job
    /// or deletes a clone. Calls that are not answered are no burden to the platform, and end when
    /// the client gives up.
    private static final int CALLS_A_MINUTE = 80;

    /// What it takes when everything goes wrong once for everybody.
    private static final int RUNS_OF_EACH = 3;

    private BudgetCheck() {}

    /// S11: runs, clones and calls of one invocation.
    static List<Violation> calls(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation -> {
                    most(
                                    evidence,
                                    invocation,
                                    "runs",
                                    RUNS,
                                    exchange -> got(exchange, exchange.triggered() != null))
                            .ifPresent(violations::add);
                    most(
                                    evidence,
                                    invocation,
                                    "clones",
                                    CLONES,
                                    exchange -> got(exchange, exchange.isCreate()))
                            .ifPresent(violations::add);
                    busiest(evidence, invocation).ifPresent(violations::add);
                });
        return violations;
    }

    private static boolean got(Exchange exchange, boolean what) {
        return what && exchange.succeeded();
    }

    private static Optional<Violation> most(
            IndexedHistory evidence,
            InvocationRecord invocation,
            String what,
            int most,
            Predicate<Exchange> counted) {
        List<Exchange> all = evidence.exchanges(invocation).stream().filter(counted).toList();
        return all.size() <= most
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                Property.S11,
                                what,
                                all.get(most).at(),
                                invocation.number(),
                                "had %d %s, more than %d".formatted(all.size(), what, most)));
    }

    private static Optional<Violation> busiest(
            IndexedHistory evidence, InvocationRecord invocation) {
        List<Exchange> all =
                evidence.exchanges(invocation).stream().filter(Exchange::wasAnswered).toList();
        int first = 0;
        for (int last = 0; last < all.size(); last++) {
            Instant at = all.get(last).at();
            while (Duration.between(all.get(first).at(), at).toSeconds() >= 60) {
                first++;
            }
            if (last - first + 1 > CALLS_A_MINUTE) {
                return Optional.of(
                        new Violation(
                                Property.S11,
                                "calls",
                                at,
                                invocation.number(),
                                "sent more than %d requests in a minute"
                                        .formatted(CALLS_A_MINUTE)));
            }
        }
        return Optional.empty();
    }

    /// L5: runs of one pull request, whose pipelines could outbid each other for ever.
    static List<Violation> runs(IndexedHistory evidence) {
        Map<Integer, Integer> pipelines = new LinkedHashMap<>();
        evidence.ours()
                .filter(invocation -> invocation.pullRequest() != null)
                .forEach(invocation ->
                        pipelines.merge(
                                Objects.requireNonNull(invocation.pullRequest()), 1, Integer::sum));
        var violations = new ArrayList<Violation>();
        pipelines.forEach((pullRequest, count) -> {
            List<OwnedRun> runs =
                    evidence.runs.stream()
                            .filter(run -> run.owner() != null)
                            .filter(run -> pullRequest.equals(run.pullRequest()))
                            .toList();
            int most = RUNS_OF_EACH * count + 2;
            if (runs.size() > most) {
                violations.add(
                        new Violation(
                                Property.L5,
                                Violation.UNEXPLAINED,
                                runs.get(most).created(),
                                null,
                                "#%d has %d runs of %d pipelines"
                                        .formatted(pullRequest, runs.size(), count)));
            }
        });
        return violations;
    }
}
