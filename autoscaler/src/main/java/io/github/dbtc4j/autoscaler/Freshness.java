package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Snapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Whether what was observed is still good enough for a step.
final class Freshness {

    /// No write rests on an older observation: the process may have been paused.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /// Where every observation takes so long that it is old when it is there, acting on the last of
    /// so many is better than never acting.
    private static final int MAX_IN_VAIN = 3;

    private final InstantSource clock;
    private final CiRequest request;
    private Instant observedAt;
    private Coverage coverage = Coverage.FULL;
    private int inVain;

    Freshness(InstantSource clock, CiRequest request) {
        this.clock = clock;
        this.request = request;
        this.observedAt = clock.instant();
    }

    /// An observation of `coverage` begins.
    ///
    /// @return when
    Instant observing(Coverage coverage) {
        this.coverage = coverage;
        observedAt = clock.instant();
        return observedAt;
    }

    boolean isStale() {
        return observedAt.plus(LIMIT).isBefore(clock.instant());
    }

    /// Whether a step needs another observation first: it chooses a lane, and not all lanes were
    /// observed.
    boolean lacksCoverage(Step step) {
        return triggers(step) && coverage != Coverage.FULL;
    }

    /// Whether a step needs another observation first: it is right only while what was seen still
    /// holds, and that is long ago.
    boolean isTooOldFor(Step step, Snapshot seen) {
        if (restsOn(seen, step) && isStale() && ++inVain <= MAX_IN_VAIN) {
            return true;
        }
        inVain = 0;
        return false;
    }

    /// Whether a step is right only while `seen` still holds. A run of another commit that has to
    /// end has to end in any case.
    private boolean restsOn(Snapshot seen, Step step) {
        return step instanceof Step.Cancel(RunId run)
                ? run.equals(seen.state().run())
                        || seen.runs().stream()
                                .anyMatch(each ->
                                        each.id().equals(run) && request.isForCommitOf(each))
                : step.writes();
    }

    /// Whether a run is to come of it.
    static boolean triggers(Step step) {
        return step.writes() && !(step instanceof Step.Cancel);
    }
}
