package io.github.dbtc4j.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/// How long people wait under every [Workload] with every [Contender], how long they would have to
/// at least, and what it costs. Played in virtual time: the same always, to the nanosecond.
///
/// @param rows one for each workload
public record Comparison(List<Row> rows) {

    /// One workload.
    ///
    /// @param bound how long the newest commits would wait if somebody knew the future
    /// @param ideal how long if somebody knew everything but the future
    record Row(
            Workload workload, int days, Waits bound, Waits ideal, Map<Contender, Score> scores) {

        Row {
            scores = Map.copyOf(scores);
        }

        Score score(Contender contender) {
            return scores.getOrDefault(contender, Score.NONE);
        }
    }

    public Comparison {
        rows = List.copyOf(rows);
    }

    /// How many mornings [#of] plays.
    public static int plays(List<Workload> workloads) {
        return Contender.values().length
                * workloads.stream().mapToInt(it -> it.mornings().size()).sum();
    }

    /// Plays `workloads` with every contender.
    ///
    /// @param threads how many mornings are played at a time
    /// @param progress is told of each morning that has been played, by any thread
    /// @throws InterruptedException when the calling thread is interrupted
    public static Comparison of(List<Workload> workloads, int threads, Runnable progress)
            throws InterruptedException {
        List<Play> plays = workloads.stream().flatMap(it -> plays(it, progress).stream()).toList();
        try (var players = Executors.newFixedThreadPool(threads)) {
            try {
                // the longest first, lest the others wait for it in the end
                plays.stream()
                        .sorted(Comparator.comparingInt(Play::pushes).reversed())
                        .forEach(it -> players.execute(it.score()));
                var rows = new ArrayList<Row>();
                for (Workload workload : workloads) {
                    rows.add(row(workload, plays));
                }
                return new Comparison(rows);
            } finally {
                players.shutdownNow();
            }
        }
    }

    private static List<Play> plays(Workload workload, Runnable progress) {
        var plays = new ArrayList<Play>();
        for (Morning morning : workload.mornings()) {
            for (Contender contender : Contender.values()) {
                var score =
                        new FutureTask<>(() -> {
                            Score played = Score.of(contender.play(morning));
                            progress.run();
                            return played;
                        });
                plays.add(new Play(workload, contender, morning.pushes().size(), score));
            }
        }
        return plays;
    }

    private static Row row(Workload workload, List<Play> plays) throws InterruptedException {
        Waits bound = Waits.NONE;
        Waits ideal = Waits.NONE;
        for (Morning morning : workload.mornings()) {
            bound = bound.plus(new Waits(LowerBound.waits(morning)));
            ideal = ideal.plus(new Waits(Ideal.waits(morning)));
        }
        Map<Contender, Score> scores = new EnumMap<>(Contender.class);
        for (Play play : plays) {
            if (play.workload().equals(workload)) {
                scores.merge(play.contender(), result(play.score()), Score::plus);
            }
        }
        return new Row(workload, workload.mornings().size(), bound, ideal, scores);
    }

    private static Score result(FutureTask<Score> score) throws InterruptedException {
        try {
            return score.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// One morning with one contender.
    private record Play(
            Workload workload, Contender contender, int pushes, FutureTask<Score> score) {}
}
