package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// The time that says for how long a clone was idle: the platform's, but never far ahead of this
/// machine's.
///
/// A proxy may put a `Date` of its own before the platform's. By one that is far ahead a clone
/// would count as idle, and be deleted, while its pull request still needs it.
record IdleClock(DbtCloudClient client, SystemContext system) {

    /// Machines' clocks are wrong by minutes.
    private static final Duration COMMON_SKEW = Duration.ofMinutes(10);

    /// What time it is.
    ///
    /// @param told the time in the platform's response; null when it did not say
    Instant at(@Nullable Instant told) {
        Instant here = system.now();
        if (told == null) {
            return here;
        }
        // what answers on this machine is a sandbox, whose time may pass faster
        boolean ahead = here.plus(COMMON_SKEW).isBefore(told) && !client.host().isLoopback();
        return ahead ? here : told;
    }
}
