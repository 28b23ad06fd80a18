package io.github.dbtc4j.autoscaler;

/// What came of [Autoscaler#abandon].
public enum Abandonment {
    /// There was no run to cancel, and none will be triggered.
    NO_RUN,
    /// The platform was asked to cancel the run. The progress listener knows what it answered.
    CANCEL_REQUESTED,
    /// The platform has not answered the trigger, so there may be a run that goes on.
    NO_ANSWER
}
