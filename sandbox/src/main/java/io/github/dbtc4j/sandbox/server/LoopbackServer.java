package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.fault.BrokenConnection;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLContext;

/// Answers HTTP requests on this machine's loopback address, and on no other.
final class LoopbackServer implements AutoCloseable {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final ServerSocket port;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Responder responder;
    private final InstantSource clock;
    private final URI uri;

    /// Answers one request.
    @FunctionalInterface
    interface Responder {
        Response answer(Request request) throws IOException, InterruptedException;
    }

    /// Begins to listen; nothing is answered before [#start].
    ///
    /// @param port 0 for a free one
    /// @param secured for TLS, with a certificate for 127.0.0.1; null for none of it
    /// @param clock what `Date` says
    /// @throws IOException when the port cannot be had
    LoopbackServer(int port, @Nullable SSLContext secured, InstantSource clock, Responder responder)
            throws IOException {
        this.responder = responder;
        this.clock = clock;
        this.port = listen(port, secured);
        String scheme = secured == null ? "http" : "https";
        uri = URI.create(scheme + "://127.0.0.1:" + this.port.getLocalPort());
    }

    void start() {
        threads.execute(this::accept);
    }

    URI uri() {
        return uri;
    }

    /// Does something beside answering, until this server is closed.
    void execute(Runnable task) {
        threads.execute(task);
    }

    /// Stops at once: requests under way get no answer, the port is free afterwards.
    ///
    /// @param others what else is in use until all threads have ended
    void close(Closeable others) {
        closeQuietly(port);
        connections.forEach(LoopbackServer::closeQuietly);
        threads.shutdownNow();
        closeQuietly(others);
        threads.close();
    }

    @Override
    public void close() {
        close(() -> {});
    }

    private static ServerSocket listen(int port, @Nullable SSLContext secured) throws IOException {
        var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        ServerSocket socket =
                secured == null
                        ? new ServerSocket()
                        : secured.getServerSocketFactory().createServerSocket();
        try {
            // a port is free even while its last connections are still closing
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback, port), 256);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "could not listen on 127.0.0.1:%d: %s. Choose another port, or 0 for a free one"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = port.accept();
                connections.add(connection);
                threads.execute(() -> talk(connection));
            }
        } catch (IOException | RejectedExecutionException closed) {
            connections.forEach(LoopbackServer::closeQuietly);
        }
    }

    /// Answers one client until it, or this server, closes the connection.
    private void talk(Socket socket) {
        try (var connection = new ServerConnection(socket)) {
            boolean open = true;
            while (open) {
                open = answer(connection.read(), connection);
            }
        } catch (IOException gone) {
            // the client has gone: no one is left to respond to
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /// @return whether another request may follow
    private boolean answer(HttpMessage message, ServerConnection connection)
            throws IOException, InterruptedException {
        return switch (message) {
            case HttpMessage.End() -> false;
            case HttpMessage.Refused(int status, String reason) -> {
                connection.write(ServerConnection.detail(status, reason), clock.instant(), true);
                yield false;
            }
            case HttpMessage.Read(Request request, boolean last) -> {
                try {
                    Response response = answer(request);
                    if (request.method().equals("HEAD")) {
                        connection.writeHead(response, clock.instant(), last);
                    } else {
                        connection.write(response, clock.instant(), last);
                    }
                    yield !last;
                } catch (BrokenConnection broken) {
                    connection.breakOff(broken, clock.instant());
                    yield false;
                }
            }
        };
    }

    private Response answer(Request request) throws IOException, InterruptedException {
        return METHODS.contains(request.method())
                ? responder.answer(request)
                : ServerConnection.detail(405, "Method \"" + request.method() + "\" not allowed.");
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
    }
}
