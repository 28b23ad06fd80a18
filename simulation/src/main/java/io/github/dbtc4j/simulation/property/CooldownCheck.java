package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// L6: what an invocation sent although it had been told that there were too many requests.
final class CooldownCheck {

    private static final Duration UNTOLD = Duration.ofMinutes(5);

    private CooldownCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours().forEach(invocation -> check(evidence.exchanges(invocation), violations));
        return violations;
    }

    private static void check(List<Exchange> exchanges, List<Violation> violations) {
        for (Exchange refused : exchanges) {
            if (refused.status() != 429) {
                continue;
            }
            Duration told = refused.retryAfter() == null ? UNTOLD : refused.retryAfter();
            Instant quiet = refused.end().plus(told);
            exchanges.stream()
                    .filter(exchange ->
                            exchange.at().isAfter(refused.end()) && exchange.at().isBefore(quiet))
                    .findFirst()
                    .ifPresent(exchange ->
                            violations.add(
                                    new Violation(
                                            Property.L6,
                                            Violation.UNEXPLAINED,
                                            exchange.at(),
                                            exchange.invocation(),
                                            "sent a request %d s after a 429"
                                                    .formatted(
                                                            Duration.between(
                                                                            refused.end(),
                                                                            exchange.at())
                                                                    .toSeconds()))));
        }
    }
}
