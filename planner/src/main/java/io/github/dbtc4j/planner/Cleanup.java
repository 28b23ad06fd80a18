package io.github.dbtc4j.planner;

/// What becomes of a clone.
public enum Cleanup {
    /// It is deleted once its run has ended, which forces waiting for that.
    AFTER_RUN,
    /// It stays for further commits; whoever comes along after it has been idle for long deletes
    /// it.
    IDLE,
    /// It stays until somebody deletes it by hand.
    NEVER
}
