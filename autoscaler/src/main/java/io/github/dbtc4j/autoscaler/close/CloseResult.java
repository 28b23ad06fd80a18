package io.github.dbtc4j.autoscaler.close;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import java.util.List;

/// What was done to end a pull request's life on the platform.
///
/// @param cancelled runs the platform was asked to cancel
/// @param going runs that are in progress in spite of that; then no clone was touched
/// @param deleted clones that are gone
/// @param kept clones that are not, and why
public record CloseResult(
        List<RunId> cancelled, List<Run> going, List<JobId> deleted, List<Kept> kept) {

    public CloseResult {
        cancelled = List.copyOf(cancelled);
        going = List.copyOf(going);
        deleted = List.copyOf(deleted);
        kept = List.copyOf(kept);
    }

    /// A clone that was not deleted.
    ///
    /// @param byPlatform whether the platform would not have it; otherwise the clone is in use, or
    ///   it was changed
    public record Kept(JobId job, String why, boolean byPlatform) {}
}
