package io.github.dbtc4j.sandbox;

import com.sun.net.httpserver.HttpExchange;

import io.github.dbtc4j.client.Json;
import io.github.dbtc4j.client.Request;
import io.github.dbtc4j.client.Response;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One HTTP exchange, seen as a [Request] and a [Response].
final class Wire {

    /// More than any body of the API by far; what is longer is refused unread.
    static final int LARGEST_BODY = 1 << 20;

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /// The only form of `Date` that RFC 9110 lets a server send. The one of the JDK,
    /// `RFC_1123_DATE_TIME`, drops the leading zero of the day.
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private final HttpExchange exchange;

    Wire(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /// What came in.
    sealed interface Incoming {}

    record Read(Request request) implements Incoming {}

    record Refused(Response response) implements Incoming {}

    Incoming read(URI base) throws IOException {
        String method = exchange.getRequestMethod();
        if (!METHODS.contains(method)) {
            return refused(405, "Method \"" + method + "\" not allowed.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            exchange.getResponseHeaders().set("Connection", "close");
            return refused(413, "Request body is larger than " + LARGEST_BODY + " bytes.");
        }
        if (exchange.getRequestURI().isAbsolute()) {
            return refused(400, "Request target is not a path.");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return new Read(
                    new Request(
                            method,
                            URI.create(base.toString() + exchange.getRequestURI()),
                            headers(),
                            text.isEmpty() ? null : text,
                            Duration.ZERO));
        } catch (CharacterCodingException e) {
            return refused(400, "Request body is not UTF-8.");
        } catch (IllegalArgumentException e) {
            return refused(400, "Request target is not a path.");
        }
    }

    void write(Response response, Instant now) throws IOException {
        start(response, now);
        exchange.getResponseBody().write(response.body());
    }

    /// Sends what gets through of a broken answer and closes the connection.
    void writePart(BrokenConnection broken, Instant now) throws IOException {
        if (broken.answer != null) {
            start(broken.answer, now);
            byte[] body = broken.answer.body();
            exchange.getResponseBody()
                    .write(Arrays.copyOf(body, Math.min(broken.sent, body.length)));
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    private void start(Response response, Instant now) throws IOException {
        var headers = exchange.getResponseHeaders();
        response.headers().forEach(headers::set);
        headers.remove("Content-Length");
        if (!headers.containsKey("Date")) {
            headers.set("Date", HTTP_DATE.format(now));
        }
        boolean empty = response.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
    }

    private static Refused refused(int status, String detail) {
        return new Refused(
                Response.of(
                        status,
                        Map.of("content-type", "application/json"),
                        Json.write(Map.of("detail", detail))));
    }

    /// With the names as they are usually written; the JDK's server makes `Content-type` of them.
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(usual(name), values.getFirst()));
        return headers;
    }

    private static String usual(String name) {
        return Arrays.stream(name.split("-"))
                .map(part ->
                        part.isEmpty()
                                ? part
                                : part.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }
}
