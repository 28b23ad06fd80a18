package io.github.dbtc4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// What the real transport makes of what comes over the wire, and which connection it takes.
@Tag("gate")
@Timeout(60)
class HttpWireTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final HttpTransport transport = transport(Long.MAX_VALUE);

    private static HttpTransport transport(long largest) {
        return new HttpTransport(Duration.ofSeconds(10), largest);
    }

    @Test
    void readsGoOverTheConnectionThatWasLeftOpen() throws Exception {
        try (var wire = new Wire(OK, OK, OK)) {
            transport.send(wire.request("GET", ""));
            transport.send(wire.request("GET", ""));
            transport.send(wire.request("GET", ""));

            assertThat(wire.received)
                    .hasSize(3)
                    .containsOnly("connection 1: GET /api/?a=b HTTP/1.1");
        }
    }

    /// A proxy may add its own behind the platform's (issue 14, "the first of several is used").
    @Test
    void takesTheFirstOfSeveralDates() throws Exception {
        String twoDates =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Tue, 03 Mar 2026 08:00:00 GMT\r\n"
                        + "date: Wed, 04 Mar 2026 08:00:00 GMT\r\n\r\n{}";
        try (var wire = new Wire(twoDates)) {
            Response response = transport.send(wire.request("GET", ""));

            assertThat(response.header("Date")).hasValue("Tue, 03 Mar 2026 08:00:00 GMT");
        }
    }

    @Test
    void everyWriteGetsAConnectionOfItsOwn() throws Exception {
        try (var wire = new Wire(OK, OK, OK, OK)) {
            transport.send(wire.request("GET", ""));
            transport.send(wire.request("POST", "{}"));
            transport.send(wire.request("DELETE", ""));
            transport.send(wire.request("GET", ""));

            assertThat(wire.received)
                    .containsExactly(
                            "connection 1: GET /api/?a=b HTTP/1.1",
                            "connection 2: POST /api/?a=b HTTP/1.1",
                            "connection 3: DELETE /api/?a=b HTTP/1.1",
                            "connection 3: GET /api/?a=b HTTP/1.1");
        }
    }

    @Test
    void takesNoConnectionThatThePlatformHasClosed() throws Exception {
        try (var wire = new Wire(OK + Wire.CLOSE, OK)) {
            transport.send(wire.request("GET", ""));
            transport.send(wire.request("GET", ""));

            assertThat(wire.received).last().asString().startsWith("connection 2: GET");
        }
    }

    @Test
    void takesNoConnectionThatWasIdleForLong() throws Exception {
        var time = new VirtualTime(1);
        var patient =
                new HttpTransport(
                        Duration.ofSeconds(10),
                        1_000,
                        null,
                        () -> {
                            throw new AssertionError("nothing secure was asked for");
                        },
                        time);
        try (var wire = new Wire(OK, OK, OK)) {
            patient.send(wire.request("GET", ""));
            time.pass(Duration.ofSeconds(29));
            patient.send(wire.request("GET", ""));
            time.pass(Duration.ofSeconds(30));
            patient.send(wire.request("GET", ""));

            assertThat(wire.received)
                    .extracting(text -> text.substring(0, 12))
                    .containsExactly("connection 1", "connection 1", "connection 2");
        }
    }

    @Test
    void takesNoConnectionThatThePlatformSaysItWillClose() throws Exception {
        String closing = OK.replace("OK\r\n", "OK\r\nConnection: close\r\n");
        try (var wire = new Wire(closing, OK)) {
            transport.send(wire.request("GET", ""));
            transport.send(wire.request("GET", ""));

            assertThat(wire.received).last().asString().startsWith("connection 2: GET");
        }
    }

    /// A read changes nothing, so that the JDK's client may send it again at once.
    @Test
    void aReadIsSentAgainOnceWhenTheConnectionBreaks() throws Exception {
        try (var wire = new Wire(OK, "", "", OK)) {
            transport.send(wire.request("GET", ""));

            assertThatThrownBy(() -> transport.send(wire.request("GET", "")))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ConnectException.class)
                    .hasMessage("the connection was closed without an answer");
            assertThat(wire.received).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void sendsNothingElseTwiceWhenTheConnectionBreaks(String method) throws Exception {
        try (var wire = new Wire(OK, "", OK, OK)) {
            transport.send(wire.request("GET", ""));

            assertThatThrownBy(() -> transport.send(wire.request(method, "")))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ConnectException.class)
                    .hasMessage("the connection was closed without an answer");
            assertThat(wire.received).hasSize(2);
        }
    }

    @Test
    void readsABodyInChunks() throws Exception {
        String chunked =
                lines(
                        "HTTP/1.1 200 OK",
                        "Transfer-Encoding: chunked",
                        "",
                        "3;note=x",
                        "abc",
                        "A",
                        "0123456789",
                        "0",
                        "Trailer: y",
                        "");
        try (var wire = new Wire(chunked, OK)) {
            assertThat(transport.send(wire.request("GET", "")).text()).isEqualTo("abc0123456789");
            assertThat(transport.send(wire.request("GET", "")).text()).isEqualTo("{}");
            assertThat(wire.received).last().asString().startsWith("connection 1");
            assertThatThrownBy(() -> sendTo(chunked, 12)).isInstanceOf(TooLargeException.class);
            assertThat(sendTo(chunked, 13).body()).hasSize(13);
        }
    }

    @Test
    void readsBodyWithoutLengthToConnectionEnd() throws Exception {
        String endless = "HTTP/1.1 200 OK\r\n\r\nall" + Wire.CLOSE;

        assertThat(sendTo(endless, 3).text()).isEqualTo("all");
        assertThatThrownBy(() -> sendTo(endless, 2)).isInstanceOf(TooLargeException.class);
    }

    @Test
    void passesOverAnnouncements() throws Exception {
        String announced = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK;

        Response response = sendTo(announced, 100);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 2"
            })
    void refusesAnAnswerThatIsCutOff(String answer) {
        assertThatThrownBy(() -> sendTo(answer + Wire.CLOSE, 1_000))
                .isInstanceOf(EOFException.class)
                .hasMessage("the connection was closed in the middle of the answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void refusesWhatIsNoHttp(String answer) {
        assertThatThrownBy(() -> sendTo(answer + Wire.CLOSE, 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the answer");
    }

    @Test
    void asksAProxyWhereThereIsOne() throws Exception {
        try (var proxy = new Wire(OK)) {
            proxied(proxy).send(to("http://platform.invalid/api/?a=b"));

            assertThat(proxy.received)
                    .containsExactly("connection 1: GET http://platform.invalid/api/?a=b HTTP/1.1");
        }
    }

    @Test
    void hasAProxyLeadOnToASecureHostAndSendsItNothingElse() throws Exception {
        try (var proxy = new Wire("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")) {
            assertThatThrownBy(() -> proxied(proxy).send(to("https://platform.invalid/api/")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("the proxy answered HTTP 407");
            assertThat(proxy.received)
                    .containsExactly("connection 1: CONNECT platform.invalid:443 HTTP/1.1");
        }
    }

    @Test
    void sendsNoHeaderThatWouldBecomeTwo() throws Exception {
        try (var wire = new Wire(OK)) {
            var request =
                    new Request(
                            "GET",
                            wire.request("GET", "").uri(),
                            Map.of("X-Note", "a\r\nX-Other: b"),
                            null,
                            Duration.ofSeconds(30));

            assertThatThrownBy(() -> transport.send(request))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(wire.received).isEmpty();
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static HttpTransport proxied(Wire proxy) {
        return new HttpTransport(
                Duration.ofSeconds(10),
                1_000,
                ProxySelector.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())),
                Authorities.of(null, Map.of()),
                RealSystemContext.INSTANCE);
    }

    private static Request to(String uri) {
        return new Request("GET", URI.create(uri), Map.of(), null, Duration.ofSeconds(30));
    }

    private static Response sendTo(String answer, long largest)
            throws IOException, InterruptedException {
        try (var wire = new Wire(answer)) {
            return transport(largest).send(wire.request("GET", ""));
        }
    }
}
