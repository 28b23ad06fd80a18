package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import java.time.Duration;
import java.util.List;

/// One thing that speaks for or against deleting a clone.
public sealed interface DeletionCriterion {

    /// Whether it speaks for deletion. A single one against is enough to keep a clone.
    boolean isMet();

    /// Something that speaks for it.
    sealed interface Met extends DeletionCriterion {
        @Override
        default boolean isMet() {
            return true;
        }
    }

    /// Something that speaks against it.
    sealed interface Unmet extends DeletionCriterion {
        @Override
        default boolean isMet() {
            return false;
        }
    }

    /// The name says that it is a clone.
    record NameTagged() implements Met {}

    /// The name does not say that it is a clone: somebody renamed it, or it never was one.
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
