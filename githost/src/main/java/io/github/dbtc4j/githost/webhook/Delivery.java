package io.github.dbtc4j.githost.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One webhook as it came in.
public final class Delivery {

    private final Map<String, String> headers = new TreeMap<>();
    private final byte[] body;

    /// @param headers by name, in any case
    /// @param body the bytes that were sent: a signature is of these and of no others
    public Delivery(Map<String, String> headers, byte[] body) {
        headers.forEach((name, value) -> this.headers.put(name.toLowerCase(Locale.ROOT), value));
        this.body = body.clone();
    }

    /// The value of a header; empty where there is none or it is blank.
    ///
    /// @param name in lower case
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    byte[] body() {
        return body;
    }
}
