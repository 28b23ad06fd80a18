package io.github.dbtc4j.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Served;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

@Tag("gate")
@NullUnmarked // JSON is read by casts
@Timeout(120)
class SandboxServerTest {

    @Test
    void servesAClientInPlatformTime() throws Exception {
        try (var served = new Served(1)) {
            served.advance(3600);
            var client =
                    new DbtCloudClient(
                            ClientOptions.defaults()
                                    .host(served.server.uri().toString())
                                    .token(served.sandbox.world().token()));

            ApiResponse<Run> run =
                    client.jobs()
                            .trigger(1, served.sandbox.world().ciJobId(), Map.of("cause", "CI"));

            assertThat(run.data().status().code()).isEqualTo(1);
            assertThat(run.serverTime())
                    .isBetween(Served.START.plusSeconds(3600), Served.START.plusSeconds(7000));
            assertThat(served.server.now()).isAfterOrEqualTo(run.serverTime());
        }
    }

    @Test
    void sendsTheDateInTheFormOfRfc9110() throws Exception {
        try (var served = new Served(1)) {
            assertThat(served.get("/api/v2/accounts/1/").headers().allValues("date"))
                    .singleElement()
                    .asString()
                    .matches("Mon, 02 Mar 2026 09:\\d\\d:\\d\\d GMT");
        }
    }

    @Test
    void timePassesWithoutRequests() throws Exception {
        try (var served = new Served(10_000)) {
            long run = (Long) Served.data(served.trigger()).get("id");
            while (!served.sandbox.run(run).orElseThrow().isTerminal()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void twoServeSideBySideAndAClosedOneFreesItsPort() throws Exception {
        var first = new Served(1);
        try (var second = new Served(1)) {
            int port = first.server.uri().getPort();
            assertThat(port).isPositive().isNotEqualTo(second.server.uri().getPort());
            assertThat(first.get("/sandbox/clock").statusCode()).isEqualTo(200);

            first.close();

            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(ConnectException.class);
            assertThat(second.get("/sandbox/clock").statusCode()).isEqualTo(200);
            new SandboxServer(second.sandbox, port, 1, 7, SystemContext.real()).close();
        }
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws Exception {
        try (var served = new Served(1)) {
            int port = served.server.uri().getPort();

            assertThatThrownBy(() ->
                            new SandboxServer(served.sandbox, port, 1, 7, SystemContext.real()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("0 for a free one");
        }
    }

    @Test
    void cannotBeReachedFromOutsideThisMachine() throws Exception {
        List<InetAddress> outside =
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress())
                        .toList();
        assumeThat(outside).as("addresses to be reached by").isNotEmpty();
        try (var served = new Served(1)) {
            for (InetAddress address : outside) {
                assertThatThrownBy(() -> new Socket(address, served.server.uri().getPort()))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void closesDuringDelayedResponse() throws Exception {
        var served = new Served(1);
        served.post(
                "/sandbox/faults",
                "{\"kind\": \"delay\", \"strikes\": \"after\", \"delay_seconds\": 86400}");
        var answer = new FutureTask<>(served::trigger);
        Thread.ofVirtual().start(answer);
        while (served.sandbox.history().stream()
                .noneMatch(event -> event instanceof SandboxEvent.RunQueued)) {
            Thread.onSpinWait();
        }
        assertThat(answer.isDone()).isFalse();

        served.close();

        assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aSpeedThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Served(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speed");
    }

    @Test
    void refusesMethodsTheApiDoesNotHave() throws Exception {
        try (var served = new Served(1)) {
            HttpResponse<String> head = served.send("HEAD", "/api/v2/accounts/1/", null);
            assertThat(head.statusCode()).isEqualTo(405);
            assertThat(head.body()).isEmpty();
            HttpResponse<String> options = served.send("OPTIONS", "/api/v2/accounts/1/", null);
            assertThat(options.statusCode()).isEqualTo(405);
            assertThat(options.body())
                    .isEqualTo("{\"detail\":\"Method \\\"OPTIONS\\\" not allowed.\"}");
        }
    }

    @Test
    void rejectsUnusualBodies() throws Exception {
        try (var served = new Served(1)) {
            String large = "x".repeat(HttpMessage.LARGEST_BODY + 1);
            assertThat(served.post(served.triggerPath(), large).statusCode()).isEqualTo(413);
            assertThat(served.post(served.triggerPath(), "{\"cause\": ").statusCode())
                    .isEqualTo(400);
            assertThat(
                            raw(
                                    served,
                                    """
                                    POST /api/v2/accounts/1/jobs/ HTTP/1.1
                                    Host: localhost
                                    Connection: close
                                    Content-Length: 2

                                    \u00ff\u00fe\
                                    """))
                    .contains("HTTP/1.1 400")
                    .contains("not UTF-8");
        }
    }

    @Test
    void refusesWhatIsNotHttp() throws Exception {
        try (var served = new Served(1)) {
            assertThat(raw(served, "hello\n\n")).contains("HTTP/1.1 400");
            assertThat(raw(served, "GET http://elsewhere/ HTTP/1.1\nConnection: close\n\n"))
                    .contains("HTTP/1.1 400");
        }
    }

    @Test
    void answersManyRequestsOverOneConnection() throws Exception {
        try (var served = new Served(1)) {
            String get = "GET /api/v2/accounts/1/ HTTP/1.1\nHost: localhost\n";

            assertThat(raw(served, get + "\n" + get + "Connection: close\n\n"))
                    .containsSubsequence("HTTP/1.1 401", "Invalid token.", "HTTP/1.1 401");
        }
    }

    /// A page on the web can make its own name point here (DNS rebinding), but not change the name
    /// its requests carry.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:80",
                "localhost.attacker.example",
                "127.0.0.1.attacker.example",
                "127.0.0.1@attacker.example",
                "0.0.0.0",
                "10.0.0.1",
                "[::2]",
                "localhost:80x",
                ""
            })
    void isNotCalledByAnyOtherName(String host) throws Exception {
        try (var served = new Served(1)) {
            for (String path : List.of("/sandbox/clock", "/api/v2/accounts/1/")) {
                assertThat(raw(served, get(path, host, served)))
                        .as(host)
                        .startsWith("HTTP/1.1 421")
                        .contains("localhost, 127.0.0.1 and [::1] only");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8000",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.8.9.10:65535",
                "localhost.",
                "[::1]",
                "[::1]:8000"
            })
    void isCalledByTheNamesOfTheLoopbackAddress(String host) throws Exception {
        try (var served = new Served(1)) {
            assertThat(raw(served, get("/sandbox/clock", host, served))).startsWith("HTTP/1.1 200");
        }
    }

    private static String get(String path, String host, Served served) {
        return "GET %s HTTP/1.1\nHost: %s\nAuthorization: Token %s\nConnection: close\n\n"
                .formatted(path, host, served.sandbox.world().token());
    }

    /// Bytes as they are, line ends made CR LF; and all that comes back.
    private static String raw(Served served, String text) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), served.server.uri().getPort())) {
            socket.getOutputStream()
                    .write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return String.join("\n", reader.readAllLines());
        }
    }
}
