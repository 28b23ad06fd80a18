package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.simulation.world.ProductionRun;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What strategies are compared under: a kind of day, how many run slots there are, and how many
/// pull requests.
///
/// One day of few pull requests says little, so there are as many days as make thirty of them, each
/// of a seed of its own. A CI run takes what it takes in a [WorkloadTrace], 2–9 minutes and one in
/// ten up to 15, unless its kind says otherwise.
///
/// @param pullRequests of one day
public record Workload(Kind kind, int runSlots, int pullRequests) {

    private static final int ENOUGH = 30;
    private static final int RUNS_BEFORE = 20;

    /// All that are compared.
    public static final List<Workload> ALL =
            List.of(
                    new Workload(Kind.QUIET_DAY, 1, 5),
                    new Workload(Kind.QUIET_DAY, 5, 12),
                    new Workload(Kind.MORNING_RUSH, 1, 5),
                    new Workload(Kind.MORNING_RUSH, 2, 10),
                    new Workload(Kind.MORNING_RUSH, 5, 25),
                    new Workload(Kind.MORNING_RUSH, 20, 100),
                    new Workload(Kind.MONOREPO_STORM, 2, 12),
                    new Workload(Kind.MONOREPO_STORM, 5, 30),
                    new Workload(Kind.MONOREPO_STORM, 20, 50),
                    new Workload(Kind.SHRUNK_SLOTS, 5, 15),
                    new Workload(Kind.SHRUNK_SLOTS, 20, 40),
                    new Workload(Kind.MANY_COMMITS, 2, 5),
                    new Workload(Kind.MANY_COMMITS, 5, 10),
                    new Workload(Kind.LONG_TAIL, 5, 15),
                    new Workload(Kind.LONG_TAIL, 20, 60),
                    new Workload(Kind.BIG_TEAM, 20, 500));

    /// What a day is like.
    public enum Kind {
        /// A pull request now and then for eight hours.
        QUIET_DAY("quiet day", 480),

        /// Five pull requests for each run slot within an hour.
        MORNING_RUSH("morning rush", 60),

        /// A change to what all use: every pull request gets a commit within three minutes.
        MONOREPO_STORM("monorepo storm", 3),

        /// Two hours, in the first of which production holds all run slots but one, or but a
        /// quarter of them.
        SHRUNK_SLOTS("shrunk slots", 120),

        /// Two hours in which every fifth pull request gets twenty commits, two minutes apart on
        /// average.
        MANY_COMMITS("many commits", 120),

        /// Two hours; half of the runs take 2–6 minutes, one in ten 30–90.
        LONG_TAIL("long tail", 120),

        /// Nine hours of work.
        BIG_TEAM("big team", 540);

        private final String title;
        private final Duration length;

        Kind(String title, int minutes) {
            this.title = title;
            this.length = Duration.ofMinutes(minutes);
        }

        /// What it is called in data, such as `quiet-day`.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What it is called in tables, such as `morning rush, 25 PRs, 5 slots`.
    public String title() {
        return "%s, %d PRs, %d %s"
                .formatted(kind.title, pullRequests, runSlots, runSlots == 1 ? "slot" : "slots");
    }

    /// Whether playing it takes too long for every build.
    boolean isLarge() {
        return pullRequests > 100;
    }

    /// Its days, always the same.
    public List<WorkloadTrace> mornings() {
        int days = Math.ceilDiv(ENOUGH, pullRequests);
        return IntStream.rangeClosed(1, days).mapToObj(this::morning).toList();
    }

    private WorkloadTrace morning(int seed) {
        var chance = new SplittableRandom(seed);
        var pushes = new ArrayList<Push>();
        for (int i = 0; i < pullRequests; i++) {
            long at = chance.nextLong(0, kind.length.toSeconds());
            int commits = commits(chance, i);
            for (int commit = 1; commit <= commits; commit++) {
                pushes.add(push(chance, 200 + i, commit, at));
                at += apart(chance);
            }
        }
        pushes.sort(Comparator.comparing(Push::at));
        return new WorkloadTrace(
                seed, WorkloadTrace.NINE, runSlots, pushes, production(chance), before(chance));
    }

    private List<Duration> before(SplittableRandom chance) {
        return Stream.generate(() -> execution(chance)).limit(RUNS_BEFORE).toList();
    }

    /// Half of the pull requests get one or two more commits, a storm's none.
    private int commits(SplittableRandom chance, int pullRequest) {
        return switch (kind) {
            case MONOREPO_STORM -> 1;
            case MANY_COMMITS -> pullRequest % 5 == 0 ? 20 : 1;
            case QUIET_DAY, MORNING_RUSH, SHRUNK_SLOTS, LONG_TAIL, BIG_TEAM ->
                    1 + (chance.nextBoolean() ? chance.nextInt(1, 3) : 0);
        };
    }

    private long apart(SplittableRandom chance) {
        return switch (kind) {
            case MANY_COMMITS -> chance.nextLong(30, 210);
            case QUIET_DAY, MORNING_RUSH, MONOREPO_STORM, SHRUNK_SLOTS, LONG_TAIL, BIG_TEAM ->
                    chance.nextLong(60, 420);
        };
    }

    private Push push(SplittableRandom chance, int number, int commit, long at) {
        return new Push(
                Repository.OURS,
                number,
                commit,
                WorkloadTrace.sha(chance),
                WorkloadTrace.NINE.plusSeconds(at).plusMillis(chance.nextInt(1000)),
                WorkloadTrace.seconds(chance, 8, 30),
                execution(chance),
                WorkloadTrace.seconds(chance, 1, 15),
                chance.nextInt(12) == 0);
    }

    private Duration execution(SplittableRandom chance) {
        int tenth = chance.nextInt(10);
        return switch (kind) {
            case LONG_TAIL ->
                    tenth == 0
                            ? WorkloadTrace.seconds(chance, 1800, 5400)
                            : tenth < 5
                                    ? WorkloadTrace.seconds(chance, 360, 1200)
                                    : WorkloadTrace.seconds(chance, 120, 360);
            case QUIET_DAY, MORNING_RUSH, MONOREPO_STORM, SHRUNK_SLOTS, MANY_COMMITS, BIG_TEAM ->
                    tenth == 0
                            ? WorkloadTrace.seconds(chance, 540, 900)
                            : WorkloadTrace.seconds(chance, 120, 540);
        };
    }

    /// Where production takes run slots, each of them is taken by one job after the other for an
    /// hour; elsewhere there is one run an hour. Each run is of a job of its own, so that it never
    /// waits for itself.
    private List<ProductionRun> production(SplittableRandom chance) {
        var runs = new ArrayList<ProductionRun>();
        boolean shrinks = kind == Kind.SHRUNK_SLOTS;
        int lanes = shrinks ? runSlots - Math.max(1, runSlots / 4) : 1;
        Duration until = shrinks ? Duration.ofHours(1) : kind.length;
        for (int lane = 0; lane < lanes; lane++) {
            Duration at = WorkloadTrace.seconds(chance, 0, 600);
            while (at.compareTo(until) < 0) {
                Duration prep = WorkloadTrace.seconds(chance, 8, 30);
                Duration execution = WorkloadTrace.seconds(chance, 360, 900);
                var run =
                        new ProductionRun(
                                runs.size(), WorkloadTrace.NINE.plus(at), prep, execution);
                runs.add(run);
                at = at.plus(shrinks ? run.occupation() : Duration.ofHours(1));
            }
        }
        return runs;
    }
}
