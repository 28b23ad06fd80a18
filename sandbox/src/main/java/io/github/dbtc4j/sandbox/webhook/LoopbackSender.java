package io.github.dbtc4j.sandbox.webhook;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// Delivers webhooks over HTTP to this machine, so that a sandbox never posts its made-up runs to a
/// real receiver.
public final class LoopbackSender implements WebhookSender, AutoCloseable {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    private @Nullable HttpClient http;

    @Override
    public void check(URI target) {
        if (!"http".equals(target.getScheme())
                || target.getHost() == null
                || !LOOPBACK.matcher(target.getHost()).matches()) {
            throw new IllegalArgumentException(
                    "The sandbox delivers webhooks to this machine only: expected"
                            + " http://127.0.0.1:PORT/PATH, http://localhost:PORT/PATH or"
                            + " http://[::1]:PORT/PATH");
        }
    }

    @Override
    public int send(URI target, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        check(target);
        var request =
                HttpRequest.newBuilder(target)
                        .timeout(Duration.ofSeconds(10))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public synchronized void close() {
        if (http != null) {
            http.shutdownNow();
        }
    }

    private synchronized HttpClient client() {
        if (http == null) {
            http =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(Duration.ofSeconds(10))
                            .build();
        }
        return http;
    }
}
