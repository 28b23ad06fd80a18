package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// S11: how many runs, clones and calls an invocation has at most.
final class BudgetCheck {

    /// One run, and again at most four times: after an overlap, or when its lane was deleted.
    private static final int RUNS = 5;

    private static final int CLONES = 4;

    /// Three lists at each of the twenty looks a minute has while something is about to end, and
    /// twice ten calls for two lanes that have to be given up, because a user edits the base job or
    /// deletes a clone. Calls that are not answered are no burden to the platform, and end when the
    /// client gives up.
    private static final int CALLS_A_MINUTE = 80;

    private BudgetCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
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
}
