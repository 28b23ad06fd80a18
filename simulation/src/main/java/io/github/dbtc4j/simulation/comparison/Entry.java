package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.world.Push;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One line of a [Recording].
public sealed interface Entry {

    /// When.
    Instant at();

    /// A commit was pushed, and its pipeline began.
    record Pushed(Instant at, Push push) implements Entry {}

    /// Something happened on the platform.
    ///
    /// @param by whose pipeline's request the platform was answering, or null: what the platform
    ///   does by itself may come up while it answers anybody
    record Happened(Instant at, @Nullable Push by, SandboxEvent event) implements Entry {}

    /// A pipeline that runs our autoscaler told what it does.
    record Told(Instant at, Push by, Event event) implements Entry {}

    /// A pipeline ended.
    ///
    /// @param how in a word or two, for people
    record Ended(Instant at, Push by, String how) implements Entry {}
}
