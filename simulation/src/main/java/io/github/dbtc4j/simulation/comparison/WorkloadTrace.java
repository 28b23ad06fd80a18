package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.simulation.world.ProductionRun;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What happens around the CI job in a morning under any strategy: who pushes what and when, how
/// each commit's run will go, and when production takes run slots.
///
/// @param seed what it was drawn from
/// @param start when it begins
/// @param runSlots the account's run slots
/// @param pushes oldest first
/// @param production oldest first
/// @param before how long the runs of the CI job took that it had the day before, oldest first
public record WorkloadTrace(
        long seed,
        Instant start,
        int runSlots,
        List<Push> pushes,
        List<ProductionRun> production,
        List<Duration> before) {

    /// A Monday, nine o'clock.
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    /// A pull request comes every so many seconds on average.
    private static final int PACE = 270;

    public WorkloadTrace {
        pushes = List.copyOf(pushes);
        production = List.copyOf(production);
        before = List.copyOf(before);
    }

    /// One before which the CI job has never run.
    WorkloadTrace(
            long seed,
            Instant start,
            int runSlots,
            List<Push> pushes,
            List<ProductionRun> production) {
        this(seed, start, runSlots, pushes, production, List.of());
    }

    /// The morning of `seed` with five run slots, as a Starter account has, and eight to twelve
    /// pull requests.
    public static WorkloadTrace of(long seed) {
        return of(seed, 5, 8 + (int) Long.remainderUnsigned(seed, 5));
    }

    /// The morning of `seed`: a third of the pull requests come in one burst, half of them get
    /// further commits while the run is going; there are one or two production runs; and another
    /// repository with two pull requests, whose numbers may happen to be the same as ours.
    public static WorkloadTrace of(long seed, int runSlots, int pullRequests) {
        var chance = new SplittableRandom(seed);
        int length = pullRequests * PACE;
        int first = chance.nextInt(200, 400);
        long burst = chance.nextInt(length / 4, length * 3 / 4);
        var pushes = new ArrayList<Push>();
        List<Long> opened =
                IntStream.range(0, pullRequests)
                        .mapToObj(i ->
                                i % 3 == 0
                                        ? burst + chance.nextInt(0, 90)
                                        : i == 1 ? 0L : chance.nextLong(0, length))
                        .sorted()
                        .toList();
        for (int i = 0; i < pullRequests; i++) {
            long at = opened.get(i);
            int commits = 1 + (chance.nextInt(2) == 0 ? chance.nextInt(1, 3) : 0);
            for (int commit = 1; commit <= commits; commit++) {
                pushes.add(push(chance, Repository.OURS, first + i, commit, at));
                at += chance.nextInt(60, 420);
            }
        }
        for (int i = 0; i < 2; i++) {
            int number = first + chance.nextInt(0, 2 * pullRequests);
            long at = burst + chance.nextInt(-300, 300);
            if (pushes.stream().noneMatch(push -> isTheirs(push, number))) {
                pushes.add(push(chance, Repository.THEIRS, number, 1, at));
            }
        }
        var production = new ArrayList<ProductionRun>();
        int productionRuns = chance.nextInt(1, 3);
        for (int i = 0; i < productionRuns; i++) {
            production.add(
                    new ProductionRun(
                            0,
                            NINE.plusSeconds(burst + chance.nextInt(-240, 240)),
                            seconds(chance, 8, 30),
                            seconds(chance, 360, 900)));
        }
        pushes.sort(Comparator.comparing(Push::at));
        production.sort(Comparator.comparing(ProductionRun::at));
        return new WorkloadTrace(seed, NINE, runSlots, pushes, production);
    }

    /// The push that a run with this commit was triggered for.
    public Optional<Push> push(String sha) {
        return pushes.stream().filter(push -> push.sha().equals(sha)).findFirst();
    }

    /// The pushes to our own repository.
    public List<Push> ours() {
        return pushes.stream().filter(push -> push.repository() == Repository.OURS).toList();
    }

    /// The newest commit of each of our own pull requests, by number.
    public Collection<Push> newest() {
        Map<Integer, Push> newest =
                ours().stream()
                        .collect(
                                Collectors.toMap(
                                        Push::pullRequest,
                                        push -> push,
                                        (one, other) -> one.commit() > other.commit() ? one : other,
                                        TreeMap::new));
        return newest.values();
    }

    /// When a newer commit of the same pull request was pushed; empty for the newest.
    public Optional<Instant> staleSince(Push push) {
        return pushes.stream()
                .filter(each -> each.isSamePullRequestAs(push) && each.commit() > push.commit())
                .map(Push::at)
                .min(Comparator.naturalOrder());
    }

    private static boolean isTheirs(Push push, int number) {
        return push.repository() == Repository.THEIRS && push.pullRequest() == number;
    }

    private static Push push(
            SplittableRandom chance, Repository repository, int number, int commit, long at) {
        boolean slow = chance.nextInt(10) == 0;
        return new Push(
                repository,
                number,
                commit,
                sha(chance),
                NINE.plusSeconds(at),
                seconds(chance, 8, 30),
                slow ? seconds(chance, 540, 900) : seconds(chance, 120, 540),
                seconds(chance, 1, 15),
                chance.nextInt(12) == 0);
    }

    /// A commit's, forty digits.
    static String sha(SplittableRandom chance) {
        return HexFormat.of().toHexDigits(chance.nextLong())
                + HexFormat.of().toHexDigits(chance.nextLong())
                + HexFormat.of().toHexDigits(chance.nextInt());
    }

    static Duration seconds(SplittableRandom chance, int least, int most) {
        return Duration.ofSeconds(chance.nextInt(least, most + 1));
    }
}
