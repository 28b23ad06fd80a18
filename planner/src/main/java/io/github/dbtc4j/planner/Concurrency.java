package io.github.dbtc4j.planner;

/// How pull requests run concurrently.
public enum Concurrency {
    /// The platform where it can, clones elsewhere.
    AUTO,
    /// Clones, even where the platform could run pull requests concurrently.
    CLONE,
    /// The platform: the base job is always triggered itself.
    NATIVE
}
