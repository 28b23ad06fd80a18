package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;

/// The real transport over encrypted connections, to a server whose certificate is `localhost`'s.
@Timeout(60)
class HttpTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final char[] PASSWORD = "of a test".toCharArray();

    @TempDir static Path folder;
    private static KeyStore keys;

    private final HttpTransport trusting =
            new HttpTransport(
                    Duration.ofSeconds(10),
                    1_000,
                    null,
                    () -> context().getSocketFactory(),
                    ThisMachine.INSTANCE);

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), UTF_8))
                .doesNotContain("error");
        assertThat(keytool.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
    }

    private static SSLContext context() {
        try {
            var own = KeyManagerFactory.getInstance("PKIX");
            own.init(keys, PASSWORD);
            var trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Wire wire(String... answers) throws Exception {
        ServerSocket server =
                context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getByName("localhost"));
        return new Wire(server, answers);
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
    void sendsNothingToAHostThatNobodyVouchesFor() throws Exception {
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
                        ThisMachine.INSTANCE);
        try (var wire = wire(OK)) {
            assertThatThrownBy(() -> failing.send(wire.request("GET", "https://localhost", "")))
                    .isSameAs(broken);
            assertThat(wire.received).isEmpty();
        }
    }
}
