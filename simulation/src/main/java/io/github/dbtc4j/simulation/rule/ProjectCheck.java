package io.github.dbtc4j.simulation.rule;

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
                .filter(it -> it.cancelled() != null)
                .filter(it -> evidence.run(Objects.requireNonNull(it.cancelled())).isPresent())
                .map(it -> violation(Property.S3, it, "asked to cancel run " + it.cancelled()))
                .toList();
    }

    static List<Violation> deletes(IndexedHistory evidence) {
        return theirs(evidence)
                .filter(it -> it.deleted() != null)
                .filter(it -> evidence.isLane(Objects.requireNonNull(it.deleted())))
                .map(it -> violation(Property.S6, it, "asked to delete job " + it.deleted()))
                .toList();
    }

    private static Stream<Exchange> theirs(IndexedHistory evidence) {
        return evidence.history.invocations().stream()
                .filter(it -> !it.isOurs())
                .flatMap(it -> evidence.exchanges(it).stream());
    }

    private static Violation violation(Property rule, Exchange exchange, String what) {
        return new Violation(
                rule, OTHER_PROJECT, exchange.at(), exchange.invocation(), "theirs " + what);
    }
}
