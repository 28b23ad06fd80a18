package io.github.dbtc4j.planner.state;

import java.time.Instant;

/// That the platform was asked to cancel a run.
///
/// @param first when for the first time
/// @param last when for the last time
public record CancelRequest(Instant first, Instant last) {}
