package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// A connection that a [Fault.Reset] closed.
final class BrokenConnection extends IOException {

    private static final long serialVersionUID = 1;

    /// What the platform answered, of which [#sent] bytes of body got through; null when nothing
    /// did.
    final transient @Nullable Response answer;

    final int sent;

    BrokenConnection(@Nullable Response answer, int sent) {
        super("connection reset by a fault of the sandbox");
        this.answer = answer;
        this.sent = sent;
    }
}
