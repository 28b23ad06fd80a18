package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.sandbox.webhook.LoopbackSender;
import io.github.dbtc4j.sandbox.webhook.Webhooks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

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
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Sandbox sandbox;
    private final LoopbackServer server;
    private final SystemContext machine;
    private final PlatformClock clock;
    private final Faults faults;
    private final LoopbackSender sender = new LoopbackSender();
    private final Webhooks webhooks;
    private final SandboxControl control;

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
        server = new LoopbackServer(port, secured, clock, this::answer);
        server.start();
        server.execute(this::tick);
    }

    /// `http://127.0.0.1:` or `https://127.0.0.1:`, and the port.
    public URI uri() {
        return server.uri();
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
        server.close(sender::close);
    }

    private Response answer(Request request) throws IOException, InterruptedException {
        return request.uri().getPath().startsWith("/sandbox/")
                ? control.handle(request)
                : faults.answer(request, FOREVER, clock, clock::sleep);
    }

    /// Lets the platform's time pass while no request comes.
    private void tick() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Instant now = clock.instant();
                faults.advanceTo(now);
                sandbox.advanceTo(now);
                for (Webhooks.Delivery due : webhooks.due(now)) {
                    server.execute(() -> deliver(due));
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
