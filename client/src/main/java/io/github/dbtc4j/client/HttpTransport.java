package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import javax.net.ssl.SSLSocketFactory;

/// Carries requests over HTTP/1.1, through the proxy that Java's system properties name if there is
/// one.
///
/// Reads go over a connection that an earlier request left open. What may change something gets a
/// new one: the platform closes connections that were idle, and a request that meets such an end
/// leaves the question whether it arrived.
final class HttpTransport implements Transport {

    private static final int MOST_IDLE = 4;

    private final long largest;
    private final HttpConnection.Way way;
    private final Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

    HttpTransport(Duration connectTimeout) {
        this(connectTimeout, DbtCloudClient.LARGEST_RESPONSE);
    }

    /// @param largest bytes of a body at most
    HttpTransport(Duration connectTimeout, long largest) {
        this(
                connectTimeout,
                largest,
                ProxySelector.getDefault(),
                HttpTransport::secured,
                ThisMachine.INSTANCE);
    }

    /// @param proxies null for none
    /// @param secured asked only for an `https://` address: to load the certificates takes long
    HttpTransport(
            Duration connectTimeout,
            long largest,
            @Nullable ProxySelector proxies,
            Supplier<SSLSocketFactory> secured,
            Surroundings machine) {
        this.largest = largest;
        this.way = new HttpConnection.Way(connectTimeout, proxies, secured, machine);
    }

    private static SSLSocketFactory secured() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    /// What happens on the socket happens on a thread of its own, which ends when the socket is
    /// closed: that is how a caller who is interrupted, or whose time is over, gets away at once.
    @Override
    public Response send(Request request) throws IOException, InterruptedException {
        HttpConnection connection = connection(request);
        var answer = new FutureTask<>(() -> connection.exchange(request, largest));
        Thread thread = new Thread(answer, "dbtc4j-http");
        thread.setDaemon(true);
        thread.start();
        boolean whole = false;
        try {
            Response response = answer.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
            whole = true;
            return response;
        } catch (TimeoutException e) {
            var timeout =
                    new SocketTimeoutException(
                            "no complete answer within " + request.timeout().toMillis() + " ms");
            timeout.initCause(e);
            throw timeout;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (whole && connection.isReusable() && idle.size() < MOST_IDLE) {
                idle.push(connection);
            } else {
                connection.close();
            }
        }
    }

    private static IOException failure(@Nullable Throwable thrown) {
        return switch (thrown) {
            case IOException io -> io;
            case RuntimeException mistake -> throw mistake;
            case Error error -> throw error; // no fault of the network: to try again heals nothing
            case null, default -> new IOException("" + thrown, thrown);
        };
    }

    private HttpConnection connection(Request request) {
        if (request.method().equals("GET")) {
            for (HttpConnection left = idle.poll(); left != null; left = idle.poll()) {
                if (left.canCarry(request.uri())) {
                    return left;
                }
                left.close();
            }
        }
        return new HttpConnection(request.uri(), way);
    }
}
