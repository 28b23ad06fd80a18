package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.sandbox.server.SandboxServer;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Pushes a served sandbox's time ahead, as its operator can.
public final class PlatformTime {

    private PlatformTime() {}

    public static void skip(SandboxServer server, Duration time) {
        var request =
                HttpRequest.newBuilder(server.uri().resolve("/sandbox/clock"))
                        .header("Authorization", "Token " + CommandProcess.CANARY)
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"advance_seconds\": " + time.toSeconds() + "}"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
