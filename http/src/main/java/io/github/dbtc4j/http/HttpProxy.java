package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The proxy that variables of the environment name, as curl and git read them.
///
/// @param name the host's name or address
/// @param authorization the value of `Proxy-Authorization`, or null; a secret
/// @param source the variable that named it
record HttpProxy(String name, int port, @Nullable String authorization, String source) {

    /// What curl takes where a proxy's port is not given (curl's manual, `--proxy`).
    private static final int PORT = 1080;

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?i)(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?(?:(?<user>.*)@)?"
                            + "(?<name>\\[[0-9a-f:.]+]|[^:/@\\s\\[\\]]+)(?::(?<port>\\d{1,5}))?/*");

    /// The proxy for `server`, or null when it is reached directly. Of a variable written in lower
    /// and in upper case the lower one counts; blank ones count as absent.
    ///
    /// @throws IllegalArgumentException when a variable cannot be understood; the message repeats
    ///   nothing of it, since a password may be in it
    static @Nullable HttpProxy of(URI server, Map<String, String> environment) {
        if (Loopback.is(server.getHost())) {
            return null;
        }
        for (String name : List.of(server.getScheme() + "_proxy", "all_proxy")) {
            String source = EnvironmentLookup.set(environment, name);
            if (source != null) {
                return NoProxy.of(environment).covers(server)
                        ? null
                        : parse(environment.getOrDefault(source, "").strip(), source);
            }
        }
        return null;
    }

    private static HttpProxy parse(String text, String source) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            throw refused(source, "it is not an address");
        }
        String scheme = parts.group("scheme");
        if (scheme != null && !scheme.equalsIgnoreCase("http")) {
            throw refused(source, "only proxies that are spoken to in HTTP can be used");
        }
        String digits = parts.group("port");
        int port = digits == null ? PORT : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw refused(source, "the port is not a number from 1 to 65535");
        }
        String name = parts.group("name");
        if (!isHostName(name)) {
            throw refused(
                    source,
                    "Java takes letters, digits, dots and hyphens in a host's name only; give the"
                            + " proxy's address instead");
        }
        String user = parts.group("user");
        return new HttpProxy(name, port, user == null ? null : basic(user, source), source);
    }

    private static boolean isHostName(String name) {
        try {
            return new URI("http://" + name).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String basic(String user, String source) {
        try {
            String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
            String credentials = decoded.contains(":") ? decoded : decoded + ":";
            return "Basic "
                    + Base64.getEncoder()
                            .encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw refused(source, "a % in user or password has to be written %25");
        }
    }

    private static IllegalArgumentException refused(String source, String why) {
        return new IllegalArgumentException(
                source
                        + " cannot be used: "
                        + why
                        + "; expected http://proxy.example.com:3128, with user:password@ before"
                        + " the name where the proxy asks for them");
    }

    ProxySelector selector() {
        return ProxySelector.of(InetSocketAddress.createUnresolved(bare(name), port));
    }

    /// Without the brackets around an address of IPv6.
    private static String bare(String name) {
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    /// Its address, without user and password.
    @Override
    public String toString() {
        return "http://" + name + ":" + port;
    }
}
