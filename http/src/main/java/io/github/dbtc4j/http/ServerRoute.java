package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// How a server is reached from this machine.
///
/// @param proxy what the environment names, null where it names none or Java's properties count
/// @param secure whether it is an `https://` address; authorities are asked for such only
public record ServerRoute(
        ProxySelector proxies, @Nullable HttpProxy proxy, boolean secure, Authorities authorities) {

    /// Returns the way to `server` that the environment and Java's own properties describe.
    ///
    /// @param server its address, scheme and host in lower case
    /// @param file further certificates in PEM, or null
    /// @throws IllegalArgumentException when a variable, or a file that one names, cannot be used
    public static ServerRoute to(URI server, @Nullable Path file, Map<String, String> environment) {
        HttpProxy proxy = namedByJava(server) ? null : HttpProxy.of(server, environment);
        boolean secure = server.getScheme().equals("https");
        return new ServerRoute(
                proxy == null ? ProxySelector.getDefault() : proxy.selector(),
                proxy,
                secure,
                Authorities.of(file, secure ? environment : Map.of()));
    }

    /// Whether this Java was given proxies by name, which comes before the environment.
    private static boolean namedByJava(URI server) {
        return Stream.of(
                        server.getScheme() + ".proxyHost",
                        "socksProxyHost",
                        "java.net.useSystemProxies")
                .map(RealSystemContext::property)
                .anyMatch(value -> value != null && !value.equals("false"));
    }

    public Network network(URI server) {
        return new Network(proxyTo(server), secure ? authorities.toString() : null);
    }

    private @Nullable String proxyTo(URI server) {
        if (proxy != null) {
            return proxy + " (" + proxy.source() + ")";
        }
        return proxies.select(server).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .map(address ->
                        "http://%s:%d (Java's properties)"
                                .formatted(address.getHostString(), address.getPort()))
                .findFirst()
                .orElse(null);
    }
}
