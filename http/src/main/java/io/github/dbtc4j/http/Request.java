package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// One HTTP request.
///
/// @param method `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
/// @param uri absolute, with its query
/// @param headers by name; `Authorization` is among them, which is why [#toString] leaves them out
/// @param body JSON text, or null for a request without a body
/// @param timeout how long to wait for the whole response
public record Request(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable String body,
        Duration timeout) {

    public Request {
        headers = Map.copyOf(headers);
    }

    /// This request after some of its time has passed.
    Request after(Duration passed) {
        return new Request(method, uri, headers, body, timeout.minus(passed));
    }

    /// Method and address only: headers carry the token, bodies may carry secrets.
    @Override
    public String toString() {
        return method + " " + uri;
    }
}
