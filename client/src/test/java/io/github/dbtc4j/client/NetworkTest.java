package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbtc4j.http.TestKeys;
import io.github.dbtc4j.http.Wire;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLServerSocket;

/// Through a proxy and to a platform with a certificate of a company's own, as in the networks
/// people sit in.
@Tag("gate")
@Timeout(60)
class NetworkTest {

    private static final String RUN = Script.recorded("run-triggered.json");
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: " + RUN.length() + "\r\n\r\n" + RUN;

    @TempDir static Path folder;
    private static TestKeys keys;
    private static Path certificates;

    private final List<Wait> waits = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() throws Exception {
        keys = TestKeys.make(folder);
        certificates = Files.writeString(folder.resolve("ca.pem"), "# ours\n" + keys.pem());
    }

    private DbtCloudClient client(String host, Map<String, String> environment) {
        return new DbtCloudClient(
                ClientOptions.defaults()
                        .environment(environment)
                        .host(host)
                        .token("dbtc_canary")
                        .onWait(waits::add));
    }

    private static Map<String, String> environment(Tunnel tunnel, @Nullable String user) {
        return Map.of(
                "HTTPS_PROXY",
                "http://" + (user == null ? "" : user + "@") + "127.0.0.1:" + tunnel.port(),
                "SSL_CERT_FILE",
                certificates.toString());
    }

    @Test
    void goesThroughTheProxyOfTheEnvironment() throws Exception {
        try (var wire = new Wire(keys.server(), OK, OK);
                var tunnel = new Tunnel(wire.port(), null);
                var client = client("platform.test", environment(tunnel, null))) {
            assertThat(client.runs().get(1, 2).data().id()).isEqualTo(78614274);
            assertThat(client.jobs().trigger(1, 2, Map.of("cause", "x")).data().id())
                    .isEqualTo(78614274);

            assertThat(tunnel.heads)
                    .hasSize(2)
                    .allSatisfy(text -> assertThat(text).startsWith("CONNECT platform.test:443 "));
            assertThat(wire.received).hasSize(2);
            assertThat(client.network().proxy())
                    .isEqualTo("http://127.0.0.1:" + tunnel.port() + " (HTTPS_PROXY)");
        }
    }

    @Test
    void javasOwnPropertiesComeBeforeTheEnvironment() throws Exception {
        try (var wire = new Wire(keys.server(), OK);
                var ofJava = new Tunnel(wire.port(), null);
                var ofEnvironment = new Tunnel(wire.port(), null)) {
            Map<String, String> properties =
                    Map.of(
                            "https.proxyHost",
                            "127.0.0.1",
                            "https.proxyPort",
                            String.valueOf(ofJava.port()));
            with(
                    properties,
                    () -> {
                        try (var client =
                                client("platform.test", environment(ofEnvironment, null))) {
                            assertThat(client.runs().get(1, 2).data().id()).isEqualTo(78614274);
                            assertThat(client.network().proxy())
                                    .isEqualTo(
                                            "http://127.0.0.1:%d (Java's properties)"
                                                    .formatted(ofJava.port()));
                        }
                    });

            assertThat(ofJava.heads).hasSize(1);
            assertThat(ofEnvironment.heads).isEmpty();
        }
    }

    /// Those for plain HTTP say nothing of encrypted connections.
    @Test
    void propertiesOfAnotherSchemeLeaveItToTheEnvironment() throws Exception {
        try (var wire = new Wire(keys.server(), OK);
                var tunnel = new Tunnel(wire.port(), null)) {
            with(
                    Map.of("http.proxyHost", "nowhere.invalid", "http.proxyPort", "1"),
                    () -> {
                        try (var client = client("platform.test", environment(tunnel, null))) {
                            assertThat(client.runs().get(1, 2).data().id()).isEqualTo(78614274);
                        }
                    });

            assertThat(tunnel.heads).hasSize(1);
        }
    }

    /// A gateway may want to know who calls, while a company's authority vouches for it.
    @Test
    void showsItsOwnCertificateToAServerThatAsksAndTrustsTheAddedAuthority() throws Exception {
        SSLServerSocket server = (SSLServerSocket) keys.server();
        server.setNeedClientAuth(true);
        try (var wire = new Wire(server, OK);
                var tunnel = new Tunnel(wire.port(), null)) {
            with(
                    Map.of(
                            "javax.net.ssl.keyStore",
                            folder.resolve("keys.p12").toString(),
                            "javax.net.ssl.keyStorePassword",
                            "of a test"),
                    () -> {
                        try (var client = client("platform.test", environment(tunnel, null))) {
                            assertThat(client.runs().get(1, 2).data().id()).isEqualTo(78614274);
                        }
                    });

            assertThat(wire.received).hasSize(1);
        }
    }

    @Test
    void saysThatItsOwnCertificateCannotBeReadEachTime() throws Exception {
        try (var wire = new Wire(keys.server(), OK);
                var tunnel = new Tunnel(wire.port(), null)) {
            with(
                    Map.of("javax.net.ssl.keyStore", folder.resolve("nowhere.p12").toString()),
                    () -> {
                        try (var client = client("platform.test", environment(tunnel, null))) {
                            for (int i = 0; i < 2; i++) {
                                assertThatThrownBy(() -> client.runs().get(1, 2))
                                        .isInstanceOf(DbtCloudException.Unavailable.class)
                                        .hasMessageContaining("javax.net.ssl.keyStore is")
                                        .hasMessageContaining("there is no such file")
                                        .hasMessageNotContaining("trustStore");
                            }
                        }
                    });

            assertThat(wire.received).isEmpty();
        }
    }

