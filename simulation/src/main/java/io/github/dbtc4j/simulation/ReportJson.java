package io.github.dbtc4j.simulation;

import io.github.dbtc4j.client.Json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A [SimulationReport] as data.
public final class ReportJson {

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
        return new Tally(
                Profile.valueOf(text(json.get("profile"))),
                Strategy.labelled(text(json.get("strategy"))),
                number(json.get("scenarios")),
                number(json.get("invocations")),
                number(json.get("api_calls")),
                number(json.get("needless_wait_ms")),
                counts(Harm.class, json.get("harms")),
                violations(map(json.get("violations"))),
                counts(Rule.class, json.get("breaches")),
                counts(Sometimes.class, json.get("sometimes")));
    }

    private static Map<Rule, SortedMap<String, Cases>> violations(Map<?, ?> json) {
        Map<Rule, SortedMap<String, Cases>> violations = new EnumMap<>(Rule.class);
        json.forEach((rule, kinds) -> {
            SortedMap<String, Cases> cases = new TreeMap<>();
            map(kinds)
                    .forEach((kind, it) ->
                            cases.put(
                                    text(kind),
                                    new Cases(
                                            number(map(it).get("count")),
                                            list(map(it).get("seeds")).stream()
                                                    .map(ReportJson::number)
                                                    .toList())));
            violations.put(Rule.valueOf(text(rule)), cases);
        });
        return violations;
    }

    private static <K extends Enum<K>> Map<K, Long> counts(Class<K> type, @Nullable Object json) {
        Map<K, Long> counts = new EnumMap<>(type);
        map(json).forEach((key, count) -> counts.put(Enum.valueOf(type, text(key)), number(count)));
        return counts;
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
