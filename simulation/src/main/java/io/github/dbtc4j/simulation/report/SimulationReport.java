package io.github.dbtc4j.simulation.report;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Impact;
import io.github.dbtc4j.simulation.tally.ReachabilityGoal;
import io.github.dbtc4j.simulation.tally.Tally;
import io.github.dbtc4j.simulation.world.Profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What came of many scenarios under several strategies.
///
/// @param firstSeed each cell plays the scenarios of successive seeds from this one on
/// @param tallies one for each cell, by profile and then by strategy; two of one cell are an
///   [IllegalArgumentException]
public record SimulationReport(long firstSeed, List<Tally> tallies) {

    /// How many scenarios of ours, from seed [#SAMPLE_SEED] on, every build plays.
    public static final int SAMPLE = 20_000;

    /// The sample's first seed.
    public static final long SAMPLE_SEED = 1;

    /// Strategies to compare with play no more scenarios of a profile than this: their figures need
    /// no proof.
    static final long ENOUGH_TO_COMPARE = 5_000;

    /// So many scenarios of a cell are played before the next part is handed over.
    static final long PART = 5_000;

    public SimulationReport {
        tallies = List.copyOf(tallies);
        long cells =
                tallies.stream()
                        .map(tally -> List.of(tally.profile(), tally.strategy()))
                        .distinct()
                        .count();
        if (cells < tallies.size()) {
            throw new IllegalArgumentException("two cells of one profile and strategy");
        }
    }

    /// Of no scenario yet.
    public static SimulationReport none(long firstSeed) {
        return new SimulationReport(firstSeed, List.of());
    }

    /// Plays `scenarios` scenarios, divided evenly among our strategies of `strategies` and the
    /// profiles, and compares the other strategies.
    ///
    /// @param threads how many scenarios are played at a time
    /// @param progress hears of every scenario played, from the threads that play
    /// @throws InterruptedException when the calling thread is interrupted
    public static SimulationReport of(
            long firstSeed,
            long scenarios,
            Set<Profile> profiles,
            Set<Strategy> strategies,
            int threads,
            Consumer<Tally> progress)
            throws InterruptedException {
        return of(firstSeed, scenarios, profiles, strategies, Variation.NONE, threads, progress);
    }

    /// The same, with or without forged claims.
    ///
    /// @param threads how many scenarios are played at a time
    /// @param progress hears of every scenario played, from the threads that play
    /// @throws InterruptedException when the calling thread is interrupted
    public static SimulationReport of(
            long firstSeed,
            long scenarios,
            Set<Profile> profiles,
            Set<Strategy> strategies,
            Variation variation,
            int threads,
            Consumer<Tally> progress)
            throws InterruptedException {
        return none(firstSeed)
                .continued(scenarios, profiles, strategies, variation, threads, progress, _ -> {});
    }

    /// Plays what is missing here of so many scenarios, in parts, each of which may be the last
    /// that there is time for.
    ///
    /// @param threads how many scenarios are played at a time
    /// @param progress hears of every scenario played, from the threads that play
    /// @param parts is handed what there is after each part
    /// @throws InterruptedException when the calling thread is interrupted
    public SimulationReport continued(
            long scenarios,
            Set<Profile> profiles,
            Set<Strategy> strategies,
            Variation variation,
            int threads,
            Consumer<Tally> progress,
            Consumer<SimulationReport> parts)
            throws InterruptedException {
        SimulationReport report = this;
        for (Profile profile : EnumSet.copyOf(profiles)) {
            for (Strategy strategy : EnumSet.copyOf(strategies)) {
                long count = count(scenarios, profiles.size(), strategies, strategy);
                Tally tally = report.tally(profile, strategy);
                while (tally.scenarios() < count) {
                    tally =
                            tally.plus(
                                    play(
                                            profile,
                                            strategy,
                                            firstSeed + tally.scenarios(),
                                            Math.min(PART, count - tally.scenarios()),
                                            variation,
                                            threads,
                                            progress));
                    report = report.with(tally);
                    parts.accept(report);
                }
            }
        }
        return report;
    }

    private Tally tally(Profile profile, Strategy strategy) {
        return tallies.stream()
                .filter(tally -> tally.profile() == profile && tally.strategy() == strategy)
                .findFirst()
                .orElseGet(() -> Tally.none(profile, strategy));
    }

    private SimulationReport with(Tally tally) {
        var all = new ArrayList<>(tallies);
        all.removeIf(
                each -> each.profile() == tally.profile() && each.strategy() == tally.strategy());
        all.add(tally);
        all.sort(Comparator.comparing(Tally::profile).thenComparing(Tally::strategy));
        return new SimulationReport(firstSeed, all);
    }

    /// How many scenarios there are, the other strategies' included.
    public long played() {
        return tallies.stream().mapToLong(Tally::scenarios).sum();
    }

    /// How many scenarios are played altogether.
    public static long total(long scenarios, Set<Profile> profiles, Set<Strategy> strategies) {
        return strategies.stream()
                .mapToLong(strategy ->
                        profiles.size() * count(scenarios, profiles.size(), strategies, strategy))
                .sum();
    }

    private static long count(
            long scenarios, int profiles, Set<Strategy> strategies, Strategy strategy) {
        long ours = strategies.stream().filter(Strategy::isOurs).count();
        long cells = profiles * (ours == 0 ? strategies.size() : ours);
        long cell = (scenarios + cells - 1) / cells;
        return strategy.isOurs() || ours == 0 ? cell : Math.min(cell, ENOUGH_TO_COMPARE);
    }

