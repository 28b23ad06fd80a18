package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Envelope;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Page;
import io.github.dbtc4j.client.model.Pages;
import io.github.dbtc4j.client.model.Query;
import io.github.dbtc4j.client.model.RetryDetails;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;

import java.util.List;

/// The runs of an account. [Jobs#trigger] starts one.
public final class Runs {

    private final ApiCaller api;

    Runs(ApiCaller api) {
        this.api = api;
    }

    /// One page of the runs that match.
    public ApiResponse<List<Run>> page(long accountId, RunQuery query) {
        ApiResponse<Page<Run>> page = page(accountId, query.query());
        return new ApiResponse<>(page.data().rows(), page.json(), page.serverTime());
    }

    /// All runs that match, by ascending id, from as many pages as it takes, each once; the answer
    /// is dated by the first page. The query's order, limit and offset do not count. Its JSON is as
    /// for [Jobs#list].
    public ApiResponse<List<Run>> list(long accountId, RunQuery query) {
        return Pages.byId(query.query(), page -> page(accountId, page), Run::id);
    }

    /// One run.
    ///
    /// @param include what to send along with it
    public ApiResponse<Run> get(long accountId, long runId, Include... include) {
        Query query = RunQuery.all().include(include).query();
        return api.answer(Call.get(query.after(Call.run(accountId, runId))), Envelope::run);
    }

    /// Cancels a run. A queued run is cancelled in the answer, one in progress some seconds later;
    /// a finished one stays as it is.
    public ApiResponse<Run> cancel(long accountId, long runId) {
        return api.answer(Call.post(Call.run(accountId, runId) + "cancel/"), Envelope::run);
    }

    /// Retries a failed run from where it failed, as a new run.
    public ApiResponse<Run> retry(long accountId, long runId) {
        return api.answer(Call.post(Call.run(accountId, runId) + "retry/"), Envelope::run);
    }

    /// Where a failed run broke off.
    public ApiResponse<RetryDetails> retryDetails(long accountId, long runId) {
        return api.answer(Call.get(Call.run(accountId, runId) + "retry/"), Envelope::retryDetails);
    }

    private ApiResponse<Page<Run>> page(long accountId, Query query) {
        return api.answer(
                Call.get(query.after(Call.runs(accountId))),
                envelope -> Page.of("run", envelope, Run::of));
    }
}
