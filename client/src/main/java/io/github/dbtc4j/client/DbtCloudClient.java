package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A client of the dbt platform's Administrative API.
@SuppressWarnings("DoNotCallSuggester")
public final class DbtCloudClient {

    private DbtCloudClient() {}

    public static DbtCloudClient fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    public static DbtCloudClient fromEnvironment(Map<String, String> environment) {
        throw later();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Host host() {
        throw later();
    }

    public Answer<Account> account(long accountId) {
        throw later();
    }

    /// All pages.
    public Answer<List<Job>> jobs(long accountId, JobQuery query) {
        throw later();
    }

    public Answer<Job> job(long accountId, long jobId) {
        throw later();
    }

    public Answer<Job> createJob(long accountId, Map<String, @Nullable Object> definition) {
        throw later();
    }

    public Answer<Job> updateJob(
            long accountId, long jobId, Map<String, @Nullable Object> definition) {
        throw later();
    }

    public Answer<@Nullable Job> deleteJob(long accountId, long jobId) {
        throw later();
    }

    public Answer<Run> triggerJob(
            long accountId, long jobId, Map<String, @Nullable Object> payload) {
        throw later();
    }

    public Answer<Run> rerunJob(long accountId, long jobId) {
        throw later();
    }

    /// One page.
    public Answer<List<Run>> runs(long accountId, RunQuery query) {
        throw later();
    }

    /// All pages, by ascending id.
    public Answer<List<Run>> allRuns(long accountId, RunQuery query) {
        throw later();
    }

    public Answer<Run> run(long accountId, long runId, Include... include) {
        throw later();
    }

    public Answer<Run> cancelRun(long accountId, long runId) {
        throw later();
    }

    public Answer<Run> retryRun(long accountId, long runId) {
        throw later();
    }

    public Answer<RetryDetails> retryDetails(long accountId, long runId) {
        throw later();
    }

    public Answer<List<String>> artifacts(long accountId, long runId) {
        throw later();
    }

    /// A raw file.
    public Response artifact(long accountId, long runId, String path, @Nullable Integer step) {
        throw later();
    }

    public Answer<List<EnvironmentVariable>> jobEnvironmentVariables(
            long accountId, long projectId, long jobId) {
        throw later();
    }

    public Answer<EnvironmentVariable.Value> createJobEnvironmentVariable(
            long accountId, long projectId, long jobId, String name, String rawValue) {
        throw later();
    }

    /// Any other endpoint; nothing is thrown for an HTTP status.
    public Response raw(String method, String pathAndQuery, @Nullable String body) {
        throw later();
    }

    private static UnsupportedOperationException later() {
        return new UnsupportedOperationException("not yet");
    }

    /// Makes a client.
    public static final class Builder {

        private Builder() {}

        public Builder host(String host) {
            throw later();
        }

        public Builder token(String token) {
            throw later();
        }

        public Builder transport(Transport transport) {
            throw later();
        }

        public Builder surroundings(Surroundings surroundings) {
            throw later();
        }

        public Builder connectTimeout(Duration timeout) {
            throw later();
        }

        public Builder requestTimeout(Duration timeout) {
            throw later();
        }

        /// How long a read is repeated; default seven minutes.
        public Builder patience(Duration patience) {
            throw later();
        }

        /// Is told of every wait before a repetition.
        public Builder onWait(Consumer<Wait> listener) {
            throw later();
        }

        public DbtCloudClient build() {
            throw later();
        }
    }
}
