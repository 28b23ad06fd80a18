package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.world.Push;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How well a [Contender] served the newest commits in one or several mornings.
///
/// @param pullRequests how many there were
/// @param waits from the push to the moment the run that gave the verdict executes, of each pull
///   request that got its verdict
/// @param untilVerdict from the push to the end of its pipeline, which is when people see it
/// @param verdictDelays from the end of the run to the end of the pipeline
/// @param wasted run slot time taken by runs of a commit after a newer one had been pushed
/// @param apiCalls requests to the platform, of the pipelines of older commits too
/// @param clonesMade jobs created
/// @param twoAtOnce pull requests of which two runs executed at once, into the same schema
/// @param production from the moment each production run is queued to the one it executes
public record Score(
        int pullRequests,
        Waits waits,
        Waits untilVerdict,
        Waits verdictDelays,
        Duration wasted,
        int apiCalls,
        int clonesMade,
        int twoAtOnce,
        Waits production) {

    static final Score NONE =
            new Score(0, Waits.NONE, Waits.NONE, Waits.NONE, Duration.ZERO, 0, 0, 0, Waits.NONE);

    static Score of(Recording recording) {
        Figures figures = Figures.of(recording);
        Map<Push, Instant> ends = new HashMap<>();
        for (Entry entry : recording.entries()) {
            if (entry instanceof Entry.Ended(Instant at, Push by, String how)) {
                ends.put(by, at);
            }
        }
        List<Duration> waits = new ArrayList<>();
        List<Duration> untilVerdict = new ArrayList<>();
        List<Duration> delays = new ArrayList<>();
        Figures.verdicts(recording)
                .forEach((push, run) -> {
                    waits.add(Duration.between(push.at(), started(run)));
                    Instant end = ends.get(push);
                    if (end != null) {
                        untilVerdict.add(Duration.between(push.at(), end));
                        delays.add(Duration.between(finished(run), end));
                    }
                });
        return new Score(
                figures.pullRequests(),
                new Waits(waits),
                new Waits(untilVerdict),
                new Waits(delays),
                figures.wasted(),
                figures.apiCalls(),
                figures.clonesMade(),
                figures.twoAtOnce(),
                Figures.productionWaits(recording));
    }

    private static Instant started(RunView run) {
        return Objects.requireNonNull(run.startedAt());
    }

    private static Instant finished(RunView run) {
        return Objects.requireNonNull(run.finishedAt());
    }

    Score plus(Score other) {
        return new Score(
                pullRequests + other.pullRequests,
                waits.plus(other.waits),
                untilVerdict.plus(other.untilVerdict),
                verdictDelays.plus(other.verdictDelays),
                wasted.plus(other.wasted),
                apiCalls + other.apiCalls,
                clonesMade + other.clonesMade,
                twoAtOnce + other.twoAtOnce,
                production.plus(other.production));
    }

    /// How many pull requests never got their verdict.
    public int unanswered() {
        return pullRequests - waits.all().size();
    }

    public double callsPerVerdict() {
        return apiCalls / (double) Math.max(1, waits.all().size());
    }
}
