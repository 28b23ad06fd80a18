package io.github.dbtc4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A server whose every answer begins with one text and goes on with another until the client
/// leaves.
final class Flood implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] start;
    private final byte[] more;
    private final Duration pause;
    final AtomicInteger requests = new AtomicInteger();

    /// @param pause before each repetition of `more`
    Flood(String start, String more, Duration pause) throws IOException {
        this.start = start.getBytes(ISO_8859_1);
        this.more = more.getBytes(ISO_8859_1);
        this.pause = pause;
        Thread.ofVirtual().start(this::serve);
    }

    ClientOptions options() {
        return ClientOptions.defaults()
                .host("http://127.0.0.1:" + server.getLocalPort())
                .token("dbtc_canary");
    }

    private void serve() {
        try {
            while (!server.isClosed()) {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> flood(connection));
            }
        } catch (IOException e) {
            // the end of the test
        }
    }

    private void flood(Socket connection) {
        try (connection) {
            readHead(connection.getInputStream());
            requests.incrementAndGet();
            OutputStream out = connection.getOutputStream();
            out.write(start);
            while (true) {
                Thread.sleep(pause);
                out.write(more);
            }
        } catch (IOException e) {
            // the client has gone, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        while (last != 0x0d0a0d0a) {
            last = last << 8 | in.read();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
