package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

/// How an invocation ends, as far as it is up to the protocol.
public sealed interface Verdict {

    /// The run was triggered and nobody asked to wait for it.
    record Triggered(RunId run) implements Verdict {}

    /// The run ended with success.
    record Succeeded(RunId run) implements Verdict {}

    /// The run ended with an error.
    record Failed(RunId run) implements Verdict {}

    /// The run was cancelled, and by no newer commit: by a person, a timeout or the platform.
    record Cancelled(RunId run) implements Verdict {}

    /// A newer run of the same pull request took over.
    ///
    /// @param run the own run
    /// @param by the newer one
    record Superseded(RunId run, RunId by) implements Verdict {}

    /// The deadline passed.
    ///
    /// @param run the own run, null when none had been triggered
    record DeadlinePassed(@Nullable RunId run) implements Verdict {}
}
