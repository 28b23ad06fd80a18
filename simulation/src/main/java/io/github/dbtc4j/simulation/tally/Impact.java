package io.github.dbtc4j.simulation.tally;

import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.OwnedRun;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What users suffer from when pipelines go wrong, by any rule they broke.
public enum Impact {
    TWO_AT_ONCE("two runs of one pull request at once", Property.S1),
    OLD_STATE("final state built from an old commit"),
    FOREIGN_CANCELLED("another pull request's run cancelled", Property.S3),
    NEWER_CANCELLED("newer commit's run cancelled", Property.S4),
    FALSE_SUCCESS("success of a disturbed run reported", Property.S8),
    NO_VERDICT("newest commit without a verdict", Property.L1),
    CLONES_LEAKED("clones leaked for good", Property.L3),
    UNTOLD_ORDER("old commit won, no order was given");

    private final String title;
    private final @Nullable Property property;

    Impact(String title) {
        this(title, null);
    }

    /// @param property the property whose violations have this impact, or null for none
    Impact(String title, @Nullable Property property) {
        this.title = title;
        this.property = property;
    }

    /// What it is called in tables.
    public String title() {
        return title;
    }

    static Set<Impact> in(IndexedHistory evidence, List<Violation> violations) {
        Set<Impact> harms = EnumSet.noneOf(Impact.class);
        for (Violation violation : violations) {
            if (violation.kind().equals(Violation.NO_SEQUENCE)) {
                harms.add(UNTOLD_ORDER);
            } else {
                of(violation).forEach(harms::add);
            }
        }
        oldStates(evidence, harms);
        return harms;
    }

    /// Success is false only where another run wrote.
    private static Stream<Impact> of(Violation violation) {
        return Arrays.stream(values())
                .filter(impact -> impact.property == violation.rule())
                .filter(impact ->
                        impact != FALSE_SUCCESS || violation.kind().equals(Violation.CONFLICT));
    }

    /// The last run that wrote into a schema is of an older commit than another one that was built
    /// there before.
    private static void oldStates(IndexedHistory evidence, Set<Impact> harms) {
        for (OwnedRun last : evidence.runs) {
            if (!last.hasExecuted() || last.pullRequest() == null || isFollowed(evidence, last)) {
                continue;
            }
            evidence.runs.stream()
                    .filter(run -> run.isComplete() && run.isOfSamePullRequestAs(last))
                    .filter(run -> run.owner() != null && last.isOlderThan(run.owner()))
                    .max(Comparator.comparing(OwnedRun::finished))
                    .map(run ->
                            last.isComparableTo(Objects.requireNonNull(run.owner()))
                                    ? OLD_STATE
                                    : UNTOLD_ORDER)
                    .ifPresent(harms::add);
        }
    }

    private static boolean isFollowed(IndexedHistory evidence, OwnedRun run) {
        return evidence.runs.stream()
                .anyMatch(each ->
                        each.hasExecuted()
                                && each.isOfSamePullRequestAs(run)
                                && each.finished().isAfter(run.finished()));
    }
}
