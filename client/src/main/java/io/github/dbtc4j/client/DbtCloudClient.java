package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.client.access.TokenKind;
import io.github.dbtc4j.http.HttpTransport;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.ServerRoute;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

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
    /// [#fromEnvironment(Map)] looks at them.
    public static final List<String> TOKEN_VARIABLES = Token.VARIABLES;

    /// How many bytes the body of a response may have unless [Builder#maxResponseBytes] says
    /// otherwise: 64 MiB.
    public static final long LARGEST_RESPONSE = HttpTransport.LARGEST_RESPONSE;

    private final RetryingSender exchange;
    private final Accounts accounts;
    private final Jobs jobs;
    private final JobVariables variables;
    private final Runs runs;
    private final RunArtifacts artifacts;

    private DbtCloudClient(Settings settings) {
        this.exchange = new RetryingSender(settings);
        var api = new ApiCaller(exchange);
        this.accounts = new Accounts(api);
        this.jobs = new Jobs(api);
        this.variables = new JobVariables(api);
        this.runs = new Runs(api);
        this.artifacts = new RunArtifacts(api);
    }

    /// A client for this process's environment variables, as [#fromEnvironment(Map)] reads them.
    public static DbtCloudClient fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /// A client for the host in `DBT_CLOUD_HOST` (default [Host#DEFAULT]) and the first token found
    /// in `DBT_CLOUD_SERVICE_TOKEN`, `DBT_CLOUD_API_KEY`, `DBT_CLOUD_API_TOKEN` and
    /// `DBT_CLOUD_TOKEN`. With `DBT_CLOUD_READONLY=true` it only reads, see [Builder#readOnly].
    /// Blank variables count as absent.
    ///
    /// @throws IllegalArgumentException when there is no token, or the host cannot be used
    public static DbtCloudClient fromEnvironment(Map<String, String> environment) {
        return builder().environment(environment).build();
    }

    /// A client put together by hand.
    public static Builder builder() {
        return new Builder();
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

    /// Puts a client together. What is set here comes before what the environment says.
    public static final class Builder {

        private Map<String, String> environment = Map.of();
        private @Nullable String host;
        private @Nullable String token;
        private @Nullable Transport transport;
        private @Nullable Boolean readOnly;
        private @Nullable Path certificates;
        private SystemContext system = SystemContext.real();
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration callTimeout = Duration.ofMinutes(7);
        private long maxResponseBytes = LARGEST_RESPONSE;
        private Consumer<Wait> listener = wait -> {};

        private Builder() {}

        /// Where to look for a host and a token that are not set here, see
        /// [DbtCloudClient#fromEnvironment(Map)]; and for a proxy (`HTTPS_PROXY`, `ALL_PROXY`,
        /// `NO_PROXY`) unless Java's properties name one. Default: nowhere.
        public Builder environment(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
            return this;
        }

        /// The platform's host, as [Host#parse] reads it.
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /// A service token or personal access token.
        public Builder token(String token) {
            this.token = token;
            return this;
        }

        /// Whether to refuse everything but `GET`. Default: what `DBT_CLOUD_READONLY` in the
        /// [#environment] says, else no.
        public Builder readOnly(boolean readOnly) {
            this.readOnly = readOnly;
            return this;
        }

        /// A file in PEM form with certificates that vouch for the platform beside those Java
        /// trusts, as behind a proxy that answers with certificates of its own. Default: what
        /// `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE` and `CURL_CA_BUNDLE` in the [#environment] name,
        /// which count too. Not used with a transport of one's own.
        public Builder certificates(Path file) {
            this.certificates = file;
            return this;
        }

        /// What carries the requests. Default: HTTP/1.1 from this machine.
        public Builder transport(Transport transport) {
            this.transport = transport;
            return this;
        }

        /// Time and chance. Default: this machine's.
        public Builder system(SystemContext system) {
            this.system = system;
            return this;
        }

        /// How long to wait for a connection, positive. Default: 10 seconds. Not used with a
        /// transport of one's own.
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = positive("connect timeout", timeout);
            return this;
        }

        /// How long to wait for a complete response each time, positive. Default: 30 seconds.
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = positive("request timeout", timeout);
            return this;
        }

        /// How long to go on with a call that has no answer yet, zero for no repetition. Default: 7
        /// minutes, so that the platform's cooldown of five minutes is survived.
        public Builder callTimeout(Duration patience) {
            if (patience.isNegative()) {
                throw new IllegalArgumentException("the patience must not be negative");
            }
            this.callTimeout = patience;
            return this;
        }

        /// How many bytes the body of a response may have, positive; a longer one is left unread
        /// and fails at once as [DbtCloudException.Unreadable]. Default:
        /// [DbtCloudClient#LARGEST_RESPONSE]. Not used with a transport of one's own.
        public Builder maxResponseBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("the largest response must be positive");
            }
            this.maxResponseBytes = bytes;
            return this;
        }

        /// Told of every pause before it is made, on the calling thread.
        public Builder onWait(Consumer<Wait> listener) {
            this.listener = listener;
            return this;
        }

        /// The client.
        ///
        /// @throws IllegalArgumentException when there is no token, or the host or
        ///   `DBT_CLOUD_READONLY` cannot be used, nor a proxy or file of certificates
        public DbtCloudClient build() {
            Host host = chosenHost();
            URI server = URI.create(host.toString());
            ServerRoute route =
                    transport == null ? ServerRoute.to(server, certificates, environment) : null;
            return new DbtCloudClient(
                    new Settings(
                            host,
                            token == null ? Token.from(environment) : Token.of(token),
                            route == null
                                    ? Objects.requireNonNull(transport)
                                    : new HttpTransport(connectTimeout, maxResponseBytes, route),
                            route == null ? new Network(null, null) : route.network(server),
                            system,
                            requestTimeout,
                            callTimeout,
                            readOnly == null ? ReadOnlyException.wanted(environment) : readOnly,
                            listener));
        }

        private Host chosenHost() {
            String variable = environment.get("DBT_CLOUD_HOST");
            if (host != null) {
                return Host.parse(host);
            }
            if (variable == null || variable.isBlank()) {
                return Host.parse(Host.DEFAULT);
            }
            try {
                return Host.parse(variable);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("DBT_CLOUD_HOST: " + e.getMessage(), e);
            }
        }

        private static Duration positive(String name, Duration duration) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("the " + name + " must be positive");
            }
            return duration;
        }
    }
}
