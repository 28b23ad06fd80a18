package io.github.dbtc4j.http;

import java.io.IOException;

/// Carries one request to a platform and brings back its response: the real platform, a sandbox
/// over HTTP, or a sandbox in this process.
///
/// An implementation never follows redirects, never sends anything but a `GET` twice and never
/// interprets the status: its caller decides all of that.
@FunctionalInterface
public interface Transport extends AutoCloseable {

    /// Sends `request` and waits for the whole response, at most `request.timeout()`.
    ///
    /// @throws IOException when no complete response came back. A [java.net.ConnectException],
    ///   [java.net.UnknownHostException] or [javax.net.ssl.SSLHandshakeException] says that the
    ///   request was certainly not received; after any other the platform may or may not have acted
    ///   on it.
    /// @throws InterruptedException when the calling thread was interrupted while it waited
    Response send(Request request) throws IOException, InterruptedException;

    /// Lets go of connections that were left open. Does nothing by default.
    @Override
    default void close() {}
}
