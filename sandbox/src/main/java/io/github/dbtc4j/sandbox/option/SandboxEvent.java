package io.github.dbtc4j.sandbox.option;

import java.time.Instant;

/// Something that truly happened on the platform, even if no client could see it.
public sealed interface SandboxEvent {

    /// When, by the platform's clock.
    Instant at();

    /// A run that changed.
    sealed interface OfRun extends SandboxEvent {
        /// The run after the change.
        RunView run();
    }

    /// A job that changed.
    sealed interface OfJob extends SandboxEvent {
        /// The job after the change.
        JobView job();

        /// Who changed it.
        Actor by();
    }

    /// A run was created and waits.
    record RunQueued(Instant at, RunView run) implements OfRun {}

    /// A run left the queue and is prepared.
    record RunStarting(Instant at, RunView run) implements OfRun {}

    /// A run executes; from here to its end it writes into the warehouse.
    record RunRunning(Instant at, RunView run) implements OfRun {}

    /// A run ended: Success, Error or Cancelled.
    record RunFinished(Instant at, RunView run) implements OfRun {}

    /// Cancellation of a run was requested; a queued run is then finished at once.
    record CancelRequested(Instant at, RunView run, Actor by) implements OfRun {}

    /// A job was created.
    record JobCreated(Instant at, JobView job, Actor by) implements OfJob {}

    /// A job was changed.
    record JobUpdated(Instant at, JobView job, Actor by) implements OfJob {}

    /// A job was deleted.
    record JobDeleted(Instant at, JobView job, Actor by) implements OfJob {}

    /// A request was answered.
    ///
    /// @param path with its query
    record Requested(Instant at, String method, String path, int status) implements SandboxEvent {}
}
