package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Carries requests over HTTP/1.1, to one host.
final class HttpTransport implements Transport {

    private final Duration connectTimeout;
    private final HttpResponse.BodyHandler<byte[]> body;
    private @Nullable HttpClient client;

    HttpTransport(Duration connectTimeout) {
        this(connectTimeout, Long.MAX_VALUE);
    }

    /// @param largest bytes of a body at most
    HttpTransport(Duration connectTimeout, long largest) {
        this.connectTimeout = connectTimeout;
        this.body = LimitedBody.of(largest);
    }

    @Override
    public Response send(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder http =
                HttpRequest.newBuilder(request.uri())
                        .method(
                                request.method(),
                                request.body() == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(http::header);
        // the HTTP client's own timeout ends with the headers; this one covers the body too
        Future<HttpResponse<byte[]>> response = client(request.uri()).sendAsync(http.build(), body);
        try {
            return response(response.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw timeout(request, e);
        } catch (ExecutionException e) {
            throw failure(request, e);
        } finally {
            response.cancel(true);
        }
    }

    /// Made on the first request: loading the certificates takes a quarter of a second, which
    /// commands that send nothing should not pay.
    private synchronized HttpClient client(URI uri) {
        if (client == null) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(connectTimeout);
            if ("http".equals(uri.getScheme())) {
                builder.sslContext(trustingNobody());
            }
            client = builder.build();
        }
        return client;
    }

    /// Spares an `http://` host the loading of certificates it has no use for.
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot do TLS", e);
        }
    }

    private static Response response(HttpResponse<byte[]> http) {
        Map<String, String> headers = new HashMap<>();
        http.headers()
                .map()
                .forEach((name, values) ->
                        headers.putIfAbsent(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Response(http.statusCode(), headers, http.body());
    }

    private static IOException timeout(Request request, TimeoutException e) {
        IOException timeout =
                new HttpTimeoutException(
                        "no complete answer within " + request.timeout().toMillis() + " ms");
        timeout.initCause(e);
        return timeout;
    }

    /// The failure as [Transport#send] words it: what is certain not to have arrived is told apart.
    private static IOException failure(Request request, ExecutionException e) {
        Throwable cause = e.getCause();
        if (isOrIsCausedBy(UnresolvedAddressException.class, cause)) {
            return caused(new UnknownHostException(request.uri().getHost()), cause);
        }
        if (isOrIsCausedBy(HttpConnectTimeoutException.class, cause)) {
            return caused(new ConnectException("it took too long"), cause);
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return caused(new ConnectException("refused"), cause);
        }
        return cause instanceof IOException io ? io : new IOException("" + cause, cause);
    }

    private static boolean isOrIsCausedBy(
            Class<? extends Throwable> type, @Nullable Throwable thrown) {
        return thrown != null
                && (type.isInstance(thrown) || isOrIsCausedBy(type, thrown.getCause()));
    }

    private static IOException caused(IOException e, @Nullable Throwable cause) {
        e.initCause(cause);
        return e;
    }
}
