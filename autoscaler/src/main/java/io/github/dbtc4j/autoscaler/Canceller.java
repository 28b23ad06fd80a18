package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.state.RunId;

import java.util.Optional;

/// Asks the platform to cancel runs, and tells.
record Canceller(DbtCloudClient client, long accountId, ProgressListener listener) {

    /// Asks for the cancellation of a run. That this was asked is what counts: whether it helped is
    /// seen at the next look, and asked again if it did not.
    ///
    /// @return the run as the platform answered, empty when its response was of no use
    Optional<Run> cancel(RunId run) {
        try {
            Run answer = client.runs().cancel(accountId, run.value()).data();
            listener.onEvent(new Event.CancelRequested(run));
            return Optional.of(answer);
        } catch (DbtCloudException.NotFound
                | DbtCloudException.Rejected
                | DbtCloudException.Unavailable
                | DbtCloudException.Unreadable e) {
            listener.onEvent(new Event.CancelFailed(run, e));
            return Optional.empty();
        }
    }
}
