package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.http.HttpTransport;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.http.ServerRoute;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What a client works with. Immutable: every method returns new options. What is set here comes
/// before what the environment says.
///
/// ```java
/// new DbtCloudClient(ClientOptions.defaults().host("ab123.us1.dbt.com").token(token))
/// ```
public final class ClientOptions {

    private static final ClientOptions DEFAULTS = new ClientOptions();

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
    private long maxResponseBytes = DbtCloudClient.LARGEST_RESPONSE;
    private Consumer<Wait> listener = wait -> {};
    private Consumer<Exchange> exchanges = exchange -> {};

    private ClientOptions() {}

    private ClientOptions(ClientOptions from) {
        environment = from.environment;
        host = from.host;
        token = from.token;
        transport = from.transport;
        readOnly = from.readOnly;
        certificates = from.certificates;
        system = from.system;
        connectTimeout = from.connectTimeout;
        requestTimeout = from.requestTimeout;
        callTimeout = from.callTimeout;
        maxResponseBytes = from.maxResponseBytes;
        listener = from.listener;
        exchanges = from.exchanges;
    }

    /// No environment and no token; every other default is named at its method.
    public static ClientOptions defaults() {
        return DEFAULTS;
    }

    /// Where to look for what is not set here, blank variables counting as absent: the host in
    /// `DBT_CLOUD_HOST`; the first token found in `DBT_CLOUD_SERVICE_TOKEN`, `DBT_CLOUD_API_KEY`,
    /// `DBT_CLOUD_API_TOKEN` and `DBT_CLOUD_TOKEN`; whether only to read in `DBT_CLOUD_READONLY`; a
    /// proxy (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) unless Java's properties name one. Default:
    /// nowhere.
    public ClientOptions environment(Map<String, String> environment) {
        var variables = Map.copyOf(environment);
        return changed(copy -> copy.environment = variables);
    }

    /// The platform's host, as [Host#parse] reads it. Default: what the [#environment] says, else
    /// [Host#DEFAULT].
    public ClientOptions host(String host) {
        return changed(copy -> copy.host = host);
    }

    /// A service token or personal access token. Default: what the [#environment] says.
    public ClientOptions token(String token) {
        return changed(copy -> copy.token = token);
    }

    /// Whether to refuse everything but `GET`. Default: what `DBT_CLOUD_READONLY` in the
    /// [#environment] says, else no.
    public ClientOptions readOnly(boolean readOnly) {
        return changed(copy -> copy.readOnly = readOnly);
    }

    /// A file in PEM form with certificates that vouch for the platform beside those Java trusts,
    /// as behind a proxy that answers with certificates of its own. Default: what `SSL_CERT_FILE`,
    /// `REQUESTS_CA_BUNDLE` and `CURL_CA_BUNDLE` in the [#environment] name, which count too. Not
    /// used with a transport of one's own.
    public ClientOptions certificates(Path file) {
        return changed(copy -> copy.certificates = file);
    }

    /// What carries the requests. Default: HTTP/1.1 from this machine.
    public ClientOptions transport(Transport transport) {
        return changed(copy -> copy.transport = transport);
    }

    /// Time and chance. Default: this machine's.
    public ClientOptions system(SystemContext system) {
        return changed(copy -> copy.system = system);
    }

    /// How long to wait for a connection, positive. Default: 10 seconds. Not used with a transport
    /// of one's own.
    public ClientOptions connectTimeout(Duration timeout) {
        requirePositive("connect timeout", timeout);
        return changed(copy -> copy.connectTimeout = timeout);
    }

    /// How long to wait for a complete response each time, positive. Default: 30 seconds.
    public ClientOptions requestTimeout(Duration timeout) {
        requirePositive("request timeout", timeout);
        return changed(copy -> copy.requestTimeout = timeout);
    }

    /// How long to go on with a call that has no answer yet, zero for no repetition. Default: 7
    /// minutes, so that the platform's cooldown of five minutes is survived.
    public ClientOptions callTimeout(Duration patience) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("the patience must not be negative");
        }
        return changed(copy -> copy.callTimeout = patience);
    }

    /// How many bytes the body of a response may have, positive; a longer one is left unread and
    /// fails at once as [DbtCloudException.Unreadable]. Default: [DbtCloudClient#LARGEST_RESPONSE].
    /// Not used with a transport of one's own.
    public ClientOptions maxResponseBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the largest response must be positive");
        }
        return changed(copy -> copy.maxResponseBytes = bytes);
    }

    /// The listener that receives every pause before it is made, on the calling thread. Default:
    /// none.
    public ClientOptions onWait(Consumer<Wait> listener) {
        return changed(copy -> copy.listener = listener);
    }

    /// The listener that receives every request that was sent, repetitions too, once its response
    /// is there or cannot come. On the calling thread. Default: none.
    public ClientOptions onExchange(Consumer<Exchange> listener) {
        return changed(copy -> copy.exchanges = listener);
    }

    /// These options, completed from the environment.
    ///
    /// @throws IllegalArgumentException when there is no token, or something cannot be used
    Settings settings() {
        Host platform = platform();
        URI server = URI.create(platform.toString());
        ServerRoute route =
                transport == null ? ServerRoute.to(server, certificates, environment) : null;
        return new Settings(
                platform,
                token == null ? Token.from(environment) : Token.of(token),
                route == null
                        ? Objects.requireNonNull(transport)
                        : new HttpTransport(connectTimeout, maxResponseBytes, route),
                route == null ? new Network(null, null) : route.network(server),
                system,
                requestTimeout,
                callTimeout,
                readOnly == null ? ReadOnlyException.wanted(environment) : readOnly,
                listener,
                exchanges);
    }

    private Host platform() {
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

    private ClientOptions changed(Consumer<ClientOptions> change) {
        var copy = new ClientOptions(this);
        change.accept(copy);
        return copy;
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the " + name + " must be positive");
        }
    }
}
