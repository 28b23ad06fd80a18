package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/// Carries requests over HTTP/1.1 with the JDK's own client.
///
/// Reads go over a connection that an earlier request left open. What may change something gets a
/// new one: the platform closes connections that were idle, and a request that meets such an end
/// leaves the question whether it arrived. Hence a JDK client for each connection: there is no
/// other way to ask it for a new one.
public final class HttpTransport implements Transport {

    /// How many bytes a response may have where nothing else is said.
    public static final long LARGEST_RESPONSE = 64L << 20;

    private static final int MOST_IDLE = 4;

    private final long largest;
    private final HttpConnection.Way way;
    private final Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean quick = RealSystemContext.property("jdk.tls.namedGroups") == null;

    public HttpTransport(Duration connectTimeout) {
        this(connectTimeout, LARGEST_RESPONSE);
    }

    /// @param largest bytes of a body at most
    public HttpTransport(Duration connectTimeout, long largest) {
        this(
                connectTimeout,
                largest,
                ProxySelector.getDefault(),
                Authorities.of(null, Map.of()),
                RealSystemContext.INSTANCE);
    }

    /// @param largest bytes of a body at most
    public HttpTransport(Duration connectTimeout, long largest, ServerRoute route) {
        this(
                largest,
                new HttpConnection.Way(
                        connectTimeout,
                        route.proxies(),
                        route.proxy() == null ? null : route.proxy().authorization(),
                        route.authorities(),
                        RealSystemContext.INSTANCE));
        if (route.secure()) {
            route.authorities().loadSoon();
        }
    }

    /// @param proxies null for none
    /// @param secured asked only for an `https://` address: to load the certificates takes long
    HttpTransport(
            Duration connectTimeout,
            long largest,
            @Nullable ProxySelector proxies,
            Supplier<SSLContext> secured,
            SystemContext machine) {
        this(largest, new HttpConnection.Way(connectTimeout, proxies, null, secured, machine));
    }

    private HttpTransport(long largest, HttpConnection.Way way) {
        this.largest = largest;
        this.way = way;
    }

    @Override
    public Response send(Request request) throws IOException, InterruptedException {
        long start = way.machine().nanoTime();
        try {
            return sendOnce(request);
        } catch (SSLHandshakeException e) {
            if (!quick || HttpFailures.isAboutCertificates(e)) {
                throw e;
            }
            quick = false; // the server may know other groups only; nothing was sent yet
            return sendOnce(request.after(Duration.ofNanos(way.machine().nanoTime() - start)));
        }
    }

    private Response sendOnce(Request request) throws IOException, InterruptedException {
        HttpConnection connection = connection(request);
        boolean whole = false;
        try {
            Response response = connection.exchange(request, largest);
            whole = true;
            return response;
        } finally {
            if (whole && idle.size() < MOST_IDLE) {
                idle.push(connection);
            } else {
                connection.close();
            }
        }
    }

    private HttpConnection connection(Request request) {
        boolean read = request.method().equals("GET");
        for (HttpConnection left = idle.poll(); left != null; left = idle.poll()) {
            if (read && left.canCarry(request.uri())) {
                return left;
            }
            left.close();
            if (!read) {
                break; // the new connection takes its place
            }
        }
        return new HttpConnection(request.uri(), way, quick);
    }

    @Override
    public void close() {
        for (HttpConnection left = idle.poll(); left != null; left = idle.poll()) {
            left.close();
        }
    }
}
