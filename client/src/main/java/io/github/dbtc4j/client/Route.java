package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// How a host is reached from this machine.
///
/// @param proxy what the environment names, null where it names none or Java's properties count
/// @param secure whether it is an `https://` address; authorities are asked for such only
record Route(
        ProxySelector proxies, @Nullable HttpProxy proxy, boolean secure, Authorities authorities) {

    /// @param file further certificates in PEM, or null
    /// @throws IllegalArgumentException when a variable, or a file that one names, cannot be used
    static Route to(Host host, @Nullable Path file, Map<String, String> environment) {
        HttpProxy proxy = namedByJava(host) ? null : HttpProxy.of(host, environment);
        boolean secure = host.scheme().equals("https");
        return new Route(
                proxy == null ? ProxySelector.getDefault() : proxy.selector(),
                proxy,
                secure,
                Authorities.of(file, secure ? environment : Map.of()));
    }

    /// Whether this Java was given proxies by name, which comes before the environment.
    private static boolean namedByJava(Host host) {
        return Stream.of(
                        host.scheme() + ".proxyHost", "socksProxyHost", "java.net.useSystemProxies")
                .map(ThisMachine::property)
                .anyMatch(value -> value != null && !value.equals("false"));
    }

    Network network(Host host) {
        return new Network(proxyTo(host), secure ? authorities.toString() : null);
    }

    private @Nullable String proxyTo(Host host) {
        if (proxy != null) {
            return proxy + " (" + proxy.source() + ")";
        }
        return proxies.select(URI.create(host + "/")).stream()
                .filter(it -> it.type() == Proxy.Type.HTTP)
                .map(it -> (InetSocketAddress) it.address())
                .map(it ->
                        "http://%s:%d (Java's properties)"
                                .formatted(it.getHostString(), it.getPort()))
                .findFirst()
                .orElse(null);
    }
}
