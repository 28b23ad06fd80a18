package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.simulation.world.Push;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// What no strategy could do better, even one that knows the future: a lower bound, found without
/// any API.
///
/// Only the newest commit of each pull request is run, once, as soon as it is pushed and there is
/// room; older commits, other repositories and production take no room at all; a pipeline starts
/// and calls in no time. A run's preparation is part of it: it waits for its run slot and is then
/// prepared, and both count as waiting.
///
/// Which order is best when there is not room for all is a hard problem, so the rules are relaxed
/// where it gets hard: runs may be interrupted, and all `n` run slots together may work on a single
/// run, `n` times as fast. Then the run with the least left to do goes first, and no schedule that
/// keeps the rules has a smaller sum of ends. Nor has one a smaller sum than if each run began when
/// pushed. The greater of the two is the bound, and while run slots suffice it can be reached. It
/// is rounded down, to the nanosecond.
///
/// @param lastVerdict from the first push of the morning to the last verdict
/// @param meanWait from a push to the moment its run executes
public record ClairvoyantBound(Duration lastVerdict, Duration meanWait) {

    /// For all pull requests of `morning`.
    public static ClairvoyantBound of(WorkloadTrace morning) {
        return of(morning, morning.newest());
    }

    /// For those of `newest` only, which is what to compare a strategy with that leaves other pull
    /// requests without a verdict.
    static ClairvoyantBound of(WorkloadTrace morning, Collection<Push> newest) {
        if (newest.isEmpty()) {
            return new ClairvoyantBound(Duration.ZERO, Duration.ZERO);
        }
        Instant first = morning.ours().getFirst().at();
        List<Push> pushes = newest.stream().sorted(Comparator.comparing(Push::at)).toList();
        long lastAlone = 0;
        long waitAlone = 0;
        long pushed = 0;
        long execution = 0;
        for (Push push : pushes) {
            long at = nanos(Duration.between(first, push.at()));
            lastAlone = Math.max(lastAlone, at + nanos(push.occupation()));
            waitAlone += nanos(push.prep());
            pushed += at;
            execution += nanos(push.execution());
        }
        Shared shared = Shared.of(pushes, first, morning.runSlots());
        long wait = Math.max(waitAlone, shared.sumOfEnds - execution - pushed);
        return new ClairvoyantBound(
                Duration.ofNanos(Math.max(lastAlone, shared.lastEnd)),
                Duration.ofNanos(wait / pushes.size()));
    }

    /// All run slots work as one: of what was pushed, the run with the least left goes first.
    private record Shared(long sumOfEnds, long lastEnd) {

        static Shared of(List<Push> pushes, Instant first, int runSlots) {
            var coming = new ArrayDeque<Push>(pushes);
            var left = new PriorityQueue<Long>();
            long now = 0;
            long sum = 0;
            while (!coming.isEmpty() || !left.isEmpty()) {
                long next =
                        coming.isEmpty()
                                ? Long.MAX_VALUE
                                : nanos(Duration.between(first, coming.getFirst().at()));
                Long work = left.poll();
                if (work != null && now + work <= next) {
                    now += work;
                    sum += now;
                    continue;
                }
                if (work != null) {
                    left.add(work - (next - now));
                }
                now = next;
                left.add(nanos(coming.removeFirst().occupation()) / Math.max(1, runSlots));
            }
            return new Shared(sum, now);
        }
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }
}
