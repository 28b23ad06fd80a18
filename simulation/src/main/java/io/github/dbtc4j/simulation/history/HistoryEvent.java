package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// One line of a [History].
public sealed interface HistoryEvent {

    /// When, by virtual time.
    Instant at();

    /// Which invocation's doing it is, or null.
    @Nullable Integer invocation();

    /// An invocation sent a request.
    ///
    /// @param call tells the requests of one history apart
    /// @param path with its query
    /// @param body null for a request without one
    record Sent(
            Instant at,
            Integer invocation,
            int call,
            String method,
            String path,
            @Nullable String body)
            implements HistoryEvent {}

    /// An invocation received a response.
    ///
    /// @param retryAfter for how long its `Retry-After` asks to be quiet, or null
    record Answered(
            Instant at, Integer invocation, int call, int status, @Nullable Duration retryAfter)
            implements HistoryEvent {}

    /// An invocation received no response it could read: a lost connection, a timeout.
    ///
    /// @param why in a word or two
    record Unanswered(Instant at, Integer invocation, int call, String why)
            implements HistoryEvent {}

    /// Something truly happened on the platform.
    ///
    /// @param invocation whose request the platform was answering, or null for what the platform or
    ///   a person did. What is due anyway may come up while the platform answers anybody
    record Happened(Instant at, @Nullable Integer invocation, SandboxEvent event)
            implements HistoryEvent {}

    /// An invocation of our autoscaler told what it does.
    record Told(Instant at, Integer invocation, Event event) implements HistoryEvent {}

    /// An invocation stood still, as a stopped process does.
    record Paused(Instant at, Integer invocation, Duration howLong) implements HistoryEvent {}

    /// The simulated world did something else to an invocation or to the platform.
    ///
    /// @param what in a few words, such as `killed`, `SIGTERM`, `a user cancelled run 7`
    record Done(Instant at, @Nullable Integer invocation, String what) implements HistoryEvent {}

    /// A person triggered a run under a forged claim.
    ///
    /// @param run its id
    /// @param body the fields it was triggered with
    record Forged(Instant at, long run, Map<String, @Nullable Object> body)
            implements HistoryEvent {
        @Override
        public @Nullable Integer invocation() {
            return null;
        }
    }
}
