package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.IndexedHistory;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// S3 and S6 the other way round: what the pipelines of another project, which use this tool too,
/// do to our runs and clones.
final class ProjectCheck {

    static final String OTHER_PROJECT = "another project's";

    private ProjectCheck() {}

    static List<Violation> cancels(IndexedHistory evidence) {
        return theirs(evidence)
                .filter(exchange -> exchange.cancelled() != null)
                .filter(exchange ->
                        evidence.run(Objects.requireNonNull(exchange.cancelled())).isPresent())
                .map(exchange ->
                        violation(
                                Property.S3,
                                exchange,
                                "asked to cancel run " + exchange.cancelled()))
                .toList();
    }

    static List<Violation> deletes(IndexedHistory evidence) {
        return theirs(evidence)
                .filter(exchange -> exchange.deleted() != null)
                .filter(exchange -> evidence.isLane(Objects.requireNonNull(exchange.deleted())))
                .map(exchange ->
                        violation(
                                Property.S6, exchange, "asked to delete job " + exchange.deleted()))
                .toList();
    }

    private static Stream<Exchange> theirs(IndexedHistory evidence) {
        return evidence.history.invocations().stream()
                .filter(invocation -> !invocation.isOurs())
                .flatMap(invocation -> evidence.exchanges(invocation).stream());
    }

    private static Violation violation(Property rule, Exchange exchange, String what) {
        return new Violation(
                rule, OTHER_PROJECT, exchange.at(), exchange.invocation(), "theirs " + what);
    }
}
