package io.github.dbtc4j.planner.state;

import java.time.Instant;

/// Records a cancel request.
///
/// @param first when for the first time
/// @param last when for the last time
public record CancelRequest(Instant first, Instant last) {}
