package io.github.dbtc4j.http;

import java.util.regex.Pattern;

/// Names and addresses by which a machine calls itself.
public final class Loopback {

    private static final String NUMBER = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern NAMES =
            Pattern.compile("localhost|\\[::1]|127(?:\\." + NUMBER + "){3}");

    private Loopback() {}

    /// Whether `name`, in lower case and with IPv6 in brackets, is such a name or address.
    public static boolean is(String name) {
        return NAMES.matcher(name).matches();
    }
}
