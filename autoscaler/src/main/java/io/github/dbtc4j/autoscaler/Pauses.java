package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.planner.Lost;

import java.time.Duration;
import java.time.Instant;

/// How long to wait between two looks.
final class Pauses {

    /// While runs are being cancelled, which takes 1–15 s.
    static final Duration BRIEFLY = Duration.ofSeconds(3);

    /// An effect that has not come so long after its answer was lost may be long in coming.
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Surroundings surroundings;
    private final Duration pollInterval;

    Pauses(Surroundings surroundings, Duration pollInterval) {
        this.surroundings = surroundings;
        this.pollInterval = pollInterval;
    }

    /// Give or take 20 %, so that pipelines that began together do not ask together.
    Duration poll() {
        double factor = 0.8 + 0.4 * (surroundings.random() >>> 11) * 0x1.0p-53;
        return Duration.ofNanos((long) (pollInterval.toNanos() * factor));
    }

    Duration whileReadingBack(Lost lost, Instant now) {
        return now.isBefore(lost.since().plus(SOON)) ? BRIEFLY : poll();
    }
}
