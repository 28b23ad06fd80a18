package io.github.dbtc4j.simulation.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How long people wait under every [Workload] with every [Contender], how long they would have to
/// at least, and what it costs. Played in virtual time: the same always, to the nanosecond.
///
/// @param rows one for each workload
public record Comparison(List<Row> rows) {

    /// One workload.
    ///
    /// @param bound how long the newest commits would wait under a strategy that knew the future
    /// @param ideal how long under one that knew everything but the future
    public record Row(
            Workload workload, int days, Waits bound, Waits ideal, Map<Contender, Score> scores) {

        public Row {
            scores = Map.copyOf(scores);
        }

        public Score score(Contender contender) {
            return scores.getOrDefault(contender, Score.NONE);
        }
    }

    public Comparison {
        rows = List.copyOf(rows);
    }

    /// How many mornings [#of] plays.
    public static int plays(List<Workload> workloads) {
        return Contender.values().length
                * workloads.stream().mapToInt(workload -> workload.mornings().size()).sum();
    }

    /// Plays `workloads` with every contender.
    ///
    /// @param threads how many mornings are played at a time
    /// @param progress hears of each morning that has been played, from any thread
    /// @throws InterruptedException when the calling thread is interrupted
    public static Comparison of(List<Workload> workloads, int threads, Runnable progress)
            throws InterruptedException {
        // the longest first, so that the others do not wait for it in the end
        List<Play> plays =
                workloads.stream()
                        .flatMap(workload -> plays(workload).stream())
                        .sorted(
                                Comparator.comparingInt((Play each) -> each.morning.pushes().size())
                                        .reversed())
                        .toList();
        Map<Workload, Map<Contender, Score>> scores = new HashMap<>();
        try (var players = Executors.newFixedThreadPool(threads)) {
            List<Future<Score>> played =
                    players.invokeAll(plays.stream().map(each -> each.told(progress)).toList());
            for (int i = 0; i < plays.size(); i++) {
                Play play = plays.get(i);
                scores.computeIfAbsent(play.workload, _ -> new EnumMap<>(Contender.class))
                        .merge(play.contender, result(played.get(i)), Score::plus);
            }
        }
        return new Comparison(
                workloads.stream()
                        .map(workload -> row(workload, scores.getOrDefault(workload, Map.of())))
                        .toList());
    }

    private static List<Play> plays(Workload workload) {
        var plays = new ArrayList<Play>();
        for (WorkloadTrace morning : workload.mornings()) {
            for (Contender contender : Contender.values()) {
                plays.add(new Play(workload, morning, contender));
            }
        }
        return plays;
    }

    private static Row row(Workload workload, Map<Contender, Score> scores) {
        Waits bound = Waits.NONE;
        Waits ideal = Waits.NONE;
        for (WorkloadTrace morning : workload.mornings()) {
            bound = bound.plus(new Waits(LowerBound.waits(morning)));
            ideal = ideal.plus(new Waits(Ideal.waits(morning)));
        }
        return new Row(workload, workload.mornings().size(), bound, ideal, scores);
    }

    private static Score result(Future<Score> score) throws InterruptedException {
        try {
            return score.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private record Play(Workload workload, WorkloadTrace morning, Contender contender) {

        Callable<Score> told(Runnable progress) {
            return () -> {
                Score score = Score.of(contender.play(morning));
                progress.run();
                return score;
            };
        }
    }
}
