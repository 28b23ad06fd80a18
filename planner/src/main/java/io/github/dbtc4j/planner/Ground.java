package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import java.time.Duration;
import java.util.List;

/// One thing that speaks for or against deleting a clone.
public sealed interface Ground {

    /// Whether it speaks for deletion. A single one against is enough to keep a clone.
    boolean speaksForDeletion();

    /// Something that speaks for it.
    sealed interface For extends Ground {
        @Override
        default boolean speaksForDeletion() {
            return true;
        }
    }

    /// Something that speaks against it.
    sealed interface Against extends Ground {
        @Override
        default boolean speaksForDeletion() {
            return false;
        }
    }

    /// The name says that it is a clone.
    record NameIsTagged() implements For {}

    /// The name does not say that it is a clone: somebody renamed it, or it never was one.
    record NameIsNotTagged() implements Against {}

    /// The description is a marker and names the base job.
    record MarkerNamesBase(JobId base) implements For {}

    /// The description is a marker, but the job it names cannot be the base job.
    record BaseIsInDoubt(JobId base, Origin origin) implements Against {}

    /// The description is no marker this version can read.
    record NoMarker() implements Against {}

    /// The marker says that it was made to stay.
    record KeptOnPurpose() implements Against {}

    /// Nothing but an API call or a person can start it.
    record TriggersAreOff() implements For {}

    /// The platform may start it by itself: it serves another purpose now.
    record TriggersAreOn() implements Against {}

    /// No run is in progress on it.
    record NothingRuns() implements For {}

    /// Runs are in progress on it.
    record RunsInProgress(List<RunId> runs) implements Against {
        public RunsInProgress {
            runs = List.copyOf(runs);
        }
    }

    /// It has been idle for longer than clones may be.
    record IdleForLong(Duration idle, Duration ttl) implements For {}

    /// It may still be used.
    record IdleNotForLong(Duration idle, Duration ttl) implements Against {}
}
