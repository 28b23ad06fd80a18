package io.github.dbtc4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/// The real transport over encrypted connections, to a server whose certificate is `localhost`'s.
@Tag("gate")
@Timeout(60)
class HttpTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir static Path folder;
    private static TestKeys keys;

    private final HttpTransport trusting =
            new HttpTransport(
                    Duration.ofSeconds(10),
                    1_000,
                    null,
                    HttpTlsTest::context,
                    RealSystemContext.INSTANCE);

    @BeforeAll
    static void makeCertificate() throws Exception {
        keys = TestKeys.make(folder);
    }

    private static SSLContext context() {
        return keys.context();
    }

    private static Wire wire(String... answers) throws Exception {
        return new Wire(keys.server(), answers);
    }

    @Test
    void readsGoOverTheEncryptedConnectionThatWasLeftOpen() throws Exception {
        try (var wire = wire(OK, OK, OK)) {
            for (String method : new String[] {"POST", "GET", "GET"}) {
                Response response = trusting.send(wire.request(method, "https://localhost", ""));
                assertThat(response.text()).isEqualTo("{}");
            }

            assertThat(wire.received)
                    .containsExactly(
                            "connection 1: POST /api/?a=b HTTP/1.1",
                            "connection 1: GET /api/?a=b HTTP/1.1",
                            "connection 1: GET /api/?a=b HTTP/1.1");
        }
    }

    @Test
    void sendsNothingToAHostThatTheCertificateDoesNotName() throws Exception {
        try (var wire = wire(OK)) {
            assertThatThrownBy(() -> trusting.send(wire.request("POST", "https://127.0.0.1", "{}")))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThat(wire.received).isEmpty();
        }
    }

    @Test
    void sendsNothingToUntrustedHost() throws Exception {
        var usual = new HttpTransport(Duration.ofSeconds(10));
        try (var wire = wire(OK)) {
            assertThatThrownBy(() -> usual.send(wire.request("POST", "https://localhost", "{}")))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThat(wire.received).isEmpty();
        }
    }

    @Test
    void takesNoErrorForAFailureOfTheNetwork() throws Exception {
        var broken = new OutOfMemoryError("Java heap space");
        var failing =
                new HttpTransport(
                        Duration.ofSeconds(10),
                        1_000,
                        null,
                        () -> {
                            throw broken;
                        },
                        RealSystemContext.INSTANCE);
        try (var wire = wire(OK)) {
            assertThatThrownBy(() -> failing.send(wire.request("GET", "https://localhost", "")))
                    .isSameAs(broken);
            assertThat(wire.received).isEmpty();
        }
    }

    @Test
    void talksToAServerThatDoesNotKnowTheQuickGroup() throws Exception {
        SSLServerSocket server = (SSLServerSocket) keys.server();
        SSLParameters parameters = server.getSSLParameters();
        parameters.setNamedGroups(new String[] {"secp256r1"});
        server.setSSLParameters(parameters);
        try (var wire = new Wire(server, OK, OK)) {
            for (String method : new String[] {"POST", "GET"}) {
                Request request = wire.request(method, "https://localhost", "");
                assertThat(trusting.send(request).text()).isEqualTo("{}");
            }

            assertThat(wire.received).hasSize(2);
        }
    }

    /// When a connection ends before its handshake has, nothing of a write was sent. It may be sent
    /// again (issue 14, "told from ambiguous ones").
    @ParameterizedTest
    @ValueSource(strings = {"closed", "reset", "no TLS", "silent"})
    void tellsThatNothingWasSentBeforeTheEndOfTheHandshake(String how) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
            Thread.ofVirtual().start(() -> disappoint(server, how));
            var request =
                    new Request(
                            "POST",
                            URI.create("https://localhost:" + server.getLocalPort() + "/"),
                            Map.of(),
                            "{}",
                            Duration.ofMillis(how.equals("silent") ? 300 : 30_000));

            assertThatThrownBy(() -> trusting.send(request))
                    .isInstanceOfAny(SSLHandshakeException.class, ConnectException.class);
        }
    }

    private static void disappoint(ServerSocket server, String how) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept(); // left open where it is to be silent
                socket.getInputStream().read();
                switch (how) {
                    case "reset" -> socket.setSoLinger(true, 0);
                    case "no TLS" -> socket.getOutputStream().write("SSH-2.0\r\n".getBytes(UTF_8));
                    default -> {}
                }
                if (!how.equals("silent")) {
                    socket.close();
                }
            } catch (IOException e) {
                // the end of the test
            }
        }
    }
}
