package io.github.dbtc4j.simulation.scenario;

/// What happens in a scenario beside what is drawn from its seed.
public enum Variation {
    /// Nothing: every claim is what it seems, and a process that is killed stays dead.
    NONE,
    /// A participant who may trigger jobs triggers runs under our claims. Claims are copied and
    /// made up: with other steps, commits and schemas, greater numbers and the nonces of live runs,
    /// on the base job, its clones and elsewhere.
    CLAIMS,
    /// Processes die, and others go on from the state they saved last.
    DEATHS
}
