package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Run;

/// A run with all that people want to know of it: what triggered it, its job, its steps, and who
/// cancelled it.
public final class WholeRun {

    private WholeRun() {}

    public static ApiResponse<Run> read(DbtCloudClient client, long accountId, long runId) {
        return client.runs()
                .get(
                        accountId,
                        runId,
                        Include.TRIGGER,
                        Include.JOB,
                        Include.RUN_STEPS,
                        Include.AUDIT);
    }
}
