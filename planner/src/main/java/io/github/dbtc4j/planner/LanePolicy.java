package io.github.dbtc4j.planner;

/// Where the runs of a pull request go.
public enum LanePolicy {
    /// To the base job while no unrelated run is active on it, else to a clone.
    BASE_FIRST,
    /// Always to the pull request's own clone: the platform, which runs one run of a job at a time,
    /// then keeps two runs of one pull request apart.
    DEDICATED
}
