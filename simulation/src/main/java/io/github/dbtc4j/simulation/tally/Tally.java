package io.github.dbtc4j.simulation.tally;

import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// What came of the scenarios of one profile under one strategy. Adding tallies is associative and
/// commutative, so it does not matter who played which scenario.
///
/// @param invocations of our repository
/// @param calls they sent
/// @param needlessWait how long, in milliseconds, their runs queued behind another pull request's
///   although a run slot was free, altogether
/// @param harms in how many scenarios users suffered from what
/// @param violations the scenarios in which a rule was broken, by the kind of case
/// @param breaches in how many scenarios a rule was broken in a way that nothing excuses
/// @param rules which rules of the protocol came into play in how many scenarios
public record Tally(
        Profile profile,
        Strategy strategy,
        long scenarios,
        long invocations,
        long calls,
        long needlessWait,
        Map<Impact, Long> harms,
        Map<Property, SortedMap<String, Cases>> violations,
        Map<Property, Long> breaches,
        Map<ReachabilityGoal, Long> rules) {

    public Tally {
        harms = Collections.unmodifiableMap(harms);
        violations = Collections.unmodifiableMap(violations);
        breaches = Collections.unmodifiableMap(breaches);
        rules = Collections.unmodifiableMap(rules);
    }

    /// Of no scenario.
    public static Tally none(Profile profile, Strategy strategy) {
        return new Tally(
                profile,
                strategy,
                0,
                0,
                0,
                0,
                new EnumMap<>(Impact.class),
                new EnumMap<>(Property.class),
                new EnumMap<>(Property.class),
                new EnumMap<>(ReachabilityGoal.class));
    }

    /// Of one scenario.
    public static Tally of(History history) {
        var evidence = new IndexedHistory(history);
        List<Violation> found = Property.all(evidence);
        Map<Property, SortedMap<String, Cases>> violations = new EnumMap<>(Property.class);
        Set<Property> broken = new HashSet<>();
        for (Violation it : found) {
            violations
                    .computeIfAbsent(it.rule(), _ -> new TreeMap<>())
                    .put(it.kind(), Cases.of(history.seed()));
            if (!AcceptanceLimits.excuses(it)) {
                broken.add(it.rule());
            }
        }
        return new Tally(
                history.profile(),
                history.strategy(),
                1,
                evidence.ours().count(),
                evidence.exchanges().count(),
                NeedlessWait.in(evidence).toMillis(),
                once(Impact.class, Impact.in(evidence, found)),
                violations,
                once(Property.class, broken),
                once(ReachabilityGoal.class, ReachabilityGoal.in(evidence)));
    }

    private static <K extends Enum<K>> Map<K, Long> once(Class<K> type, Set<K> keys) {
        Map<K, Long> map = new EnumMap<>(type);
        keys.forEach(key -> map.put(key, 1L));
        return map;
    }

    /// Both together.
    ///
    /// @param other of the same profile and strategy
    public Tally plus(Tally other) {
        if (profile != other.profile || strategy != other.strategy) {
            throw new IllegalArgumentException("tallies of different cells");
        }
        return new Tally(
                profile,
                strategy,
                scenarios + other.scenarios,
                invocations + other.invocations,
                calls + other.calls,
                needlessWait + other.needlessWait,
                merged(Impact.class, harms, other.harms, Long::sum),
                merged(
                        Property.class,
                        violations,
                        other.violations,
                        (one, two) -> {
                            SortedMap<String, Cases> both = new TreeMap<>(one);
                            two.forEach((kind, cases) -> both.merge(kind, cases, Cases::plus));
                            return both;
                        }),
                merged(Property.class, breaches, other.breaches, Long::sum),
                merged(ReachabilityGoal.class, rules, other.rules, Long::sum));
    }

    private static <K extends Enum<K>, V> Map<K, V> merged(
            Class<K> type, Map<K, V> one, Map<K, V> other, BinaryOperator<V> both) {
        Map<K, V> map = new EnumMap<>(type);
        map.putAll(one);
        other.forEach((key, value) -> map.merge(key, value, both));
        return map;
    }

    /// In how many scenarios `harm` was done.
    public long count(Impact harm) {
        return harms.getOrDefault(harm, 0L);
    }

    /// In how many scenarios `rule` was broken and nothing excuses it.
    public long count(Property rule) {
        return breaches.getOrDefault(rule, 0L);
    }

    /// In how many scenarios `rule` was broken in a case of this kind.
    public long count(Property rule, String kind) {
        Cases cases = violations.getOrDefault(rule, Collections.emptySortedMap()).get(kind);
        return cases == null ? 0 : cases.count();
    }

    /// In how many scenarios `sometimes` was the case.
    public long count(ReachabilityGoal sometimes) {
        return rules.getOrDefault(sometimes, 0L);
    }

    /// How much of the scenarios `count` is, in percent.
    public double percent(long count) {
        return scenarios == 0 ? 0 : 100.0 * count / scenarios;
    }

    public double callsAnInvocation() {
        return invocations == 0 ? 0 : (double) calls / invocations;
    }

    public Duration needlessWaitAnInvocation() {
        return invocations == 0 ? Duration.ZERO : Duration.ofMillis(needlessWait / invocations);
    }
}
