package io.github.dbtc4j.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Requests as HTTP/1.1 writes them ([RFC
/// 9112](https://www.rfc-editor.org/rfc/rfc9112#name-message)).
final class HttpRequestText {

    private HttpRequestText() {}

    /// @param absolute whether to name the host in the first line too, as a proxy wants it
    /// @throws IllegalArgumentException when a header would become two lines
    static byte[] of(Request request, boolean absolute) {
        URI uri = request.uri();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String origin = absolute ? uri.getScheme() + "://" + uri.getRawAuthority() : "";
        var head = new StringBuilder();
        line(head, request.method() + " " + origin + target + " HTTP/1.1");
        line(head, "Host: " + uri.getRawAuthority());
        request.headers().forEach((name, value) -> line(head, name + ": " + value));
        byte[] body =
                request.body() == null
                        ? new byte[0]
                        : request.body().getBytes(StandardCharsets.UTF_8);
        if (request.body() != null || hasContent(request.method())) {
            line(head, "Content-Length: " + body.length);
        }
        line(head, "");
        var whole = new ByteArrayOutputStream(head.length() + body.length);
        whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    /// The request to a proxy to lead on to `authority`, a host and port.
    static byte[] ofTunnel(String authority) {
        var head = new StringBuilder();
        line(head, "CONNECT " + authority + " HTTP/1.1");
        line(head, "Host: " + authority);
        line(head, "");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void line(StringBuilder head, String line) {
        if (line.chars().anyMatch(it -> it < ' ' && it != '\t')) {
            throw new IllegalArgumentException("a header must not hold control characters");
        }
        head.append(line).append("\r\n");
    }

    /// Whether servers expect to be told of a body's length even where there is none.
    private static boolean hasContent(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }
}
