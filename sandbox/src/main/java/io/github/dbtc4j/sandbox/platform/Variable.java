package io.github.dbtc4j.sandbox.platform;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An environment variable's value in one scope.
///
/// @param scope `project`, `environment` or `job`
/// @param environmentId null unless the scope is an environment
/// @param jobId null unless the scope is a job
public record Variable(
        long id,
        long projectId,
        String name,
        String scope,
        @Nullable Long environmentId,
        @Nullable Long jobId,
        String value,
        Instant createdAt,
        Instant updatedAt) {

    /// Of a job's override (OpenAPI v3, example of `environment-variables/job`).
    private static final String MASK = "**********";

    /// Elsewhere.
    private static final String SHORTER_MASK = "********";

    /// The value as the API shows it: secrets are masked.
    public String shown() {
        return name.startsWith("DBT_ENV_SECRET") ? (jobId == null ? SHORTER_MASK : MASK) : value;
    }

    public Variable withValue(String changed, Instant at) {
        return new Variable(
                id, projectId, name, scope, environmentId, jobId, changed, createdAt, at);
    }
}
