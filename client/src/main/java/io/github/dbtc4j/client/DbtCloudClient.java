package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.client.access.TokenKind;
import io.github.dbtc4j.http.HttpTransport;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The dbt platform's Administrative API, one method an endpoint, in groups.
///
/// ```java
/// DbtCloudClient client = DbtCloudClient.fromEnvironment();
/// Run run = client.jobs().trigger(accountId, jobId, Map.of("cause", "Nightly check")).data();
/// ```
///
/// Every call blocks until it has its answer and fails with a [DbtCloudException]. Reads (`GET`)
/// are repeated after 408, 429, 5xx and failures of the network until the client's patience ends.
/// Writes are not: one that fails may have been carried out, which [DbtCloudException#ambiguous]
/// tells. The one exception is a write that was certainly not received, because no connection came
/// about; it is tried again for ten seconds. After a 429 the whole client sends nothing until the
/// cooldown is over; calls made meanwhile wait.
///
/// Safe for use by many threads. The token is sent to [#host] alone, redirects are not followed,
/// and no message, exception or `toString` contains it.
public final class DbtCloudClient implements AutoCloseable {

    /// The environment variables that may hold a token, in the order in which
    /// [ClientOptions#environment] looks at them.
    public static final List<String> TOKEN_VARIABLES = Token.VARIABLES;

    /// How many bytes the body of a response may have unless [ClientOptions#maxResponseBytes] says
    /// otherwise: 64 MiB.
    public static final long LARGEST_RESPONSE = HttpTransport.LARGEST_RESPONSE;

    private final RetryingSender exchange;
    private final Accounts accounts;
    private final Jobs jobs;
    private final JobVariables variables;
    private final Runs runs;
    private final RunArtifacts artifacts;

    /// A client that works with `options`. Nothing is sent.
    ///
    /// @throws IllegalArgumentException when there is no token, or the host or `DBT_CLOUD_READONLY`
    ///   cannot be used, nor a proxy or file of certificates
    public DbtCloudClient(ClientOptions options) {
        this.exchange = new RetryingSender(options.settings());
        var api = new ApiCaller(exchange);
        this.accounts = new Accounts(api);
        this.jobs = new Jobs(api);
        this.variables = new JobVariables(api);
        this.runs = new Runs(api);
        this.artifacts = new RunArtifacts(api);
    }

    /// A client for this process's environment variables, as [ClientOptions#environment] reads
    /// them.
    ///
    /// @throws IllegalArgumentException when there is no token, or the host cannot be used
    public static DbtCloudClient fromEnvironment() {
        return new DbtCloudClient(ClientOptions.defaults().environment(System.getenv()));
    }

    /// Where this client's platform lives.
    public Host host() {
        return exchange.host();
    }

    /// How this client gets there.
    public Network network() {
        return exchange.network();
    }

    /// Whose token this client carries, as far as it shows.
    public TokenKind tokenKind() {
        return exchange.tokenKind();
    }

    /// Whether this client refuses to send anything but `GET`, with a [ReadOnlyException].
    public boolean isReadOnly() {
        return exchange.isReadOnly();
    }

    /// The accounts that the token belongs to.
    public Accounts accounts() {
        return accounts;
    }

    /// Jobs: reading, changing and triggering them.
    public Jobs jobs() {
        return jobs;
    }

    /// The environment variables of a job.
    public JobVariables variables() {
        return variables;
    }

    /// Runs: reading, cancelling and retrying them.
    public Runs runs() {
        return runs;
    }

    /// The files that runs leave behind.
    public RunArtifacts artifacts() {
        return artifacts;
    }

    /// Any request of the platform, for what has no method in a group: same host, token, time
    /// limits and rules of repetition.
    ///
    /// @param method `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
    /// @param pathAndQuery from the slash before `api` on, already encoded. A `POST` needs the
    ///   slash at the end of the path: without it the platform redirects
    /// @param body JSON text, or null
    /// @return the response as it came; nothing is thrown for its status
    /// @throws IllegalArgumentException when the method or path cannot be sent
    public Response raw(String method, String pathAndQuery, @Nullable String body) {
        if (!List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)) {
            throw new IllegalArgumentException(
                    "the method must be one of GET, POST, PUT, PATCH and DELETE");
        }
        return exchange.send(new Call(method, pathAndQuery), body).response();
    }

    /// Closes connections that were left open; a call made later opens another. What is forgotten
    /// here ends with the process, some tenths of a second later.
    @Override
    public void close() {
        exchange.close();
    }

    @Override
    public String toString() {
        return "DbtCloudClient[" + host() + "]";
    }
}
