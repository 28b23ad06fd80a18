package io.github.dbtc4j.planner.state;

/// Where a run stands, as far as a decision needs it.
public enum RunStatus {
    QUEUED,
    STARTING,
    RUNNING,
    SUCCESS,
    ERROR,
    CANCELLED,
    /// It ended unseen: its job was deleted, and with it the run. How it ended is not known.
    GONE,
    /// A number this version does not know. Counted as still in progress: nothing may be concluded
    /// from it.
    UNKNOWN;

    /// Whether the run has not come to its end.
    public boolean isActive() {
        return switch (this) {
            case QUEUED, STARTING, RUNNING, UNKNOWN -> true;
            case SUCCESS, ERROR, CANCELLED, GONE -> false;
        };
    }

    /// Whether the run ended without a result of its own.
    public boolean isWithoutResult() {
        return this == CANCELLED || this == GONE;
    }

    /// Whether the run is being prepared or executed: this is when it takes a run slot.
    public boolean isExecuting() {
        return this == STARTING || this == RUNNING;
    }
}
