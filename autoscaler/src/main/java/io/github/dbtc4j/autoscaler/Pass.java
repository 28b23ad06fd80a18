package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.state.ReconcilerState;

import java.time.Duration;

/// What one pass of a [Reconciler] came to.
public sealed interface Pass {

    /// There is nothing to do before another observation.
    ///
    /// @param state for the next pass
    /// @param pause until the next pass is due, counted from now
    record Waiting(ReconcilerState state, Duration pause) implements Pass {}

    /// Nothing is left to do.
    record Concluded(Outcome outcome) implements Pass {}
}
