package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Envelope;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.client.model.Page;
import io.github.dbtc4j.client.model.Pages;
import io.github.dbtc4j.client.model.Query;
import io.github.dbtc4j.client.model.Run;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The jobs of an account.
public final class Jobs {

    private final ApiCaller api;

    Jobs(ApiCaller api) {
        this.api = api;
    }

    /// All jobs that match, from as many pages as it takes, each once; the answer is dated by the
    /// first page. Its JSON is the platform's own when there was one page, else the first page's
    /// envelope around the rows of all.
    public ApiResponse<List<Job>> list(long accountId, JobQuery query) {
        Query asked = query.query().withDefault("order_by", "id");
        if (query.isOnePage()) {
            ApiResponse<Page<Job>> page = page(accountId, asked);
            return new ApiResponse<>(page.data().rows(), page.json(), page.serverTime());
        }
        return Pages.byOffset(asked, page -> page(accountId, page), Job::id);
    }

    /// One job.
    ///
    /// @param include what to send along with it
    public ApiResponse<Job> get(long accountId, long jobId, Include... include) {
        Query query = JobQuery.all().include(include).query();
        return api.answer(Call.get(query.after(Call.job(accountId, jobId))), Envelope::job);
    }

    /// Creates a job.
    ///
    /// @param definition the job's fields; the `id` the platform wants to see as null is added
    public ApiResponse<Job> create(long accountId, Map<String, @Nullable Object> definition) {
        return api.answer(
                Call.post(Call.jobs(accountId)), identified(null, definition), Envelope::job);
    }

    /// Replaces a job's definition.
    ///
    /// @param definition all of the job's fields, not only the changed ones; the `id` the platform
    ///   wants to see is added
    public ApiResponse<Job> update(
            long accountId, long jobId, Map<String, @Nullable Object> definition) {
        return api.answer(
                Call.post(Call.job(accountId, jobId)),
                identified(jobId, definition),
                Envelope::job);
    }

    /// Deletes a job. The platform cancels runs of it that are still in progress.
    ///
    /// @return the deleted job, or null: the platform was seen to answer with the job, with
    ///   `{"data": null}` and, by its specification, without a body
    public ApiResponse<@Nullable Job> delete(long accountId, long jobId) {
        return api.<@Nullable Job>answer(
                Call.delete(Call.job(accountId, jobId)), Envelope::jobOrNull);
    }

    /// Triggers a run of a job.
    ///
    /// @param payload `cause` is required; see the platform's reference for the rest
    public ApiResponse<Run> trigger(
            long accountId, long jobId, Map<String, @Nullable Object> payload) {
        return api.answer(Call.post(Call.job(accountId, jobId) + "run/"), payload, Envelope::run);
    }

    /// Retries the job's latest run from where it failed, or starts a new run when it did not fail.
    public ApiResponse<Run> rerun(long accountId, long jobId) {
        return api.answer(Call.post(Call.job(accountId, jobId) + "rerun/"), Envelope::run);
    }

    private ApiResponse<Page<Job>> page(long accountId, Query query) {
        return api.answer(
                Call.get(query.after(Call.jobs(accountId))),
                envelope -> Page.of("job", envelope, Job::of));
    }

    private static Map<String, @Nullable Object> identified(
            @Nullable Long id, Map<String, @Nullable Object> definition) {
        Map<String, @Nullable Object> identified = new LinkedHashMap<>();
        identified.put("id", id);
        identified.putAll(definition);
        return identified;
    }
}
