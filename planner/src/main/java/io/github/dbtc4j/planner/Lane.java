package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;

/// Where a run goes: every lane executes one run at a time.
public sealed interface Lane {

    /// The base job itself.
    record Base(JobId job) implements Lane {}

    /// A clone that exists.
    record Clone(JobId job) implements Lane {}

    /// A clone that is yet to be made.
    record NewClone() implements Lane {}
}
