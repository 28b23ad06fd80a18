package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.simulation.world.ProductionRun;
import io.github.dbtc4j.simulation.world.Push;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// How soon the newest commits' runs could execute under a strategy that knew the future: the waits
/// that no strategy can undercut that keeps the order in which commits are pushed and production's
/// runs are queued.
///
/// A strategy that knows which commits will be superseded never runs those. What remains are the
/// newest commits and production. In a queue for `n` run slots that is served in the order of
/// arrival, every run starts at the earlier of all moments it could: the i-th run can start when it
/// is there, when the one before it has started, and when at most `n - 1` of the runs before it are
/// still going; and the sooner those start, the sooner they have ended. More runs, calls that take
/// time, or a run slot left free for a while only add to each term of this. Nothing else does:
/// every pull request has a lane of its own here, so a run waits for run slots only.
///
/// Another order can make the *mean* smaller, by letting short runs pass long ones. But no strategy
/// knows how long a run will take before it has run, and the lengths are drawn without regard to
/// the order: on average no order is better than another.
///
/// A wait ends when the run executes. Its preparation, which is the platform's and the same for
/// everybody, is part of it, as it is part of what people wait for.
final class LowerBound {

    private LowerBound() {}

    /// A run to be started.
    ///
    /// @param occupation how long it takes a run slot
    record Job(Instant at, Duration occupation) {}

    /// The waits of the newest commits of `morning`, from the push to the moment the run executes.
    static List<Duration> waits(WorkloadTrace morning) {
        List<Push> newest =
                morning.newest().stream().sorted(Comparator.comparing(Push::at)).toList();
        record Arrival(Job job, List<Push> push) {}
        List<Arrival> arrivals =
                Stream.concat(
                                newest.stream()
                                        .map(each ->
                                                new Arrival(
                                                        new Job(each.at(), each.occupation()),
                                                        List.of(each))),
                                morning.production().stream()
                                        .map(run -> new Arrival(job(run), List.of())))
                        .sorted(Comparator.comparing(arrival -> arrival.job().at()))
                        .toList();
        List<Instant> starts =
                starts(arrivals.stream().map(Arrival::job).toList(), morning.runSlots());
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < arrivals.size(); i++) {
            Instant start = starts.get(i);
            arrivals.get(i)
                    .push()
                    .forEach(each ->
                            waits.add(Duration.between(each.at(), start.plus(each.prep()))));
        }
        return waits;
    }

    private static Job job(ProductionRun run) {
        return new Job(run.at(), run.occupation());
    }

    /// The earliest moments at which `jobs` can take a run slot, if they are to do so in this
    /// order.
    static List<Instant> starts(List<Job> jobs, int runSlots) {
        var free = new PriorityQueue<>(Collections.nCopies(runSlots, Instant.MIN));
        var starts = new ArrayList<Instant>();
        Instant start = Instant.MIN;
        for (Job job : jobs) {
            start = Stream.of(start, job.at(), free.remove()).max(Instant::compareTo).orElseThrow();
            starts.add(start);
            free.add(start.plus(job.occupation()));
        }
        return starts;
    }
}
