package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import java.time.Duration;
import java.util.List;

/// A condition for deleting a clone, met or not.
public sealed interface DeletionCriterion {

    /// Whether the condition is met. A single one that is not is enough to keep a clone.
    boolean isMet();

    /// A condition that is met.
    sealed interface Met extends DeletionCriterion {
        @Override
        default boolean isMet() {
            return true;
        }
    }

    /// A condition that is not met.
    sealed interface Unmet extends DeletionCriterion {
        @Override
        default boolean isMet() {
            return false;
        }
    }

    /// The name says that it is a clone.
    record NameTagged() implements Met {}

    /// The name is not a clone's: the job was renamed, or never was a clone.
    record NameUntagged() implements Unmet {}

    /// The description is a marker and names the base job.
    record MarkerNamesBase(JobId base) implements Met {}

    /// The description is a marker, but the job it names cannot be the base job.
    record BaseInDoubt(JobId base, Origin origin) implements Unmet {}

    /// The description is no marker this version can read.
    record NoMarker() implements Unmet {}

    /// The marker says that it was made to stay.
    record Retained() implements Unmet {}

    /// Nothing but an API call or a person can start it.
    record TriggersOff() implements Met {}

    /// The platform may start it by itself: it serves another purpose now.
    record TriggersOn() implements Unmet {}

    /// No run is in progress on it.
    record NoActiveRuns() implements Met {}

    /// Runs are in progress on it.
    record ActiveRuns(List<RunId> runs) implements Unmet {
        public ActiveRuns {
            runs = List.copyOf(runs);
        }
    }

    /// It has been idle for longer than clones may be.
    record IdleExpired(Duration idle, Duration ttl) implements Met {}

    /// It may still be used.
    record IdleRecent(Duration idle, Duration ttl) implements Unmet {}
}
