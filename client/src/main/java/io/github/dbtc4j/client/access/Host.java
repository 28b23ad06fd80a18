package io.github.dbtc4j.client.access;

import io.github.dbtc4j.http.Loopback;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a platform lives: the only place the token is ever sent to.
///
/// @param scheme `https`, or `http` on this machine's own loopback addresses
/// @param name the host's name or address, in lower case; IPv6 in brackets
/// @param port the port, or -1 for the scheme's own
public record Host(String scheme, String name, int port) {

    /// The host where nothing else is said. Accounts have their own, `ACCOUNT_PREFIX.us1.dbt.com`;
    /// this one is [about to end][#END_OF_GETDBT].
    public static final String DEFAULT = "cloud.getdbt.com";

    /// When the hosts under `getdbt.com` stop working (docs.getdbt.com, "Migrate your account's
    /// access URL").
    public static final LocalDate END_OF_GETDBT = LocalDate.of(2027, 2, 3);

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?:(?<scheme>[^:/]*)://)?(?<name>\\[[^]]*]|[^:/]*)(?::(?<port>[^/]*))?"
                            + "(?<path>/.*)?");
    private static final Pattern TOKEN = Pattern.compile("^(?:https?://)?dbt[cu]_");
    private static final Pattern OLD_TOKEN = Pattern.compile("[0-9a-f]{32,}");
    private static final String EXPECTED =
            "; expected a host such as ab123.us1.dbt.com, or its https:// address";

    /// Checks the parts.
    public Host {
        boolean loopback = Loopback.is(name);
        if (!loopback && !NAME.matcher(name).matches()) {
            throw refused("it is not a host name");
        }
        if (OLD_TOKEN.matcher(name).matches()) {
            throw refused("it looks like a token");
        }
        switch (scheme) {
            case "https" -> {}
            case "http" -> {
                if (!loopback) {
                    throw refused(
                            "http would send the token unencrypted and is for this machine only"
                                    + " (localhost, 127.0.0.1)");
                }
            }
            default -> throw refused("the scheme is not https");
        }
        if (port != -1 && (port < 1 || port > 65_535)) {
            throw refused("the port is not a number from 1 to 65535");
        }
    }

    /// Whether it is one of the hosts that accounts shared, or that were named after them, before
    /// each had its own: these stop working on [#END_OF_GETDBT].
    public boolean isGetdbt() {
        return name.endsWith(".getdbt.com");
    }

    /// Reads what people write for a host: with or without scheme, port, `/api`, `/api/v2`,
    /// `/api/v3` and trailing slash.
    ///
    /// @throws IllegalArgumentException when it is anything else. The message says what is wrong
    ///   and repeats nothing of `text`, which may hold a token by mistake
    public static Host parse(String text) {
        String address = text.strip();
        if (address.isEmpty()) {
            throw refused("it is empty");
        }
        if (Unfilled.is(address)) {
            throw refused("it is the name of a variable that was not filled in");
        }
        if (TOKEN.matcher(address).find()) {
            throw refused("it looks like a token");
        }
        if (address.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw refused("it contains white space");
        }
        if (address.contains("@")) {
            throw refused("it contains user information (the part before @)");
        }
        if (address.contains("?") || address.contains("#")) {
            throw refused("it contains a query or a fragment");
        }
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw refused("it is not an address");
        }
        String scheme = parts.group("scheme");
        String port = parts.group("port");
        String path = parts.group("path");
        if (path != null && !path.matches("(?:/api(?:/v[23])?)?/?")) {
            throw refused("it has a path other than /api");
        }
        return new Host(
                scheme == null ? "https" : scheme.toLowerCase(Locale.ROOT),
                parts.group("name").toLowerCase(Locale.ROOT),
                port == null ? -1 : port(port));
    }

    /// The address of `path`, which begins with a slash and may end in a query.
    ///
    /// @throws IllegalArgumentException when `path` is not a path
    public URI at(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the path must begin with a slash, such as /api/v2/accounts/1/");
        }
        return URI.create(this + ascii(path));
    }

    /// Whether it is this machine itself.
    public boolean isLoopback() {
        return Loopback.is(name);
    }

    /// `scheme://name` or `scheme://name:port`.
    @Override
    public String toString() {
        return scheme + "://" + name + (port == -1 ? "" : ":" + port);
    }

    /// `path` with everything outside ASCII percent-encoded, which a request cannot carry.
    private static String ascii(String path) {
        if (isAscii(path)) {
            return path;
        }
        var encoded = new StringBuilder();
        for (byte each : utf8(path)) {
            if (each < 0) {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            } else {
                encoded.append((char) each);
            }
        }
        return encoded.toString();
    }

    private static boolean isAscii(String path) {
        for (int at = 0; at < path.length(); at++) {
            if (path.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static byte[] utf8(String path) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(path));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the path holds half a letter (a surrogate)", e);
        }
    }

    private static int port(String digits) {
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the host cannot be used: " + why + EXPECTED);
    }
}
