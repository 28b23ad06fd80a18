package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the user wants of every decision.
///
/// @param concurrency how pull requests run concurrently
/// @param lanes where the runs of a pull request go
/// @param watch whether to stay until the run has ended
/// @param cleanup when to delete a clone; deleting it after its run implies waiting for that
/// @param maxRunSlots how many lanes of the base job may be busy at once; 0 is a real cap, null is
///   none
/// @param sharedSchema what happens while another pull request's run builds into the same schema
/// @param deadline when to stop waiting
public record Policy(
        Concurrency concurrency,
        LanePolicy lanes,
        boolean watch,
        Cleanup cleanup,
        @Nullable Integer maxRunSlots,
        SharedSchema sharedSchema,
        Instant deadline) {}
