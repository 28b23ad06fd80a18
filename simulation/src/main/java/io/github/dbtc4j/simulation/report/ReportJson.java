package io.github.dbtc4j.simulation.report;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.Cases;
import io.github.dbtc4j.simulation.tally.Impact;
import io.github.dbtc4j.simulation.tally.ReachabilityGoal;
import io.github.dbtc4j.simulation.tally.Tally;
import io.github.dbtc4j.simulation.world.Profile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A [SimulationReport] as data.
public final class ReportJson {

    /// More than a cell can have of anything, and so little that the cells' sum is no overflow.
    private static final long MOST = 100_000_000_000_000_000L;

    /// The kind of a case is printed as it is: nothing that steers a terminal, nor a long text.
    private static final Pattern KIND = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,60}");

    private ReportJson() {}

    /// One line for each cell.
    public static String write(SimulationReport report) {
        var lines = new ArrayList<String>();
        for (Tally tally : report.tallies()) {
            lines.add(Json.write(cell(tally)));
        }
        return "{\"first_seed\":%d,\"cells\":[\n%s\n]}"
                .formatted(report.firstSeed(), String.join(",\n", lines));
    }

    private static Map<String, @Nullable Object> cell(Tally tally) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("profile", tally.profile().name());
        json.put("strategy", tally.strategy().label());
        json.put("scenarios", tally.scenarios());
        json.put("invocations", tally.invocations());
        json.put("api_calls", tally.calls());
        json.put("needless_wait_ms", tally.needlessWait());
        json.put("harms", counts(tally.harms()));
        json.put("breaches", counts(tally.breaches()));
        var violations = new LinkedHashMap<String, @Nullable Object>();
        tally.violations()
                .forEach((rule, kinds) -> {
                    var cases = new LinkedHashMap<String, @Nullable Object>();
                    kinds.forEach((kind, it) -> cases.put(kind, cases(it)));
                    violations.put(rule.name(), cases);
                });
        json.put("violations", violations);
        json.put("sometimes", counts(tally.rules()));
        return json;
    }

    private static Map<String, @Nullable Object> cases(Cases cases) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("count", cases.count());
        json.put("seeds", cases.seeds());
        return json;
    }

    private static Map<String, @Nullable Object> counts(Map<? extends Enum<?>, Long> counts) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        counts.forEach((key, count) -> json.put(key.name(), count));
        return json;
    }

    /// Reads what [#write] writes.
    ///
    /// @throws IllegalArgumentException for anything else
    public static SimulationReport read(String text) {
        Map<String, @Nullable Object> json = Json.readObject(text);
        return new SimulationReport(
                number(json.get("first_seed")),
                list(json.get("cells")).stream().map(ReportJson::tally).toList());
    }

    private static Tally tally(@Nullable Object cell) {
        Map<?, ?> json = map(cell);
        long scenarios = count(json.get("scenarios"), Integer.MAX_VALUE);
        return new Tally(
                Profile.valueOf(text(json.get("profile"))),
                Strategy.labelled(text(json.get("strategy"))),
                scenarios,
                count(json.get("invocations"), MOST),
                count(json.get("api_calls"), MOST),
                count(json.get("needless_wait_ms"), MOST),
                counts(Impact.class, json.get("harms"), scenarios),
                violations(map(json.get("violations")), scenarios),
                counts(Property.class, json.get("breaches"), scenarios),
                counts(ReachabilityGoal.class, json.get("sometimes"), scenarios));
    }

    private static Map<Property, SortedMap<String, Cases>> violations(
            Map<?, ?> json, long scenarios) {
        Map<Property, SortedMap<String, Cases>> violations = new EnumMap<>(Property.class);
        json.forEach((rule, kinds) -> {
            SortedMap<String, Cases> cases = new TreeMap<>();
            map(kinds).forEach((kind, it) -> cases.put(kind(kind), cases(map(it), scenarios)));
            violations.put(Property.valueOf(text(rule)), cases);
        });
        return violations;
    }

    private static String kind(@Nullable Object json) {
        String kind = text(json);
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("not a simulation report: a kind of case");
        }
        return kind;
    }

    private static Cases cases(Map<?, ?> json, long scenarios) {
        List<Long> seeds = list(json.get("seeds")).stream().map(ReportJson::number).toList();
        long count = count(json.get("count"), scenarios);
        if (seeds.size() > Math.min(count, Cases.FEW)) {
            throw new IllegalArgumentException("not a simulation report: more seeds than cases");
        }
        return new Cases(count, seeds);
    }

    private static <K extends Enum<K>> Map<K, Long> counts(
            Class<K> type, @Nullable Object json, long scenarios) {
        Map<K, Long> counts = new EnumMap<>(type);
        map(json)
                .forEach((key, count) ->
                        counts.put(Enum.valueOf(type, text(key)), count(count, scenarios)));
        return counts;
    }

    private static long count(@Nullable Object json, long most) {
        long count = number(json);
        if (count < 0 || count > most) {
            throw new IllegalArgumentException("not a simulation report: a count of " + count);
        }
        return count;
    }

    private static Map<?, ?> map(@Nullable Object json) {
        return of(Map.class, json);
    }

    private static List<?> list(@Nullable Object json) {
        return of(List.class, json);
    }

    private static long number(@Nullable Object json) {
        return of(Long.class, json);
    }

    private static String text(@Nullable Object json) {
        return of(String.class, json);
    }

    private static <T> T of(Class<T> type, @Nullable Object json) {
        if (!type.isInstance(json)) {
            throw new IllegalArgumentException("not a simulation report: " + json);
        }
        return type.cast(json);
    }
}
