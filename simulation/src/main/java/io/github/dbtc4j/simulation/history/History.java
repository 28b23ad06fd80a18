package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What truly happened in one scenario: all that checkers know.
///
/// @param seed what the scenario was drawn from
/// @param baseJob the base job of our repository's pipelines
/// @param base the base job as it was at first
/// @param overrides the base job's own values of environment variables, which never change
/// @param options what our autoscaler was told, but for the lanes and the sequence
/// @param runSlots how many the account has
/// @param hidden whether lists do not show the runs of deleted jobs
/// @param secrets what must appear nowhere: the tokens
/// @param calm from when on nothing disturbs: no faults, kills, pauses or third parties
/// @param epilogue when the first of the invocations begins that come long after all others
/// @param end when nothing happened any more
/// @param invocations in the order of their numbers; those of the epilogue last
/// @param acts in the order in which they happened
/// @param runs every run of the scenario as it was in the end, in the order of their ids
/// @param jobs every job that was there or created in the scenario, deleted ones too, as it was in
///   the end
public record History(
        long seed,
        Profile profile,
        Strategy strategy,
        long baseJob,
        JobView base,
        Map<String, String> overrides,
        Options options,
        int runSlots,
        boolean hidden,
        Set<String> secrets,
        Instant start,
        Instant calm,
        Instant epilogue,
        Instant end,
        List<InvocationRecord> invocations,
        List<HistoryEvent> acts,
        List<RunView> runs,
        List<JobView> jobs) {

    public History {
        overrides = Map.copyOf(overrides);
        secrets = Set.copyOf(secrets);
        invocations = List.copyOf(invocations);
        acts = List.copyOf(acts);
        runs = List.copyOf(runs);
        jobs = List.copyOf(jobs);
    }
}
