package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What earlier observations showed and no later one can show again. The rest of what an [Observer]
/// holds is a cache: another process reads it anew.
///
/// @param floor the number after which every run of interest comes, null before the first
///   observation
/// @param ended runs of the pull request, and in its schema, that have come to their end
/// @param inProgress such runs that were in progress when they were last seen
/// @param ciJobs jobs that lists of runs in progress showed to be CI jobs
/// @param queueObservations how many observations took in the queue
/// @param ownRun the own run as it was last seen, null before there is one
/// @param triggeredAt when the own run was triggered, by the machine's clock; null when it is
///   expected in no list any more
/// @param freshClones clones that this invocation made
/// @param outdated clones whose variables differ from what the base job has now
public record ObserverMemory(
        @Nullable Long floor,
        List<ObservedRun> ended,
        List<ObservedRun> inProgress,
        Set<Long> ciJobs,
        int queueObservations,
        @Nullable ObservedRun ownRun,
        @Nullable Instant triggeredAt,
        List<FreshClone> freshClones,
        Set<JobId> outdated) {

    /// Before the first observation.
    public static final ObserverMemory NONE =
            new ObserverMemory(
                    null, List.of(), List.of(), Set.of(), 0, null, null, List.of(), Set.of());

    public ObserverMemory {
        ended = List.copyOf(ended);
        inProgress = List.copyOf(inProgress);
        ciJobs = Set.copyOf(ciJobs);
        freshClones = List.copyOf(freshClones);
        outdated = Set.copyOf(outdated);
    }

    /// A clone that a list may not show yet.
    ///
    /// @param madeAt by the machine's clock
    public record FreshClone(ObservedClone job, Instant madeAt) {}
}
