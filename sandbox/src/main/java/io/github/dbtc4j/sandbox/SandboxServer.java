package io.github.dbtc4j.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.dbtc4j.client.Request;
import io.github.dbtc4j.client.Response;
import io.github.dbtc4j.client.Surroundings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves a [Sandbox] over HTTP on this machine's loopback address, and on no other.
///
/// Platform time starts where the sandbox stands and passes `speed` times as fast as the machine's:
/// at 60, one platform minute a second. Everything under `/api/` goes through [#faults] to the
/// sandbox; everything under `/sandbox/` is for whoever runs the sandbox:
///
/// | path | method | what it does |
/// |---|---|---|
/// | `/sandbox/faults` | GET | the faults and how often each has struck |
/// | | POST | adds a [Fault], given as its JSON |
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
/// Both need the sandbox's token: a web page open on the same machine does not have it. After
/// [Sandbox#rotateToken] the first token goes on opening `/sandbox/`.
public final class SandboxServer implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Sandbox sandbox;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Surroundings machine;
    private final PlatformClock clock;
    private final Faults faults;
    private final SandboxControl control;
    private final URI uri;

    /// Starts to serve `sandbox`.
    ///
    /// @param port 0 for a free one: see [#uri]
    /// @param speed platform seconds a second, over 0
    /// @param seed of the faults that strike by chance
    /// @throws IOException when the port cannot be had
    public SandboxServer(Sandbox sandbox, int port, double speed, long seed, Surroundings machine)
            throws IOException {
        this.sandbox = sandbox;
        this.machine = machine;
        clock = new PlatformClock(sandbox.now(), speed, machine);
        faults = new Faults(sandbox::handle, seed);
        control = new SandboxControl(sandbox, faults, clock);
        http = listen(port);
        uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        http.setExecutor(threads);
        http.createContext("/", this::serve);
        http.start();
        threads.execute(this::tick);
    }

    /// `http://127.0.0.1:` and the port.
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
        threads.shutdownNow();
        http.stop(0);
        threads.close();
    }

    private static HttpServer listen(int port) throws IOException {
        var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        try {
            return HttpServer.create(new InetSocketAddress(loopback, port), 0);
        } catch (IOException e) {
            throw new IOException(
                    "could not listen on 127.0.0.1:%d: %s. Choose another port, or 0 for a free one"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    /// Keeps the platform going while nobody asks it anything.
    private void tick() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Instant now = clock.instant();
                faults.advanceTo(now);
                sandbox.advanceTo(now);
                machine.sleep(TICK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        var wire = new Wire(exchange);
        try (exchange) {
            switch (wire.read(uri)) {
                case Wire.Refused(Response refusal) -> wire.write(refusal, clock.instant());
                case Wire.Read(Request request) -> wire.write(answer(request), clock.instant());
            }
        } catch (BrokenConnection broken) {
            wire.writePart(broken, clock.instant());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Response answer(Request request) throws IOException, InterruptedException {
        return request.uri().getPath().startsWith("/sandbox/")
                ? control.handle(request)
                : faults.answer(request, FOREVER, clock, clock::sleep);
    }
}
