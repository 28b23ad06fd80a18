package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.MadeClone;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// S7: what else but triggers, cancels and deletes an invocation wrote. Clones are created and
/// given their environment variables; everything else belongs to others.
final class WriteCheck {

    private WriteCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.exchanges()
                .filter(Exchange::isWrite)
                .forEach(exchange -> {
                    String kind = kind(evidence, exchange);
                    if (kind != null) {
                        violations.add(
                                new Violation(
                                        Property.S7,
                                        kind,
                                        exchange.at(),
                                        exchange.invocation(),
                                        "sent %s %s"
                                                .formatted(
                                                        exchange.sent().method(),
                                                        exchange.sent().path())));
                    }
                });
        return violations;
    }

    private static @Nullable String kind(IndexedHistory evidence, Exchange write) {
        if (write.triggered() != null) {
            return evidence.isLane(write.triggered()) || isOwn(evidence, write, write.triggered())
                    ? null
                    : "another job triggered";
        }
        if (write.cancelled() != null || write.isCreate()) {
            return null;
        }
        Long job = write.deleted() == null ? write.updated() : write.deleted();
        if (job != null) {
            if (job == evidence.history.baseJob()) {
                return "base job written";
            }
            return write.updated() == null || isOwn(evidence, write, job)
                    ? null
                    : "another job written";
        }
        return overridesOf(evidence, write) ? null : "unknown write";
    }

    /// Environment variable overrides name their job in the body.
    private static boolean overridesOf(IndexedHistory evidence, Exchange write) {
        String body = write.sent().body();
        return write.path().contains("/environment-variables/")
                && body != null
                && evidence.clones.values().stream()
                        .filter(clone -> isOwn(evidence, write, clone.job().id()))
                        .anyMatch(clone ->
                                body.matches(
                                        "(?s).*\"job_definition(_id)?\"\\s*:\\s*%d\\b.*"
                                                .formatted(clone.job().id())));
    }

    private static boolean isOwn(IndexedHistory evidence, Exchange write, long job) {
        MadeClone clone = evidence.clones.get(job);
        return clone != null
                && (Objects.equals(clone.creator(), write.invocation()) || evidence.isClone(clone));
    }
}
