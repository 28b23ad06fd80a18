package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The hosts that are reached without a proxy: `NO_PROXY`.
///
/// An entry is `*` for every host, a name for itself and all below it (with a leading dot or
/// without), an address, or a block of addresses such as `10.0.0.0/8`; a name or address may be
/// followed by a port. Names are not looked up, as curl does not either.
///
/// @param entries in lower case
record NoProxy(List<String> entries) {

    private static final Pattern ENTRY = Pattern.compile("(?<name>[^:]*)(?::(?<port>\\d+))?");

    static NoProxy of(Map<String, String> environment) {
        String source = EnvironmentLookup.set(environment, "no_proxy");
        String text = source == null ? "" : environment.getOrDefault(source, "");
        return new NoProxy(
                Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                        .filter(each -> !each.isEmpty())
                        .toList());
    }

    boolean covers(URI server) {
        return entries.stream().anyMatch(entry -> covers(entry, server));
    }

    private static boolean covers(String entry, URI server) {
        String host = server.getHost();
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return isInBlock(entry, host);
        }
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group("port");
        if (port != null && !port.equals(String.valueOf(port(server)))) {
            return false;
        }
        String name = parts.group("name").replaceFirst("^\\*?\\.", "");
        return !name.isEmpty()
                && (host.equals(name) || (!isAddress(name) && host.endsWith("." + name)));
    }

    private static int port(URI server) {
        if (server.getPort() != -1) {
            return server.getPort();
        }
        return server.getScheme().equals("https") ? 443 : 80;
    }

    private static boolean isInBlock(String block, String name) {
        int slash = block.indexOf('/');
        byte[] network = address(block.substring(0, slash));
        byte[] host = address(name);
        String length = block.substring(slash + 1);
        if (network == null
                || host == null
                || network.length != host.length
                || !length.matches("\\d{1,3}")) {
            return false;
        }
        int bits = Integer.parseInt(length);
        if (bits > network.length * 8) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((network[bit / 8] ^ host[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(String text) {
        return address(text) != null;
    }

    private static byte @Nullable [] address(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
