package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.Timestamps;
import io.github.dbtc4j.http.HttpTransport;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.TooLargeException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/// The real transport against a real server on this machine.
@Tag("gate")
@Timeout(60)
class HttpTransportTest {

    private final HttpTransport transport = new HttpTransport(Duration.ofSeconds(10));
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server = unstarted();

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private void serve(HttpHandler handler) {
        server.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    received.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + body);
                    handler.handle(exchange);
                });
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Request request(String method, String path, @Nullable String body, Duration timeout) {
        return new Request(
                method, URI.create(address() + path), Map.of("X-Test", "1"), body, timeout);
    }

    private Response send(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return transport.send(request(method, path, body, Duration.ofSeconds(30)));
    }

    @Test
    void leavesABodyUnreadThatIsLongerThanItMayBe() throws Exception {
        serve(exchange -> reply(exchange, 200, "x".repeat(100_001)));
        var narrow = new HttpTransport(Duration.ofSeconds(10), 100_000);
        var wide = new HttpTransport(Duration.ofSeconds(10), 100_001);
        Request request = request("GET", "/", null, Duration.ofSeconds(30));

        assertThat(wide.send(request).body()).hasSize(100_001);
        assertThatThrownBy(() -> narrow.send(request)).isInstanceOf(TooLargeException.class);
    }

    @Test
    void asksOnlyOnceForWhatIsTooLong() {
        serve(exchange -> reply(exchange, 200, "x".repeat(1_001)));
        DbtCloudClient client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .host(address())
                                .token("dbtu_secret")
                                .maxResponseBytes(1_000));

        assertThatThrownBy(() -> client.artifacts().get(1, 2, "manifest.json", 4))
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining("longer than 1000 bytes");
        assertThat(received).hasSize(1);
    }

    @Test
    void sendsMethodPathHeadersAndBodyAsTheyAre() throws Exception {
        serve(exchange -> {
            received.add(exchange.getProtocol());
            received.add("X-Test " + exchange.getRequestHeaders().getFirst("X-Test"));
            reply(exchange, 200, "{}");
        });

        for (String method : List.of("POST", "PUT", "PATCH")) {
            send(method, "/api/?status__in=%5B1%2C2%5D", "{\"cause\":\"größer\"}");
            assertThat(received)
                    .containsExactly(
                            method + " /api/?status__in=%5B1%2C2%5D {\"cause\":\"größer\"}",
                            "HTTP/1.1",
                            "X-Test 1");
            received.clear();
        }
        for (String method : List.of("GET", "POST", "DELETE")) {
            send(method, "/api/", null);
            assertThat(received.getFirst()).isEqualTo(method + " /api/ ");
            received.clear();
        }
    }

    @Test
    void bringsBackStatusBodyAndHeadersOfAnyCase() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.getResponseHeaders().add("Retry-After", "8");
            reply(exchange, 429, "ruhig, bitte: ü");
        });

        Response response = send("GET", "/", null);

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.text()).isEqualTo("ruhig, bitte: ü");
        assertThat(response.header("RETRY-after")).contains("7");
        assertThat(Timestamps.readHttp(response.header("date").orElse(""))).isNotNull();
    }

    @Test
    void bringsBackAnEmptyAnswer() throws Exception {
        serve(exchange -> reply(exchange, 204, ""));

        Response response = send("DELETE", "/", null);

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.text()).isEmpty();
    }

    @Test
    void followsNoRedirect() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
            reply(exchange, 307, "");
        });

        assertThat(send("GET", "/", null).status()).isEqualTo(307);
        assertThat(received).hasSize(1);
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        serve(exchange -> await(over));

        assertThatThrownBy(() -> transport.send(request("POST", "/", "{}", Duration.ofMillis(200))))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("no complete answer within 200 ms");
    }

    @Test
    void doesNotWaitForeverForTheRestOfAnAnswer() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"status\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(over);
        });

        assertThatThrownBy(() -> transport.send(request("GET", "/", null, Duration.ofMillis(300))))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void doesNotRepeatAPostWhoseConnectionBroke() {
        serve(HttpExchange::close);

        assertThatThrownBy(() -> send("POST", "/", "{}"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConnectException.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void reportsRefusedConnection() throws Exception {
        // taken, so that no other process can have the port, but not listening
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI uri = URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/");

            assertThatThrownBy(() -> transport.send(post(uri)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("refused");
        }
    }

    @Test
    void tellsThatANameIsNotKnown() {
        // no name may be as long as this, so that no server need be asked for it
        String unknown = "d" + "b".repeat(64) + "t.invalid";

        assertThatThrownBy(() -> transport.send(post(URI.create("http://" + unknown + "/"))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(unknown);
    }

    @Test
    void stopsAtOnceWhenItIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        serve(exchange -> {
            arrived.countDown();
            await(over);
        });
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                send("POST", "/", "{}");
                            } catch (IOException | InterruptedException e) {
                                thrown.add(e);
                            }
                        });
        arrived.await();

        caller.interrupt();
        caller.join();

        assertThat(thrown).hasSize(1).first().isInstanceOf(InterruptedException.class);
    }

    @Test
    void carriesTheWholeClient() {
        serve(exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Authorization"));
            reply(exchange, 200, Script.recorded("run-triggered.json"));
        });
        DbtCloudClient client =
                new DbtCloudClient(ClientOptions.defaults().host(address()).token("dbtc_canary"));

        ApiResponse<Run> answer = client.jobs().trigger(1, 1, Map.of("cause", "x"));

        assertThat(answer.data().id()).isEqualTo(78614274);
        assertThat(answer.json()).isEqualTo(Script.recorded("run-triggered.json"));
        assertThat(answer.serverTime()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(received)
                .containsExactly(
                        "POST /api/v2/accounts/1/jobs/1/run/ {\"cause\":\"x\"}",
                        "Bearer dbtc_canary");
    }

    @Test
    void doesNotTakeTheTokenAlongARedirect() {
        serve(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://localhost:1/api/?secret=sesame");
            reply(exchange, 302, "");
        });
        DbtCloudClient client =
                new DbtCloudClient(ClientOptions.defaults().host(address()).token("dbtc_canary"));

        DbtCloudException thrown =
                catchThrowableOfType(DbtCloudException.class, () -> client.accounts().get(1));

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Rejected.class)
                .hasMessageContaining("redirected to localhost");
        assertThat(thrown.getMessage()).doesNotContain("sesame");
        assertThat(received).hasSize(1);
    }

    @Test
    void tellsThatNoSecureConnectionCameAbout() throws Exception {
        // a server without a certificate: every handshake fails
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], null, null);
        try (ServerSocket socket =
                context.getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> shakeHands(socket));
            URI uri = URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/");

            assertThatThrownBy(() -> transport.send(post(uri)))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static void shakeHands(ServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                // as planned: the next attempt, or the end of the test
            }
        }
    }

    private static Request post(URI uri) {
        return new Request("POST", uri, Map.of(), "{}", Duration.ofSeconds(30));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
