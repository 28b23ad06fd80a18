package io.github.dbtc4j.simulation.scenario;

/// Whether somebody who may trigger jobs triggers runs under our claims.
public enum Forging {
    /// Every claim is what it seems.
    NONE,
    /// Claims are copied and made up: with other steps, commits and schemas, greater numbers and
    /// the nonces of live runs, on the base job, its clones and elsewhere.
    CLAIMS,
    /// Processes die, and others go on from the state they saved last.
    DEATHS
}
