package io.github.dbtc4j.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.github.dbtc4j.sandbox.Served;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Tag("gate")
@NullUnmarked // queues answer null
class LoopbackSenderTest {

    @Test
    void theServerDeliversToAReceiverOnThisMachine() throws Exception {
        var received = new LinkedBlockingQueue<List<String>>();
        HttpServer receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/hook",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    received.add(
                            List.of(
                                    exchange.getRequestHeaders().getFirst("Authorization"),
                                    new String(body, StandardCharsets.UTF_8)));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
        try (var served = new Served(1)) {
            var created =
                    served.post(
                            "/api/v3/accounts/1/webhooks/subscriptions",
                            """
                            {"name": "here", "event_types": ["job.run.completed"],
                             "client_url": "http://127.0.0.1:%d/hook", "active": true}\
                            """
                                    .formatted(receiver.getAddress().getPort()));
            assertThat(created.statusCode()).isEqualTo(201);
            String secret = (String) Served.data(created).get("hmac_secret");
            served.trigger();

            served.advance(7200);

            List<String> delivery = received.poll(60, TimeUnit.SECONDS);
            assertThat(delivery).isNotNull();
            assertThat(delivery.getFirst())
                    .isEqualTo(WebhookSignature.of(delivery.getLast(), secret));
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void theServerRefusesToSubscribeAnybodyElse() throws Exception {
        try (var served = new Served(1)) {
            var answer =
                    served.post(
                            "/api/v3/accounts/1/webhooks/subscriptions",
                            """
                            {"name": "away", "event_types": ["job.run.completed"],
                             "client_url": "https://example.com/hook", "active": true}\
                            """);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("client_url").contains("to this machine only");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/hook",
                "http://127.0.0.1.example.com/hook",
                "http://localhost.example.com/",
                "http://10.0.0.1/",
                "http://user@example.com/",
                "http://[::2]/",
                "ftp://localhost/",
                "/hook"
            })
    void refusesEveryTargetThatIsNotThisMachine(String target) {
        try (var sender = new LoopbackSender()) {
            assertThatThrownBy(() -> sender.check(URI.create(target)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://127.0.0.1:PORT/PATH");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/hook", "http://localhost/", "http://[::1]:1/x"})
    void takesTargetsOnThisMachine(String target) {
        try (var sender = new LoopbackSender()) {
            sender.check(URI.create(target));
        }
    }
}
