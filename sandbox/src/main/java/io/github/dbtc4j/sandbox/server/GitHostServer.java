package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.sandbox.githost.GitHostBox;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;

/// Serves a [GitHostBox] over HTTP on this machine's loopback address, and on no other.
public final class GitHostServer implements AutoCloseable {

    private final LoopbackServer server;

    /// Starts to serve `host`.
    ///
    /// @param port 0 for a free one: see [#uri]
    /// @throws IOException when the port cannot be had
    public GitHostServer(GitHostBox host, int port, InstantSource clock) throws IOException {
        server =
                new LoopbackServer(
                        port, null, clock, request -> host.handle(request, clock.instant()));
        server.start();
    }

    /// `http://127.0.0.1:` and the port.
    public URI uri() {
        return server.uri();
    }

    /// Stops at once: requests under way get no answer, the port is free afterwards.
    @Override
    public void close() {
        server.close();
    }
}
