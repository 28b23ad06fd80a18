package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.BrokenConnection;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.sandbox.webhook.LoopbackSender;
import io.github.dbtc4j.sandbox.webhook.Webhooks;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLContext;

/// Serves a [Sandbox] over HTTP on this machine's loopback address, and on no other.
///
/// Platform time starts where the sandbox stands and passes `speed` times as fast as the machine's:
/// at 60, one platform minute a second. Everything under `/api/` goes through [#faults] to the
/// sandbox; everything under `/sandbox/` controls the sandbox itself:
///
/// | path | method | what it does |
/// |---|---|---|
/// | `/sandbox/faults` | GET | the faults and how often each has struck |
/// | | POST | adds a fault, given as its JSON |
/// | | DELETE | removes all faults |
/// | `/sandbox/history` | GET | what truly happened, oldest first; `?since=` an instant |
/// | `/sandbox/clock` | GET | platform time and speed |
/// | | POST | `{"advance_seconds": 90}` pushes platform time ahead |
/// | `/sandbox/rules` | POST | decides how coming runs go: `job_id`, `contains`, `times`, `ending` (`success`, `failing_node`, `unknown_commit`, `internal_error`), `failing_node`, `prep_seconds`, `execution_seconds`, `cancel_seconds`, all optional |
/// | `/sandbox/run_slots` | POST | `{"run_slots": 3}`, or null for an account that does not tell |
/// | `/sandbox/jobs/{id}` | POST | edits a job as a user would: the changed fields |
/// | | DELETE | deletes a job as a user would |
/// | `/sandbox/jobs/{id}/run` | POST | starts a run as a user would: `{"cause": "…"}` |
/// | `/sandbox/runs/{id}/cancel` | POST | cancels a run as a user would |
///
/// Webhooks are delivered to this machine's loopback addresses only.
///
/// Every path needs the sandbox's token: a web page open on the same machine does not have it.
/// After [Sandbox#rotateToken] the first token goes on opening `/sandbox/`.
public final class SandboxServer implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Sandbox sandbox;
    private final ServerSocket port;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SystemContext machine;
    private final PlatformClock clock;
    private final Faults faults;
    private final LoopbackSender sender = new LoopbackSender();
    private final Webhooks webhooks;
    private final SandboxControl control;
    private final URI uri;

    /// Starts to serve `sandbox`.
    ///
    /// @param port 0 for a free one: see [#uri]
    /// @param speed platform seconds a second, over 0
    /// @param seed of the faults that strike by chance and of the webhooks' secrets
    /// @throws IOException when the port cannot be had
    public SandboxServer(Sandbox sandbox, int port, double speed, long seed, SystemContext machine)
            throws IOException {
        this(sandbox, port, speed, seed, machine, null);
    }

    /// The same over TLS, at `https://127.0.0.1`.
    ///
    /// @param secured with a certificate for that address, or null for none of it
    public SandboxServer(
            Sandbox sandbox,
            int port,
            double speed,
            long seed,
            SystemContext machine,
            @Nullable SSLContext secured)
            throws IOException {
        this.sandbox = sandbox;
        this.machine = machine;
        clock = new PlatformClock(sandbox.now(), speed, machine);
        faults = new Faults(sandbox::handle, seed);
        webhooks = new Webhooks(sandbox, seed, sender);
        control = new SandboxControl(sandbox, faults, clock);
        this.port = listen(port, secured);
        String scheme = secured == null ? "http" : "https";
        uri = URI.create(scheme + "://127.0.0.1:" + this.port.getLocalPort());
        threads.execute(this::accept);
        threads.execute(this::tick);
    }

    /// `http://127.0.0.1:` or `https://127.0.0.1:`, and the port.
    public URI uri() {
        return uri;
    }

    /// The faults between clients and the platform, none at first.
    public Faults faults() {
        return faults;
    }

    /// The present moment on the platform.
    public Instant now() {
        return clock.instant();
    }

    /// Stops at once: requests under way get no answer, the port is free afterwards.
    @Override
    public void close() {
        closeQuietly(port);
        connections.forEach(SandboxServer::closeQuietly);
        threads.shutdownNow();
        sender.close();
        threads.close();
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
            connections.forEach(SandboxServer::closeQuietly);
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
        if (!METHODS.contains(request.method())) {
            return ServerConnection.detail(405, "Method \"" + request.method() + "\" not allowed.");
        }
        return request.uri().getPath().startsWith("/sandbox/")
                ? control.handle(request)
                : faults.answer(request, FOREVER, clock, clock::sleep);
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
    }

    /// Lets the platform's time pass while no request comes.
    private void tick() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Instant now = clock.instant();
                faults.advanceTo(now);
                sandbox.advanceTo(now);
                for (Webhooks.Delivery due : webhooks.due(now)) {
                    threads.execute(() -> deliver(due));
                }
                machine.sleep(TICK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Webhooks.Delivery due) {
        try {
            webhooks.attempt(due, clock);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
