package io.github.dbtc4j.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// One HTTP response, read to its end.
///
/// @param status the HTTP status code
/// @param headers by lower-case name; of a repeated header the first value
/// @param body the bytes as they came, empty when there were none. Neither copied in nor out: do
///   not change them
@SuppressWarnings("ArrayRecordComponent") // a copy of every page read would buy nothing
public record Response(int status, Map<String, String> headers, byte[] body) {

    public Response {
        headers = Map.copyOf(headers);
    }

    /// A response with a text body in UTF-8.
    public static Response of(int status, Map<String, String> headers, String body) {
        return new Response(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /// The body as UTF-8 text.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Returns the value of the header `name`, in upper or lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }
}
