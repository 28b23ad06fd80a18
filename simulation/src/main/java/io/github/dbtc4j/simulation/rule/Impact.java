package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What users suffer from when pipelines go wrong, whichever rule they broke.
public enum Impact {
    TWO_AT_ONCE("two runs of one pull request at once"),
    OLD_STATE("final state built from an old commit"),
    FOREIGN_CANCELLED("another pull request's run cancelled"),
    NEWER_CANCELLED("newer commit's run cancelled"),
    FALSE_SUCCESS("success of a disturbed run reported"),
    NO_VERDICT("newest commit without a verdict"),
    CLONES_LEAKED("clones leaked for good"),
    UNTOLD_ORDER("old commit won, no order was given");

    private final String title;

    Impact(String title) {
        this.title = title;
    }

    /// What it is called in tables.
    public String title() {
        return title;
    }

    static Set<Impact> in(IndexedHistory evidence, List<Violation> violations) {
        Set<Impact> harms = EnumSet.noneOf(Impact.class);
        for (Violation violation : violations) {
            if (violation.kind().equals(OrderCheck.NO_SEQUENCE)) {
                harms.add(UNTOLD_ORDER);
            } else {
                of(violation).ifPresent(harms::add);
            }
        }
        oldStates(evidence, harms);
        return harms;
    }

    private static Optional<Impact> of(Violation violation) {
        return switch (violation.rule()) {
            case S1 -> Optional.of(TWO_AT_ONCE);
            case S3 -> Optional.of(FOREIGN_CANCELLED);
            case S4 -> Optional.of(NEWER_CANCELLED);
            case S8 ->
                    violation.kind().equals(SuccessCheck.DISTURBED)
                            ? Optional.of(FALSE_SUCCESS)
                            : Optional.empty();
            case L1 -> Optional.of(NO_VERDICT);
            case L3 -> Optional.of(CLONES_LEAKED);
            case S2, S5, S6, S7, S9, S10, S11, S12, S13, L2, L4, L5, L6, L7 -> Optional.empty();
        };
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
