package io.github.dbtc4j.sandbox.server;

import java.util.regex.Pattern;

/// Which names a request may call the sandbox's server by.
///
/// Only those that mean this machine's loopback address. A web page can make its own name point
/// there (DNS rebinding); what it sends then still carries that name.
final class LoopbackHost {

    private static final Pattern NAMES =
            Pattern.compile(
                    "(?i)(?:localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?");

    private LoopbackHost() {}

    /// Whether the header `Host` names it.
    static boolean isNamedBy(String host) {
        return NAMES.matcher(host).matches();
    }
}
