package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.autoscaler.observation.RunDurations;
import io.github.dbtc4j.cli.narration.RunOutlook;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStep;

import java.time.Duration;
import java.util.List;

/// Asks the platform what a person would like to know of a run, one call a question. What cannot be
/// read is not known.
///
/// @param client one that gives up soon
/// @param job whose recent runs tell how long one takes
record PlatformOutlook(DbtCloudClient client, long accountId, long job) implements RunOutlook {

    @Override
    public List<Duration> usual() {
        return RunDurations.read(client, accountId, job);
    }

    @Override
    public List<RunStep> steps(Run run) {
        try {
            return client.runs().get(accountId, run.id(), Include.RUN_STEPS).data().steps();
        } catch (DbtCloudException e) {
            return List.of();
        }
    }
}
