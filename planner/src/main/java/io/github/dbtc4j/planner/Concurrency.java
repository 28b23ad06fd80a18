package io.github.dbtc4j.planner;

/// Who makes pull requests run side by side.
public enum Concurrency {
    /// The platform where it can, clones elsewhere.
    AUTO,
    /// Clones, whatever the platform could do.
    CLONE,
    /// The platform: the base job is always triggered itself.
    NATIVE
}
