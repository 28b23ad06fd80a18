package io.github.dbtc4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// A server that answers each request with the next of the given texts, as they are; an empty one
/// closes the connection. It remembers the connection and first line of each request.
public final class Wire implements AutoCloseable {

    /// At the end of an answer: the connection is closed behind it.
    static final String CLOSE = "<closes>";

    private final ServerSocket server;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    public final List<String> received = new CopyOnWriteArrayList<>();
    public final List<String> heads = new CopyOnWriteArrayList<>();

    /// Down to zero when a client has left.
    public final CountDownLatch ended = new CountDownLatch(1);

    public Wire(String... answers) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    }

    public Wire(ServerSocket server, String... answers) {
        this.server = server;
        this.answers.addAll(List.of(answers));
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    Request request(String method, String body) {
        return request(method, "http://127.0.0.1", body);
    }

    /// @param host with its scheme, without the port
    Request request(String method, String host, String body) {
        return new Request(
                method,
                URI.create(host + ":" + port() + "/api/?a=b"),
                Map.of("Authorization", "Bearer canary"),
                body.isEmpty() ? null : body,
                Duration.ofSeconds(30));
    }

    private void serve() {
        for (int number = 1; !server.isClosed(); number++) {
            try {
                Socket connection = server.accept();
                String name = "connection " + number;
                Thread.ofVirtual().start(() -> serve(connection, name));
            } catch (IOException e) {
                return; // the end of the test
            }
        }
    }

    private void serve(Socket connection, String name) {
        try (connection) {
            InputStream in = connection.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                received.add(name + ": " + head.lines().findFirst().orElse(""));
                skipBody(in, head);
                String answer = answers.take();
                if (answer.isEmpty()) {
                    return;
                }
                String text = answer.replace(CLOSE, "");
                connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                if (answer.endsWith(CLOSE)) {
                    return;
                }
            }
            ended.countDown();
        } catch (IOException e) {
            // the client has gone, as it may
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static void skipBody(InputStream in, String head) throws IOException {
        for (String line : head.lines().toList()) {
            if (line.startsWith("Content-Length: ")) {
                in.readNBytes(Integer.parseInt(line.substring(16)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
