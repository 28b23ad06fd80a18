package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Envelope;
import io.github.dbtc4j.client.model.Query;
import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The files that runs leave behind, such as `run_results.json`.
public final class RunArtifacts {

    private final ApiCaller api;

    RunArtifacts(ApiCaller api) {
        this.api = api;
    }

    /// The paths of the files of one step of a run.
    ///
    /// @param step 1 for the first; null for the last
    /// @throws DbtCloudException.NotFound also when there are no files yet
    public ApiResponse<List<String>> list(long accountId, long runId, @Nullable Integer step) {
        return api.answer(
                Call.get(ofStep(step).after(Call.run(accountId, runId) + "artifacts/")),
                Envelope::texts);
    }

    /// One file of a run, as it is.
    ///
    /// @param path relative to dbt's target folder, such as `compiled/shop/models/orders.sql`
    /// @param step of which step, 1 for the first; null for the last
    /// @throws DbtCloudException.NotFound also when the run has no such file yet
    public Response get(long accountId, long runId, String path, @Nullable Integer step) {
        return api.success(
                Call.get(ofStep(step).after(Call.artifact(accountId, runId, path))), null);
    }

    private static Query ofStep(@Nullable Integer step) {
        return step == null ? Query.EMPTY : Query.EMPTY.with("step", step);
    }
}
