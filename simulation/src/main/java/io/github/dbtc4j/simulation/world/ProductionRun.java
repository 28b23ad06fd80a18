package io.github.dbtc4j.simulation.world;

import java.time.Duration;
import java.time.Instant;

/// A run of a production job, which takes a run slot like any other.
///
/// @param job which of production's jobs it is of, from 0; a job runs one run at a time
/// @param at when it is queued
public record ProductionRun(int job, Instant at, Duration prep, Duration execution) {

    /// How long it takes a run slot, without waiting.
    public Duration occupation() {
        return prep.plus(execution);
    }
}
