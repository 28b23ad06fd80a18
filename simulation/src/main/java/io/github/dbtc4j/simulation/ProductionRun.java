package io.github.dbtc4j.simulation;

import java.time.Duration;
import java.time.Instant;

/// A run of a production job, which takes a run slot like any other.
///
/// @param at when it is queued
public record ProductionRun(Instant at, Duration prep, Duration execution) {}
