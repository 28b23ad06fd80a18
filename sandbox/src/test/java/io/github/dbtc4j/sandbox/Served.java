package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.server.SandboxServer;

import org.jspecify.annotations.NullUnmarked;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

/// A sandbox served over HTTP, and a client of it.
@NullUnmarked // JSON is read by casts
public final class Served implements AutoCloseable {

    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    public final Sandbox sandbox = new Sandbox(SandboxOptions.defaults().schedules(false), START);
    public final SandboxServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Served(double speed) throws IOException {
        server = new SandboxServer(sandbox, 0, speed, 7, SystemContext.real());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    public HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    public HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(method, path, body)
                        .header("Authorization", "Token " + sandbox.world().token())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> sendWithoutToken(String method, String path)
            throws IOException, InterruptedException {
        return http.send(request(method, path, null).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> trigger() throws IOException, InterruptedException {
        return post(triggerPath(), "{\"cause\": \"a test\", \"github_pull_request_id\": 12}");
    }

    public String triggerPath() {
        return "/api/v2/accounts/1/jobs/" + sandbox.world().ciJobId() + "/run/";
    }

    public void advance(int seconds) throws IOException, InterruptedException {
        post("/sandbox/clock", "{\"advance_seconds\": " + seconds + "}");
    }

    public static Map<String, Object> json(HttpResponse<String> response) {
        return Json.readObject(response.body());
    }

    public static Map<?, ?> data(HttpResponse<String> response) {
        return (Map<?, ?>) json(response).get("data");
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }
}