    private static Tally play(
            Profile profile,
            Strategy strategy,
            long firstSeed,
            long count,
            Variation variation,
            int threads,
            Consumer<Tally> progress)
            throws InterruptedException {
        var sum = new TallySum(Tally.none(profile, strategy));
        ScenarioRunner.explore(
                profile,
                strategy,
                firstSeed,
                count,
                variation,
                threads,
                history -> {
                    Tally tally = Tally.of(history);
                    sum.add(tally);
                    progress.accept(tally);
                });
        return sum.tally();
    }

    private static final class TallySum {
        private Tally tally;

        TallySum(Tally tally) {
            this.tally = tally;
        }

        synchronized void add(Tally other) {
            tally = tally.plus(other);
        }

        synchronized Tally tally() {
            return tally;
        }
    }

    /// Where our strategies are over a limit, in sentences; empty when nowhere.
    public List<String> breaches() {
        return AcceptanceLimits.breaches(tallies);
    }

    /// How many scenarios our strategies played.
    long ofOurs() {
        return tallies.stream()
                .filter(tally -> tally.strategy().isOurs())
                .mapToLong(Tally::scenarios)
                .sum();
    }

    /// The figures for a terminal of 80 columns.
    public String text() {
        return Stream.concat(harms().stream(), Stream.of(rules(), cases(), sometimes()))
                .filter(table -> !table.rows().isEmpty())
                .map(ReportTable::text)
                .collect(Collectors.joining("\n"));
    }

    /// For each profile what users suffer from.
    List<ReportTable> harms() {
        Map<Profile, List<Tally>> byProfile = new EnumMap<>(Profile.class);
        tallies.forEach(tally ->
                byProfile.computeIfAbsent(tally.profile(), _ -> new ArrayList<>()).add(tally));
        return byProfile.entrySet().stream()
                .map(entry -> harms(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ReportTable harms(Profile profile, List<Tally> tallies) {
        var rows = new ArrayList<List<String>>();
        for (Impact harm : Impact.values()) {
            rows.add(row(harm.title(), tallies, tally -> percent(tally, tally.count(harm))));
        }
        rows.add(
                row(
                        "needless seconds in the queue, each",
                        tallies,
                        tally -> decimal(tally.needlessWaitAnInvocation().toMillis() / 1000.0)));
        rows.add(row("API calls, each", tallies, tally -> decimal(tally.callsAnInvocation())));
        rows.add(row("scenarios", tallies, tally -> whole(tally.scenarios())));
        return new ReportTable(
                row(
                        "%s: %% of scenarios with…".formatted(profile.title()),
                        tallies,
                        tally -> tally.strategy().label()),
                rows);
    }

    /// How often our strategies broke each rule.
    ReportTable rules() {
        List<Tally> ours = ours();
        var rows = new ArrayList<List<String>>();
        for (Property rule : ours.isEmpty() ? List.<Property>of() : List.of(Property.values())) {
            List<String> row = new ArrayList<>(List.of(rule + " " + rule.title()));
            for (Strategy strategy : strategies(ours)) {
                row.add(whole(sum(ours, strategy, tally -> tally.count(rule))));
            }
            rows.add(row);
        }
        return new ReportTable(byStrategy("scenarios in which a rule was broken", ours), rows);
    }

    /// How often each rule of the protocol came into play.
    ReportTable sometimes() {
        List<Tally> ours = ours();
        var rows = new ArrayList<List<String>>();
        for (ReachabilityGoal it :
                ours.isEmpty() ? List.<ReachabilityGoal>of() : List.of(ReachabilityGoal.values())) {
            List<String> row = new ArrayList<>(List.of(it.title()));
            for (Strategy strategy : strategies(ours)) {
                row.add(whole(sum(ours, strategy, tally -> tally.count(it))));
            }
            rows.add(row);
        }
        return new ReportTable(byStrategy("scenarios in which…", ours), rows);
    }

    /// Every kind of case in which a rule was broken by us, excused ones too.
    ReportTable cases() {
        var rows = new ArrayList<List<String>>();
        for (Tally tally : ours()) {
            tally.violations()
                    .forEach((rule, kinds) ->
                            kinds.forEach((kind, cases) ->
                                    rows.add(
                                            List.of(
                                                    "%s %s".formatted(rule, kind),
                                                    tally.profile().title(),
                                                    tally.strategy().label(),
                                                    whole(cases.count()),
                                                    percent(tally, cases.count()),
                                                    cases.seeds().stream()
                                                            .limit(3)
                                                            .map(String::valueOf)
                                                            .collect(Collectors.joining(" "))))));
        }
        return new ReportTable(
                List.of("case", "profile", "strategy", "scenarios", "%", "seeds"), rows);
    }

    private List<Tally> ours() {
        return tallies.stream().filter(tally -> tally.strategy().isOurs()).toList();
    }

    private static List<String> byStrategy(String title, List<Tally> tallies) {
        return Stream.concat(Stream.of(title), strategies(tallies).stream().map(Strategy::label))
                .toList();
    }

    private static Set<Strategy> strategies(List<Tally> tallies) {
        Set<Strategy> strategies = EnumSet.noneOf(Strategy.class);
        tallies.forEach(tally -> strategies.add(tally.strategy()));
        return strategies;
    }

    private static long sum(List<Tally> tallies, Strategy strategy, Function<Tally, Long> figure) {
        return tallies.stream()
                .filter(tally -> tally.strategy() == strategy)
                .mapToLong(figure::apply)
                .sum();
    }

    private static List<String> row(
            String label, List<Tally> tallies, Function<Tally, String> figure) {
        return Stream.concat(Stream.of(label), tallies.stream().map(figure)).toList();
    }

    private static String percent(Tally tally, long count) {
        double percent = tally.percent(count);
        return count == 0
                ? "0"
                : String.format(Locale.ROOT, percent < 0.1 ? "%.4f" : "%.1f", percent);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
