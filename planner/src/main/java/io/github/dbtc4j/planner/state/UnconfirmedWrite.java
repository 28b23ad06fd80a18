package io.github.dbtc4j.planner.state;

import java.time.Instant;

/// A write whose response was lost: the platform may have acted on it, or may act on it yet.
///
/// It is looked for by the nonce it carried, and only sent again, with the same nonce, when it has
/// not shown up for long enough.
public sealed interface UnconfirmedWrite {

    /// When it was sent.
    Instant sentAt();

    /// A run that may have been triggered on `lane`.
    record Trigger(JobId lane, Instant sentAt) implements UnconfirmedWrite {}

    /// A clone that may have been created.
    record CreateClone(Instant sentAt) implements UnconfirmedWrite {}
}
