package io.github.dbtc4j.autoscaler;

/// The job that was named cannot be the base job of autoscaling CI. Thrown before anything is
/// written.
public final class UnsuitableJobException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnsuitableJobException(String message) {
        super(message);
    }
}
