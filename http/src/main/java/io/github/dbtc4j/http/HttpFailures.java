package io.github.dbtc4j.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// Says in the terms of [Transport#send] what the JDK's client reports in its own.
///
/// @param uri where the request was to go
/// @param unsent whether nothing of the request was sent, since its connection was not secure yet
/// @param largest bytes of a body at most
record HttpFailures(URI uri, boolean unsent, long largest) {

    private static final int DEEPEST = 20;
    private static final String TUNNEL = "Tunnel failed, got: ";

    /// No complete answer came in time.
    IOException late(Duration timeout, Exception why) {
        String said = "no complete answer within " + timeout.toMillis() + " ms";
        return caused(unsent ? new ConnectException(said) : new SocketTimeoutException(said), why);
    }

    /// What `thrown` and its causes mean.
    ///
    /// @throws Error when one of them is an error: that is no fault of the network, and nothing to
    ///   try again
    IOException of(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        first(causes, Error.class)
                .ifPresent(error -> {
                    throw error;
                });
        IOException meaning = meaning(causes);
        return meaning.getCause() == null && !causes.contains(meaning)
                ? caused(meaning, thrown)
                : meaning;
    }

    /// The proxy wants to know who asks.
    ///
    /// @param asked whether it was given a user and a password
    static IOException refusedByProxy(boolean asked) {
        String disabled =
                RealSystemContext.propertyOr("jdk.http.auth.tunneling.disabledSchemes", "Basic");
        boolean kept = asked && disabled.toLowerCase(Locale.ROOT).contains("basic");
        String next =
                kept
                        ? "Java kept them back: set its property"
                                + " jdk.http.auth.tunneling.disabledSchemes to nothing."
                        : asked
                                ? "It did not accept the user and password it was given; correct"
                                        + " them in the variable that names it."
                                : "Give it a user and a password:"
                                        + " HTTPS_PROXY=http://user:password@host:port.";
        return new UnreachableException("the proxy answered HTTP 407", next, null);
    }

    private IOException meaning(List<Throwable> causes) {
        Optional<TooLargeException> tooLarge = first(causes, TooLargeException.class);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        if (says(causes, "body exceeds capacity")) {
            return TooLargeException.ofBody(largest);
        }
        if (says(causes, "Header size too big")) {
            return TooLargeException.ofHead(HttpConnection.LARGEST_HEAD);
        }
        if (says(causes, "Chunk header size too long")) {
            return TooLargeException.ofChunkHead();
        }
        if (says(causes, "Too many interim responses")) {
            return TooLargeException.ofAnnouncements();
        }
        if (first(causes, UnresolvedAddressException.class).isPresent()) {
            return new UnknownHostException(uri.getHost());
        }
        if (first(causes, HttpConnectTimeoutException.class).isPresent()) {
            return new ConnectException("it took too long");
        }
        if (says(causes, TUNNEL)) {
            return new ConnectException(
                    innermost(causes).replace(TUNNEL, "the proxy answered HTTP "));
        }
        if (first(causes, ConnectException.class).isPresent()) {
            String said = innermost(causes);
            return new ConnectException(
                    said.isEmpty() || said.contains("refused") ? "refused" : said);
        }
        if (unsent) {
            return first(causes, SSLException.class).isPresent()
                    ? new SSLHandshakeException(innermost(causes))
                    : new ConnectException(innermost(causes));
        }
        return broken(causes);
    }

    /// The request was sent, but its answer did not come, or not whole.
    private static IOException broken(List<Throwable> causes) {
        if (says(causes, "received no bytes")) {
            return new IOException("the connection was closed without an answer");
        }
        if (first(causes, EOFException.class).isPresent()) {
            return new EOFException("the connection was closed in the middle of the answer");
        }
        return first(causes, SocketException.class).isPresent()
                ? new IOException(innermost(causes))
                : new IOException("the answer cannot be read: " + innermost(causes));
    }

    /// Whether it is the other side's certificate that was not accepted.
    static boolean isAboutCertificates(SSLHandshakeException e) {
        return first(causes(e), CertificateException.class).isPresent();
    }

    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static boolean says(List<Throwable> causes, String text) {
        return causes.stream()
                .anyMatch(throwable -> String.valueOf(throwable.getMessage()).contains(text));
    }

    /// The last message, which is the nearest to what happened.
    private static String innermost(List<Throwable> causes) {
        return causes.reversed().stream()
                .filter(throwable -> !(throwable instanceof ExecutionException))
                .map(Throwable::getMessage)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static IOException caused(IOException e, Throwable cause) {
        e.initCause(cause);
        return e;
    }
}