    /// What may fail.
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    /// Does something while Java has these properties.
    private static void with(Map<String, String> properties, Action action) throws Exception {
        properties.forEach(System::setProperty);
        try {
            action.run();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void sendsCredentialsToProxyOnly() throws Exception {
        // "me:p@ss word", in Base64
        String credentials = "Basic bWU6cEBzcyB3b3Jk";
        try (var wire = new Wire(keys.server(), OK);
                var tunnel = new Tunnel(wire.port(), credentials);
                var client = client("platform.test", environment(tunnel, "me:p%40ss%20word"))) {
            client.jobs().trigger(1, 2, Map.of("cause", "x"));

            assertThat(wire.heads).hasSize(1);
            assertThat(wire.heads.getFirst()).doesNotContainIgnoringCase("Proxy-");
            assertThat(tunnel.heads.getFirst()).doesNotContain("dbtc_canary");
            assertThat(client.network().toString()).doesNotContain("me:").doesNotContain("p%40");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "me:wrong"})
    void asksAProxyThatRefusesOnlyOnce(String user) throws Exception {
        try (var wire = new Wire(keys.server(), OK);
                var tunnel = new Tunnel(wire.port(), "Basic bWU6c2VzYW1l");
                var client =
                        client(
                                "platform.test",
                                environment(tunnel, user.isEmpty() ? null : user))) {
            DbtCloudException thrown =
                    catchThrowableOfType(DbtCloudException.class, () -> client.runs().get(1, 2));

            assertThat(thrown)
                    .isInstanceOf(DbtCloudException.Unavailable.class)
                    .hasMessageContaining(
                            "through the proxy http://127.0.0.1:"
                                    + tunnel.port()
                                    + " (HTTPS_PROXY): the proxy answered HTTP 407")
                    .hasMessageContaining(user.isEmpty() ? "Give it a user" : "did not accept");
            assertThat(thrown.getMessage()).doesNotContain("wrong");
            assertThat(tunnel.heads).hasSize(1);
            assertThat(wire.received).isEmpty();
            assertThat(waits).isEmpty();
        }
    }

    @Test
    void aWriteThatAProxyDroppedWasNotSent() throws Exception {
        try (var tunnel = new Tunnel(1, Tunnel.CLOSES);
                var client =
                        new DbtCloudClient(
                                ClientOptions.defaults()
                                        .environment(environment(tunnel, null))
                                        .host("platform.test")
                                        .token("dbtc_canary")
                                        .callTimeout(Duration.ZERO))) {
            DbtCloudException thrown =
                    catchThrowableOfType(
                            DbtCloudException.class,
                            () -> client.jobs().trigger(1, 2, Map.of("cause", "x")));

            assertThat(thrown.ambiguous()).isFalse();
            assertThat(thrown).hasMessageContaining("through the proxy http://127.0.0.1:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
    void trustsWhomTheEnvironmentNamesBesidesJavasOwn(String variable) throws Exception {
        try (var wire = new Wire(keys.server(), OK);
                var client =
                        client(
                                "https://localhost:" + wire.port(),
                                Map.of(variable, certificates.toString()))) {
            assertThat(client.runs().get(1, 2).data().id()).isEqualTo(78614274);
            assertThat(client.network().certificates())
                    .isEqualTo("those of Java, 1 of " + certificates + " (" + variable + ")");
        }
    }

    @Test
    void trustsTheFileItIsGiven() throws Exception {
        try (var wire = new Wire(keys.server(), OK);
                var client =
                        new DbtCloudClient(
                                ClientOptions.defaults()
                                        .host("https://localhost:" + wire.port())
                                        .token("dbtc_canary")
                                        .certificates(certificates))) {
            assertThat(client.runs().get(1, 2).data().id()).isEqualTo(78614274);
        }
    }

    @Test
    void saysWhichFileOfCertificatesCannotBeRead() throws Exception {
        var contents = new HashMap<String, String>();
        contents.put("there is no such file", null);
        contents.put("there is no certificate in it", "");
        contents.put("cannot be read", keys.pem().replace("MII", "MXX"));
        int number = 0;
        for (Map.Entry<String, String> each : contents.entrySet()) {
            Path file = folder.resolve("bad" + number++);
            if (each.getValue() != null) {
                Files.writeString(file, each.getValue());
            }
            assertThatThrownBy(
                            () -> client("x.us1.dbt.com", Map.of("SSL_CERT_FILE", file.toString())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file + " (SSL_CERT_FILE) cannot be read")
                    .hasMessageContaining(each.getKey());
        }
        assertThatThrownBy(
                        () -> client("x.us1.dbt.com", Map.of("SSL_CERT_FILE", folder.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SSL_CERT_FILE");
    }

    @Test
    void letsGoOfItsConnectionsWhenItIsClosed() throws Exception {
        try (var wire = new Wire(OK)) {
            try (var client = client("http://127.0.0.1:" + wire.port(), Map.of())) {
                client.runs().get(1, 2);
                assertThat(wire.ended.getCount()).isOne();
            }

            wire.ended.await();
        }
    }

    @Test
    void carriesLettersOutsideAsciiInAPath() throws Exception {
        try (var wire = new Wire(OK);
                var client = client("http://127.0.0.1:" + wire.port(), Map.of())) {
            client.raw("GET", "/api/größe/日本?q=😀", null);

            assertThat(wire.received)
                    .containsExactly(
                            "connection 1: GET /api/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC"
                                    + "?q=%F0%9F%98%80 HTTP/1.1");
            assertThatThrownBy(() -> client.raw("GET", "/api/\ud83d/", null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
