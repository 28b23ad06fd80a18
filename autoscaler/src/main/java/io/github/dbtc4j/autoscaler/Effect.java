package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.planner.state.Snapshot;

import java.time.Duration;

/// What a step came to.
sealed interface Effect {

    /// What was done is known: `seen` is the last snapshot, amended.
    record Known(Snapshot seen) implements Effect {}

    /// The platform has to be observed again, `pause` from now; at once for zero.
    record Observe(Duration pause) implements Effect {

        static final Observe NOW = new Observe(Duration.ZERO);
    }
}
