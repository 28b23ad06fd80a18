package io.github.dbtc4j.planner;

/// What the platform says of the base job that a clone's marker names. Anybody can write a number
/// there; only a job that is where its clone is has clones.
public enum Origin {
    /// It exists, in the clone's project.
    CONFIRMED,
    /// It is deleted, was never there, or may not be seen with this token.
    MISSING,
    /// The platform refuses to show it.
    REFUSED,
    /// It is in another project than the clone.
    ELSEWHERE,
    /// It is marked as a clone itself.
    ITSELF_A_CLONE
}
