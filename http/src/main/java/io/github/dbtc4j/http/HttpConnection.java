package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// One connection to one host, made by the first request that is sent over it.
///
/// All but [#close] is for one thread at a time.
final class HttpConnection implements Closeable {

    /// Shorter than servers commonly keep a connection that nothing comes over.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    /// Bytes of a response's first line and headers at most: the JDK's own limit, unless the
    /// property `jdk.http.maxHeaderSize` says otherwise.
    static final int LARGEST_HEAD = 393_216;

    /// How connections are made.
    ///
    /// @param timeout how long it may take until there is one, not counting its encryption
    /// @param proxies null for none
    /// @param authorization the value of `Proxy-Authorization`, or null
    /// @param secured what encrypts a connection, asked only when one is to be encrypted
    /// @param machine whose time says how long a connection was idle
    record Way(
            Duration timeout,
            @Nullable ProxySelector proxies,
            @Nullable String authorization,
            Supplier<SSLContext> secured,
            SystemContext machine) {}

    private final URI uri;
    private final Way way;
    private final Handshakes handshakes;
    private final boolean quick;
    private @Nullable HttpClient client;
    private long idleSince;

    /// @param uri names the host
    /// @param quick whether to offer the quick group only when keys are agreed on
    HttpConnection(URI uri, Way way, boolean quick) {
        this.uri = uri;
        this.way = way;
        this.quick = quick;
        this.handshakes = new Handshakes(way.secured());
    }

    /// Sends `request` and reads its response.
    ///
    /// @param largest bytes of a body at most
    /// @throws IOException as [Transport#send] words it
    Response exchange(Request request, long largest) throws IOException, InterruptedException {
        HttpClient client = client();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(request), info -> body(info, largest));
        try {
            HttpResponse<byte[]> response =
                    answer.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
            idleSince = way.machine().nanoTime();
            if (response.statusCode() == 407 && isSecure()) {
                throw HttpFailures.refusedByProxy(way.authorization() != null);
            }
            return response(response);
        } catch (TimeoutException e) {
            answer.cancel(true); // nothing is sent after this
            throw failures(largest).late(request.timeout(), e);
        } catch (ExecutionException e) {
            throw failures(largest).of(e);
        }
    }

    /// Whether it leads where `target` is, and was used lately.
    boolean canCarry(URI target) {
        return target.getScheme().equals(uri.getScheme())
                && target.getRawAuthority().equals(uri.getRawAuthority())
                && way.machine().nanoTime() - idleSince < LONGEST_IDLE.toNanos();
    }

    private HttpFailures failures(long largest) {
        return new HttpFailures(uri, isSecure() && !handshakes.isDone(), largest);
    }

    private boolean isSecure() {
        return uri.getScheme().equals("https");
    }

    private HttpClient client() throws IOException {
        if (client == null) {
            try {
                client = newClient();
            } catch (UncheckedIOException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        }
        return client;
    }

    private HttpClient newClient() {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(way.timeout())
                        .proxy(way.proxies() == null ? HttpClient.Builder.NO_PROXY : way.proxies())
                        .sslContext(handshakes.context());
        var parameters = new SSLParameters();
        if (isSecure() && quick) {
            parameters.setAlgorithmConstraints(new QuickGroups());
        }
        HttpClient made = builder.sslParameters(parameters).build();
        if (isSecure()) {
            // now, when a failure to load certificates is no network's yet
            SSLContext _ = way.secured().get();
        }
        return made;
    }

    private HttpRequest request(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri());
        request.headers().forEach(builder::header);
        if (way.authorization() != null) {
            builder.header("Proxy-Authorization", way.authorization());
        }
        String method = request.method();
        if (request.body() != null) {
            builder.method(method, BodyPublishers.ofString(request.body()));
        } else if (method.equals("DELETE")) {
            builder.DELETE();
        } else if (!method.equals("GET")) {
            builder.method(method, BodyPublishers.noBody());
        }
        return builder.build();
    }

    private static BodySubscriber<byte[]> body(ResponseInfo info, long largest) {
        long length = info.headers().firstValueAsLong("content-length").orElse(0);
        if (length < 0) {
            throw new IllegalArgumentException("its length is " + length);
        }
        if (length > largest) {
            throw new UncheckedIOException(TooLargeException.ofBody(largest));
        }
        return BodySubscribers.limiting(BodySubscribers.ofByteArray(), largest);
    }

    private static Response response(HttpResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) ->
                        headers.putIfAbsent(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Response(response.statusCode(), headers, response.body());
    }

    /// Closes it; a request in progress over it fails.
    @Override
    public void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
