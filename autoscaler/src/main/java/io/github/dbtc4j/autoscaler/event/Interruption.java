package io.github.dbtc4j.autoscaler.event;

import io.github.dbtc4j.client.DbtCloudException;

/// The client's unchecked interruption as the checked one that everything that waits here throws.
public final class Interruption {

    private Interruption() {}

    /// Clears the thread's interrupt flag, which the exception stands for from now on.
    public static InterruptedException of(DbtCloudException.Interrupted e) {
        Thread.interrupted();
        var interruption = new InterruptedException(e.getMessage());
        interruption.initCause(e);
        return interruption;
    }
}
