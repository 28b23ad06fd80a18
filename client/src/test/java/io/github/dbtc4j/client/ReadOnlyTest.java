package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.client.access.TokenKind;
import io.github.dbtc4j.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class ReadOnlyTest {

    private final AtomicInteger sent = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "1", "yes", " on\n"})
    void refusesEveryWriteBeforeItIsSent(String value) {
        DbtCloudClient client = client(Map.of("DBT_CLOUD_READONLY", value));

        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertThatThrownBy(() -> client.raw(method, "/api/v2/accounts/1/jobs/", "{}"))
                    .isInstanceOf(ReadOnlyException.class)
                    .hasMessageStartingWith(method + " /api/v2/accounts/1/jobs/ was not sent")
                    .hasMessageContaining("DBT_CLOUD_READONLY");
        }
        assertThatThrownBy(() -> client.runs().cancel(1, 2)).isInstanceOf(ReadOnlyException.class);
        assertThat(sent).hasValue(0);

        client.raw("GET", "/api/v2/accounts/1/", null);
        assertThat(sent).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "No", "off", "", "  "})
    void sendsWritesOtherwise(String value) {
        client(Map.of("DBT_CLOUD_READONLY", value)).raw("POST", "/api/v2/accounts/1/jobs/", "{}");

        assertThat(sent).hasValue(1);
    }

    @Test
    void emptyReadOnlyVariableMeansFalse() {
        assertThatThrownBy(() -> client(Map.of("DBT_CLOUD_READONLY", "treu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DBT_CLOUD_READONLY says neither true nor false");
    }

    @Test
    void canBeChosenInTheProgram() {
        DbtCloudClient client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .environment(
                                        Map.of(
                                                "DBT_CLOUD_READONLY",
                                                "true",
                                                "DBT_CLOUD_TOKEN",
                                                "t"))
                                .readOnly(false));

        assertThat(client.isReadOnly()).isFalse();
    }

    @Test
    void tellsTheKindOfTokenByItsPrefix() {
        assertThat(kind("dbtc_x")).isEqualTo(TokenKind.SERVICE);
        assertThat(kind("dbtu_x")).isEqualTo(TokenKind.PERSONAL);
        assertThat(kind("0123456789abcdef")).isEqualTo(TokenKind.UNKNOWN);
    }

    private static TokenKind kind(String token) {
        return new DbtCloudClient(ClientOptions.defaults().token(token)).tokenKind();
    }

    private DbtCloudClient client(Map<String, String> environment) {
        return new DbtCloudClient(
                ClientOptions.defaults()
                        .environment(environment)
                        .token("dbtu_1")
                        .transport(request -> {
                            sent.incrementAndGet();
                            return Response.of(200, Map.of(), "{}");
                        }));
    }
}
