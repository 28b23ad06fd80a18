package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.VirtualTime;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The client's token in these tests is `dbtc_canary`; it must appear nowhere but in the request.
class SecrecyTest {

    private static final String CANARY = "dbtc_canary";

    private static void assertSecret(DbtCloudException thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain(CANARY);
        assertThat(
                        thrown.path()
                                + thrown.userMessage()
                                + thrown.developerMessage()
                                + thrown.detail())
                .doesNotContain(CANARY);
    }

    @Test
    void blacksOutATokenThatThePlatformEchoes() {
        List<String> bodies =
                List.of(
                        "{\"status\":{\"is_success\":false,\"user_message\":\"bad dbtc_canary\","
                                + "\"developer_message\":\"Token dbtc_canary\"},"
                                + "\"data\":{\"dbtc_canary\":\"dbtc_canary\"}}",
                        "{\"detail\":\"no dbtc_canary\"}",
                        "\"dbtc_canary\"",
                        "<title>dbtc_canary</title>",
                        "x".repeat(195) + " dbtc_canary",
                        "{ dbtc_canary");
        for (String body : bodies) {
            for (int status : new int[] {200, 302, 400, 401, 403, 404, 429, 500}) {
                Script script =
                        new Script()
                                .answers(status, Map.of("location", "https://dbtc_canary/"), body);
                DbtCloudClient client = script.client(new VirtualTime(1));
                assertSecret(
                        catchThrowableOfType(
                                DbtCloudException.class,
                                () -> client.jobs().trigger(1, 2, Map.of("cause", "x"))));
            }
        }
    }

    @Test
    void keepsWhatElseTheMessageSays() {
        Script script = new Script().answers(400, "{\"detail\":\"no dbtc_canary here\"}");
        DbtCloudClient client = script.client(new VirtualTime(1));

        assertThat(catchThrowableOfType(DbtCloudException.class, () -> client.runs().cancel(1, 2)))
                .hasMessageContaining("no [token] here");
    }

    @Test
    void blacksOutATokenThatTheTransportEchoes() {
        List<Wait> waits = new ArrayList<>();
        Transport chatty =
                request -> {
                    throw new IOException("cannot send " + request.headers());
                };
        DbtCloudClient client =
                new DbtCloudClient(
                        new Script()
                                .options(new VirtualTime(1))
                                .transport(chatty)
                                .onWait(waits::add));

        assertSecret(
                catchThrowableOfType(DbtCloudException.class, () -> client.runs().cancel(1, 2)));
        assertSecret(catchThrowableOfType(DbtCloudException.class, () -> client.runs().get(1, 2)));
        assertThat(waits).isNotEmpty().asString().doesNotContain(CANARY);
    }

    @Test
    void blacksOutATokenInThePathOfARawCall() {
        List<Wait> waits = new ArrayList<>();
        Script script = new Script().fails(new IOException("reset"));
        DbtCloudClient client = new DbtCloudClient(script.options(new VirtualTime(1)));

        assertSecret(
                catchThrowableOfType(
                        DbtCloudException.class,
                        () -> client.raw("POST", "/api/?token=dbtc_canary", null)));
        assertThat(waits).isEmpty();
    }

    @Test
    void doesNotPrintTheTokenWithTheRequestOrTheClient() {
        Script script = new Script().answers(200, "{}");
        DbtCloudClient client = script.client(new VirtualTime(1));
        client.raw("POST", "/api/v2/x/", "{\"password\":\"sesame\"}");

        assertThat(script.onlyRequest().headers().toString()).contains(CANARY);
        assertThat(script.onlyRequest().toString()).doesNotContain(CANARY, "sesame");
        assertThat(client.toString()).doesNotContain(CANARY);
        assertThat(Token.of(CANARY)).hasToString("[token]");
    }
}
