package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.simulation.world.Push;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How soon the newest commits' runs would execute with a scheduler that sees everything at once,
/// calls in no time, and has a lane for every pull request, but does not know the future.
///
/// It starts each commit's run in the order of arrival as soon as there is a run slot that no run
/// of production waits for, since that is what cloning "if run slots are left" is for, and drops it
/// the moment a newer commit is pushed. A run under way takes some seconds to end then, and until
/// it has, the newer one must not execute: they write into one schema. That, and the run slots
/// which commits held until they turned out to be stale, is what no strategy gets around that does
/// not know the future ([LowerBound] does).
final class Ideal {

    private static final Comparator<Arrival> PRODUCTION_FIRST =
            Comparator.comparing(arrival -> arrival.push().isPresent());

    private final WorkloadTrace morning;
    private final LinkedHashSet<Arrival> waiting = new LinkedHashSet<>();
    private final Map<Arrival, Instant> underWay = new HashMap<>();
    private final Map<Push, Duration> waits = new HashMap<>();

    /// @param push null for a run of production
    private record Arrival(Instant at, Duration occupation, Optional<Push> push) {

        boolean isSupersededBy(Arrival newer) {
            return push.isPresent()
                    && newer.push.filter(push.get()::isSamePullRequestAs).isPresent();
        }
    }

    private Ideal(WorkloadTrace morning) {
        this.morning = morning;
    }

    /// The waits of the newest commits of `morning`, from the push to the moment the run executes.
    static List<Duration> waits(WorkloadTrace morning) {
        var ideal = new Ideal(morning);
        ideal.pass();
        return morning.newest().stream().map(ideal.waits::get).toList();
    }

    private void pass() {
        List<Arrival> coming = new ArrayList<>(arrivals());
        while (!coming.isEmpty() || !waiting.isEmpty()) {
            Instant now =
                    Stream.concat(
                                    coming.stream().limit(1).map(Arrival::at),
                                    underWay.values().stream())
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
            underWay.values().removeIf(end -> !end.isAfter(now));
            while (!coming.isEmpty() && !coming.getFirst().at().isAfter(now)) {
                arrive(coming.removeFirst());
            }
            startWhatMay(now);
        }
    }

    private List<Arrival> arrivals() {
        return Stream.concat(
                        morning.ours().stream()
                                .map(push ->
                                        new Arrival(
                                                push.at(), push.occupation(), Optional.of(push))),
                        morning.production().stream()
                                .map(run ->
                                        new Arrival(run.at(), run.occupation(), Optional.empty())))
                .sorted(Comparator.comparing(Arrival::at))
                .toList();
    }

    private void arrive(Arrival newer) {
        waiting.removeIf(older -> older.isSupersededBy(newer));
        underWay.replaceAll((older, end) -> {
            if (!older.isSupersededBy(newer)) {
                return end;
            }
            Instant cancelled = newer.at().plus(older.push().orElseThrow().cancel());
            return cancelled.isBefore(end) ? cancelled : end;
        });
        waiting.add(newer);
    }

    private void startWhatMay(Instant now) {
        for (Arrival next : waiting.stream().sorted(PRODUCTION_FIRST).toList()) {
            boolean isBlocked =
                    underWay.keySet().stream().anyMatch(arrival -> arrival.isSupersededBy(next));
            if (underWay.size() < morning.runSlots() && !isBlocked) {
                waiting.remove(next);
                underWay.put(next, now.plus(next.occupation()));
                next.push()
                        .ifPresent(push ->
                                waits.put(
                                        push, Duration.between(push.at(), now.plus(push.prep()))));
            }
        }
    }
}
