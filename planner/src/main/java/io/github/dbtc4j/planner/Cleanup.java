package io.github.dbtc4j.planner;

/// When a clone is deleted.
public enum Cleanup {
    /// It is deleted once its run has ended, which forces waiting for that.
    AFTER_RUN,
    /// The clone is kept for later commits. Once it has expired, the next invocation deletes it.
    IDLE,
    /// The clone is kept until a person deletes it.
    NEVER
}
