package io.github.dbtc4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy that leads every `CONNECT` on to one port of this machine, and remembers what it was
/// asked.
final class Tunnel implements AutoCloseable {

    /// Instead of credentials: closes the connection without an answer.
    static final String CLOSES = "closes";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final @Nullable String credentials;
    final List<String> heads = new CopyOnWriteArrayList<>();

    /// @param credentials what `Proxy-Authorization` has to be, or null
    Tunnel(int target, @Nullable String credentials) throws IOException {
        this.target = target;
        this.credentials = credentials;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try {
            while (!server.isClosed()) {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> lead(connection));
            }
        } catch (IOException e) {
            // the end of the test
        }
    }

    private void lead(Socket connection) {
        try (connection) {
            String head = head(connection.getInputStream());
            heads.add(head);
            if (CLOSES.equals(credentials)) {
                return;
            }
            if (credentials != null
                    && !head.contains("Proxy-Authorization: " + credentials + "\r\n")) {
                say(connection, "407 Proxy Authentication Required\r\nContent-Length: 0");
                return;
            }
            try (var onward = new Socket(InetAddress.getByName("localhost"), target)) {
                say(connection, "200 Connection established");
                Thread.ofVirtual().start(() -> copy(connection, onward));
                copy(onward, connection);
            }
        } catch (IOException e) {
            // one side has gone, as it may
        }
    }

    private static void say(Socket connection, String text) throws IOException {
        String answer = "HTTP/1.1 " + text + "\r\n\r\n";
        connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one side has gone, as it may
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
