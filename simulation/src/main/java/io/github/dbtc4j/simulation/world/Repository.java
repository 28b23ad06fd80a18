package io.github.dbtc4j.simulation.world;

/// A git repository whose pull requests are built in the account.
public enum Repository {
    /// The one whose pipelines follow the strategy that is tried.
    OURS,
    /// One of other people, in another project, with a CI job of its own that it simply triggers.
    THEIRS
}
