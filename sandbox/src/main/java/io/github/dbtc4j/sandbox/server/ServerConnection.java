package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.fault.BrokenConnection;
import io.github.dbtc4j.sandbox.json.TimestampFormat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// One client's connection: HTTP/1.1, kept alive, one request after the other.
///
/// The JDK's own server is of no use here: it writes the machine's time into `Date`, and a client
/// takes the platform's time from there.
final class ServerConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    ServerConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Waits for the next request.
    HttpMessage read() throws IOException {
        return HttpMessage.read(
                in,
                () ->
                        socket.getOutputStream()
                                .write(
                                        "HTTP/1.1 100 Continue\r\n\r\n"
                                                .getBytes(StandardCharsets.US_ASCII)));
    }

    /// @param last whether the connection is closed afterwards
    void write(Response response, Instant now, boolean last) throws IOException {
        write(response, response.body().length, now, last);
    }

    /// Responds to a `HEAD`, which has no body even if its headers announce one.
    void writeHead(Response response, Instant now, boolean last) throws IOException {
        write(response, 0, now, last);
    }

    /// Closes the connection, after what gets through of a broken answer.
    void breakOff(BrokenConnection broken, Instant now) throws IOException {
        if (broken.answer == null) {
            // closed without lingering, the other side sees a reset instead of an orderly end
            socket.setSoLinger(true, 0);
        } else {
            write(broken.answer, Math.min(broken.sent, broken.answer.body().length), now, true);
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static Response detail(int status, String detail) {
        return Response.of(
                status,
                Map.of("content-type", "application/json"),
                Json.write(Map.of("detail", detail)));
    }

    private void write(Response response, int sent, Instant now, boolean last) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("date", TimestampFormat.httpDate(now));
        headers.putAll(response.headers());
        if (response.status() != 204) {
            headers.put("content-length", String.valueOf(response.body().length));
        }
        if (last) {
            headers.put("connection", "close");
        }
        var head = new StringBuilder("HTTP/1.1 " + response.status() + " \r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(Arrays.copyOf(response.body(), sent));
        socket.getOutputStream().write(bytes.toByteArray());
    }
}
