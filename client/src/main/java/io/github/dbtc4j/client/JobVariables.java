package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Envelope;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Query;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The environment variables of a job: its project's, and its own values of them.
public final class JobVariables {

    private final ApiCaller api;

    JobVariables(ApiCaller api) {
        this.api = api;
    }

    /// Every environment variable of the project, as the job sees it.
    public ApiResponse<List<EnvironmentVariable>> list(long accountId, long projectId, long jobId) {
        Query query = Query.EMPTY.with("job_definition_id", jobId);
        return api.answer(
                Call.get(query.after(Call.variables(accountId, projectId) + "job/")),
                Envelope::variables);
    }

    /// Gives a job its own value of a variable.
    ///
    /// @param name starts with `DBT_`
    /// @param rawValue the value itself; for a secret not its mask
    /// @return the value as stored, a secret masked
    /// @throws IllegalArgumentException when `rawValue` is the mask of a secret
    public ApiResponse<EnvironmentVariable.Value> create(
            long accountId, long projectId, long jobId, String name, String rawValue) {
        if (EnvironmentVariable.isMask(rawValue)) {
            throw new IllegalArgumentException(
                    name + ": this is the mask of a secret, not its value; set the secret by hand");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", null);
        body.put("account_id", accountId);
        body.put("project_id", projectId);
        body.put("name", name);
        body.put("type", "job");
        body.put("job_definition_id", jobId);
        body.put("raw_value", rawValue);
        return api.answer(
                Call.post(Call.variables(accountId, projectId)), body, Envelope::variable);
    }
}
