package io.github.dbtc4j.sandbox.webhook;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Carries one webhook delivery to its receiver: over loopback in a `SandboxServer`, to a plain
/// function where no network is wanted.
@FunctionalInterface
public interface WebhookSender {

    /// Posts `body` and returns the receiver's HTTP status.
    ///
    /// @throws IOException when no answer came, for the platform within 10 seconds
    /// @throws InterruptedException when the calling thread was interrupted while it waited
    int send(URI target, Map<String, String> headers, String body)
            throws IOException, InterruptedException;

    /// Looks at a target before anything is sent there; by default anything goes.
    ///
    /// @throws IllegalArgumentException when this sender will not send there; the message says why
    default void check(URI target) {}
}
