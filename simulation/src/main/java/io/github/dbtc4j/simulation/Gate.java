package io.github.dbtc4j.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What our strategies may be guilty of at most, in any number of scenarios.
public final class Gate {

    /// Cases that count for no rule: nobody could have known, or helped it. So it is, but for an
    /// overlap, where nobody waits for a run.
    private static final Set<String> EXCUSES =
            Set.of(
                    OrderCheck.NO_SEQUENCE,
                    Evidence.LANE_GONE,
                    DeleteCheck.RACED,
                    VerdictCheck.THREW);

    private Gate() {}

    static boolean excuses(Violation violation) {
        return EXCUSES.contains(violation.kind())
                || (violation.kind().equals(OverlapCheck.UNWATCHED) && violation.rule() != Rule.S1);
    }

    /// How many percent of the scenarios may break `rule`.
    static double limit(Rule rule, Strategy strategy) {
        return switch (rule) {
            case S1 -> strategy == Strategy.DEDICATED ? 0 : 1;
            case S2, S5 -> 0.1;
            case S3, S4, S6, S7, S8, S9, S10, S11, L1, L2, L3, L4, L5, L6 -> 0;
        };
    }

    /// Where `tally`, of a strategy of ours, is over a limit, in sentences; empty when nowhere.
    public static List<String> breaches(Tally tally) {
        var breaches = new ArrayList<String>();
        if (!tally.strategy().isOurs()) {
            return breaches;
        }
        for (Rule rule : Rule.values()) {
            long count = tally.count(rule);
            double limit = limit(rule, tally.strategy());
            if (tally.percent(count) > limit) {
                breaches.add(
                        "%s, %s: %s (%s) broken in %d of %d scenarios, at most %s %% may be; %s"
                                .formatted(
                                        tally.strategy().label(),
                                        tally.profile().title(),
                                        rule,
                                        rule.title(),
                                        count,
                                        tally.scenarios(),
                                        limit == 0
                                                ? "0"
                                                : String.format(Locale.ROOT, "%.1f", limit),
                                        seeds(tally, rule)));
            } else if (limit > 0) {
                unexplained(tally, rule).ifPresent(breaches::add);
            }
        }
        return breaches;
    }

    /// A few are tolerated, but every one must be understood.
    private static Optional<String> unexplained(Tally tally, Rule rule) {
        return Optional.ofNullable(tally.violations().get(rule))
                .map(kinds -> kinds.get(Violation.UNEXPLAINED))
                .map(cases ->
                        "%s, %s: %s (%s): %d cases are not explained, such as seed %s"
                                .formatted(
                                        tally.strategy().label(),
                                        tally.profile().title(),
                                        rule,
                                        rule.title(),
                                        cases.count(),
                                        cases.seeds().getFirst()));
    }

    private static String seeds(Tally tally, Rule rule) {
        var kinds = new ArrayList<String>();
        tally.violations()
                .getOrDefault(rule, Collections.emptySortedMap())
                .forEach((kind, cases) ->
                        kinds.add(
                                "%s: %d, such as seed %d"
                                        .formatted(kind, cases.count(), cases.seeds().getFirst())));
        return String.join("; ", kinds);
    }
}
