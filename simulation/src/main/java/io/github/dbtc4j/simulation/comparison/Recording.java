package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Push;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What truly happened in one morning under one strategy.
///
/// @param ciJob the base job
/// @param entries in the order in which they happened
/// @param runs every run of the morning as it ended, in the order of their ids
/// @param clones every job that was created by our pipelines, as it was in the end
/// @param end when nothing happened any more
public record Recording(
        WorkloadTrace morning,
        Strategy strategy,
        long ciJob,
        List<Entry> entries,
        List<RunView> runs,
        List<JobView> clones,
        Instant end) {

    public Recording {
        entries = List.copyOf(entries);
        runs = List.copyOf(runs);
        clones = List.copyOf(clones);
    }

    /// Which push `run` was triggered for; empty for a production run.
    public Optional<Push> push(RunView run) {
        return Optional.ofNullable(run.gitSha()).flatMap(morning::push);
    }
}
