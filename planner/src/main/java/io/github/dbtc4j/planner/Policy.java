package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the user wants of every decision.
///
/// @param concurrency who makes pull requests run side by side
/// @param watch whether to stay until the run has ended
/// @param deleteClone whether a clone is deleted after its run, which forces watching it
/// @param maxRunSlots how many lanes of the base job may be busy at once; 0 is a real cap, null is
///   none
/// @param deadline when to stop waiting
public record Policy(
        Concurrency concurrency,
        boolean watch,
        boolean deleteClone,
        @Nullable Integer maxRunSlots,
        Instant deadline) {}
