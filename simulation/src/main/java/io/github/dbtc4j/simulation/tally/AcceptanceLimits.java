package io.github.dbtc4j.simulation.tally;

import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.strategy.Strategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What our strategies may be guilty of at most, in any number of scenarios.
public final class AcceptanceLimits {

    /// Cases that count for no rule: no pipeline could have known, or helped it. So it is, but for
    /// an overlap, where no pipeline waits for a run.
    ///
    /// Each is capped, so that an excuse cannot hide what becomes frequent: so many percent of all
    /// scenarios of a strategy, for each rule.
    private static final Map<String, Double> EXCUSES =
            Map.of(
                    Violation.NO_SEQUENCE, 5.0,
                    Violation.LANE_GONE, 0.5,
                    Violation.LANE_TAKEN, 0.5,
                    Violation.RACED, 2.0,
                    Violation.THREW, 3.0,
                    Violation.HELD_UP, 0.5,
                    Violation.SHARED_SCHEMA, 0.1,
                    Violation.NO_TIME, 1.0);

    /// How many percent of the scenarios may break a property; none where nothing is said.
    private static final Map<Property, Double> LIMITS =
            Map.of(Property.S1, 1.0, Property.S12, 1.0, Property.S2, 0.1, Property.S5, 0.1);

    private AcceptanceLimits() {}

    public static boolean excuses(Violation violation) {
        return EXCUSES.containsKey(violation.kind())
                || (violation.kind().equals(Violation.UNWATCHED)
                        && violation.rule() != Property.S1);
    }

    /// How many percent of the scenarios may break `rule`.
    public static double limit(Property rule, Strategy strategy) {
        return rule == Property.S1 && strategy == Strategy.DEDICATED
                ? 0
                : LIMITS.getOrDefault(rule, 0.0);
    }

    /// Where `tallies` are over a limit, in sentences; empty when nowhere. A limit over 0 holds for
    /// all profiles of a strategy together.
    public static List<String> breaches(List<Tally> tallies) {
        var breaches = new ArrayList<String>();
        for (Tally tally : tallies) {
            if (tally.strategy().isOurs()) {
                for (Property rule : Property.values()) {
                    breach(tally, rule).ifPresent(breaches::add);
                }
            }
        }
        for (Strategy strategy : Strategy.values()) {
            for (Property rule : Property.values()) {
                tooOften(tallies, strategy, rule).ifPresent(breaches::add);
                EXCUSES.forEach((excuse, percent) ->
                        excusedTooOften(tallies, strategy, rule, excuse, percent)
                                .ifPresent(breaches::add));
            }
        }
        return breaches;
    }

    /// What may not be at all: any case of some rules, an unexplained one of the others.
    private static Optional<String> breach(Tally tally, Property rule) {
        SortedMap<String, Cases> kinds =
                tally.violations().getOrDefault(rule, Collections.emptySortedMap());
        boolean broken =
                limit(rule, tally.strategy()) == 0
                        ? tally.count(rule) > 0
                        : kinds.containsKey(Violation.UNEXPLAINED);
        return broken
                ? Optional.of(
                        "%s, %s: %s (%s) is broken: %s"
                                .formatted(
                                        tally.strategy().label(),
                                        tally.profile().title(),
                                        rule,
                                        rule.title(),
                                        seeds(kinds)))
                : Optional.empty();
    }

    private static Optional<String> tooOften(
            List<Tally> tallies, Strategy strategy, Property rule) {
        double limit = limit(rule, strategy) / 100;
        long scenarios = 0;
        long count = 0;
        for (Tally tally : tallies) {
            if (tally.strategy() == strategy && strategy.isOurs()) {
                scenarios += tally.scenarios();
                count += tally.count(rule);
            }
        }
        return limit > 0 && count > atMost(limit * scenarios)
                ? Optional.of(
                        "%s: %s (%s) is broken in %d of %d scenarios, more than %.1f %%"
                                .formatted(
                                        strategy.label(),
                                        rule,
                                        rule.title(),
                                        count,
                                        scenarios,
                                        limit * 100))
                : Optional.empty();
    }

    private static Optional<String> excusedTooOften(
            List<Tally> tallies, Strategy strategy, Property rule, String excuse, double percent) {
        List<Tally> all =
                tallies.stream()
                        .filter(tally -> tally.strategy() == strategy && strategy.isOurs())
                        .toList();
        long scenarios = all.stream().mapToLong(Tally::scenarios).sum();
        long count = all.stream().mapToLong(tally -> tally.count(rule, excuse)).sum();
        return count > atMost(percent / 100 * scenarios)
                ? Optional.of(
                        "%s: %s (%s) is excused as “%s” in %d of %d scenarios, more than %.1f %%"
                                .formatted(
                                        strategy.label(),
                                        rule,
                                        rule.title(),
                                        excuse,
                                        count,
                                        scenarios,
                                        percent))
                : Optional.empty();
    }

    /// So many may be by chance where `expected` are on average.
    private static double atMost(double expected) {
        return expected + 3 * Math.sqrt(expected) + 1;
    }

    private static String seeds(SortedMap<String, Cases> kinds) {
        return kinds.entrySet().stream()
                .map(entry ->
                        "%s: %d, such as seed %d"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().count(),
                                        entry.getValue().seeds().getFirst()))
                .collect(Collectors.joining("; "));
    }
}
