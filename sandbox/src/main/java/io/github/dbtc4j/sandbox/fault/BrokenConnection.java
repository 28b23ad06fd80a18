package io.github.dbtc4j.sandbox.fault;

import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// A connection that a [Fault.Reset] closed.
public final class BrokenConnection extends IOException {

    private static final long serialVersionUID = 1;

    /// What the platform answered, of which [#sent] bytes of body got through; null when nothing
    /// did.
    public final transient @Nullable Response answer;

    public final int sent;

    BrokenConnection(@Nullable Response answer, int sent) {
        super("connection reset by a fault of the sandbox");
        this.answer = answer;
        this.sent = sent;
    }
}
