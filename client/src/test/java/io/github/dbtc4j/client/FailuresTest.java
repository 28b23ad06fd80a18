package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbtc4j.http.VirtualTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class FailuresTest {

    private static DbtCloudException failing(int status, String body) {
        return failing(status, Map.of(), body);
    }

    /// What a trigger throws that is answered like this.
    private static DbtCloudException failing(int status, Map<String, String> headers, String body) {
        DbtCloudClient client =
                new Script().answers(status, headers, body).client(new VirtualTime(1));
        return catchThrowableOfType(
                DbtCloudException.class, () -> client.jobs().trigger(1, 2, Map.of("cause", "x")));
    }

    private static String envelope(int status, String data) {
        return """
        {"status": {"code": %d, "is_success": false,
         "user_message": "The request was invalid. Please double check the provided data and try again.",
         "developer_message": ""}, "data": %s, "extra": {}, "error_code": null}\
        """
                .formatted(status, data);
    }

    @Test
    void hintsAtTheWrongRegionalHostWhenTheTokenIsRefused() {
        DbtCloudException thrown =
                failing(
                        401,
                        "{\"status\":{\"code\":401,\"is_success\":false,\"user_message\":"
                                + "\"Invalid token.\",\"developer_message\":null},\"data\":null}");

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unauthorized.class)
                .hasMessage(
                        "POST /api/v2/accounts/1/jobs/2/run/ was not authorized (HTTP 401): Invalid"
                            + " token. Check the token; a valid token on the wrong regional host"
                            + " gets the same answer (the host was https://ab123.us1.dbt.com,"
                            + " DBT_CLOUD_HOST sets it).");
        assertThat(thrown.method()).isEqualTo("POST");
        assertThat(thrown.path()).isEqualTo("/api/v2/accounts/1/jobs/2/run/");
        assertThat(thrown.status()).isEqualTo(401);
        assertThat(thrown.userMessage()).isEqualTo("Invalid token.");
        assertThat(thrown.developerMessage()).isNull();
        assertThat(thrown.ambiguous()).isFalse();
    }

    @Test
    void hintsAtMissingPermissionWhenNothingIsFound() {
        assertThat(
                        failing(
                                404,
                                "{\"status\":{\"code\":404,\"is_success\":false,\"user_message\":\"The"
                                    + " requested resource was not found. Please check that you"
                                    + " have the proper permissions.\","
                                    + "\"developer_message\":\"\"},\"data\":null}"))
                .isInstanceOf(DbtCloudException.NotFound.class)
                .hasMessageContaining("The requested resource was not found")
                .hasMessageContaining("missing permission looks the same");
    }

    @Test
    void readsRejectionDetailInAnyShape() {
        assertThat(failing(400, envelope(400, "null")).detail()).isNull();
        assertThat(
                        failing(400, envelope(400, "\"Additional properties are not allowed\""))
                                .detail())
                .isEqualTo("Additional properties are not allowed");
        assertThat(
                        failing(
                                        400,
                                        envelope(
                                                400,
                                                "{\"_model\":\"HumanReadableJobDefinition\","
                                                        + "\"id\":\"required key not provided\","
                                                        + "\"schedule\":{\"time\":{\"interval\":"
                                                        + "\"required key not provided\"}}}"))
                                .detail())
                .isEqualTo(
                        "id: required key not provided; schedule.time.interval: required key not"
                                + " provided");
        assertThat(
                        failing(
                                        400,
                                        envelope(
                                                400,
                                                "[{\"key_name\":\"DBT_X\",\"status_code\":400}]"))
                                .detail())
                .isEqualTo("[0].key_name: DBT_X; [0].status_code: 400");
    }

    @Test
    void saysWhatWasWrongInItsMessage() {
        DbtCloudException thrown =
                failing(
                        400,
                        envelope(
                                400,
                                "{\"github_pull_request_id\":\"'3209' is not valid under any of the"
                                        + " given schemas\"}"));

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Rejected.class)
                .hasMessage(
                        "POST /api/v2/accounts/1/jobs/2/run/ was refused (HTTP 400): The request"
                            + " was invalid. Please double check the provided data and try again;"
                            + " github_pull_request_id: '3209' is not valid under any of the given"
                            + " schemas. Correct the request before sending it again.");
    }

    @Test
    void readsTheSecondFamilyOfErrors() {
        DbtCloudException thrown = failing(405, "{\"detail\":\"Method \\\"GET\\\" not allowed.\"}");

        assertThat(thrown).isInstanceOf(DbtCloudException.Rejected.class);
        assertThat(thrown.detail()).isEqualTo("Method \"GET\" not allowed.");
    }

    @Test
    void readsOnlyTheTitleOfAPage() {
        DbtCloudException thrown =
                failing(
                        502,
                        """
                        <!DOCTYPE html><html><head><TITLE lang=en>
                          Uh\u0007 oh!
                        </TITLE></head><body>secret detail</body></html>\
                        """);

        assertThat(thrown).isInstanceOf(DbtCloudException.Unavailable.class);
        assertThat(thrown.detail()).isEqualTo("Uh oh!");
        assertThat(failing(502, "<p>no title</p>").getMessage())
                .contains("without an explanation")
                .doesNotContain("no title");
        assertThat(failing(502, "").getMessage()).contains("without an explanation");
        assertThat(failing(503, "upstream connect error").detail())
                .isEqualTo("upstream connect error");
    }

    @Test
    void shortensWhatStrangersSayAndRemovesControlCharacters() {
        String detail = failing(500, "x\u001b[31m\r\ny\u202e" + "z".repeat(10_000)).detail();

        assertThat(detail).hasSize(200).startsWith("x [31m y z").endsWith("…");
        String message = failing(500, "{\"detail\":\"a\\u001b\\nb\"}").getMessage();
        assertThat(message).contains("a b").doesNotContain("\u001b").doesNotContain("\n");
    }

    @Test
    void takesASuccessThatSaysItIsNoneForARefusal() {
        DbtCloudException thrown = failing(200, envelope(200, "null"));

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Rejected.class)
                .hasMessageContaining("HTTP 200");
        assertThat(thrown.userMessage()).startsWith("The request was invalid.");
        assertThat(thrown.ambiguous()).isFalse();
    }

    @Test
    void followsNoRedirectAndTellsOnlyTheHostItPointedTo() {
        DbtCloudException thrown =
                failing(
                        302,
                        Map.of("location", "https://login.example.com/next?session=sesame"),
                        "");

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Rejected.class)
                .hasMessageContaining("redirected to login.example.com (HTTP 302)")
                .hasMessageContaining("the token is sent nowhere else");
        assertThat(thrown.getMessage()).doesNotContain("sesame");
        assertThat(failing(301, Map.of("location", "/api/v2/"), "").getMessage())
                .contains("redirected to ab123.us1.dbt.com");
        assertThat(failing(301, Map.of("location", "https://[x y]"), "").getMessage())
                .contains("an unreadable address");
        assertThat(failing(301, Map.of(), "").getMessage())
                .contains("redirected to ab123.us1.dbt.com");
    }

    @Test
    void advisesOnARedirectByWhereItLeads() {
        assertThat(failing(302, Map.of("location", "https://ab124.us1.dbt.com/x/"), ""))
                .hasMessageContaining("set DBT_CLOUD_HOST to it (it was https://ab123");
        assertThat(failing(301, Map.of("location", "/login/"), "").getMessage())
                .contains("leads back to the same host")
                .doesNotContain("DBT_CLOUD_HOST");
    }

    @Test
    void advisesOnARefusedMethodWithoutMisleading() {
        assertThat(failing(405, "{\"detail\":\"Method \\\"POST\\\" not allowed.\"}").getMessage())
                .contains("does not take POST, or what was sent is not allowed")
                .doesNotContain("slash");
        assertThat(failing(407, "").getMessage())
                .contains("a proxy between here and the platform")
                .doesNotContain("Correct the request");
    }

    @Test
    void keepsTheEnvelopeOfARefusal() {
        String envelope = "{\"status\":{\"code\":404,\"is_success\":false},\"data\":null}";

        assertThat(failing(404, envelope).json()).isEqualTo(envelope);
        assertThat(failing(400, "[1]").json()).isNull();
        assertThat(failing(502, "<html></html>").json()).isNull();
    }

    @Test
    void asksToCheckTheTokensRightsWhenTheyDoNotSuffice() {
        assertThat(failing(403, ""))
                .hasMessageContainingAll("Check the account id first", "what the token may do.");
    }

    /// 403 is what a foreign account, a foreign address and a missing permission have in common
    /// (OpenMetadata; docs.getdbt.com, "Configuring IP restrictions").
    @Test
    void advisesOnARefusalByAccountThenNetworkThenPermissions() {
        String body =
                """
                {"status":{"code":403,"user_message":"Forbidden: Access denied"},"data":null}\
                """;

        assertThat(failing(403, body).getMessage())
                .containsSubsequence(
                        "Forbidden: Access denied",
                        "account id",
                        "IP restrictions",
                        "this machine's address",
                        "what the token may do");
    }

    @Test
    void saysWhichFieldOfASuccessCannotBeRead() {
        DbtCloudException thrown =
                failing(200, "{\"status\":{\"is_success\":true},\"data\":{\"id\":true}}");

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining("run.id: expected a whole number, found true or false")
                .hasMessageContaining("look before sending it again");
        assertThat(thrown.ambiguous()).isTrue();
        assertThat(failing(204, "").getMessage()).contains("run: expected an object, found null");
        assertThat(failing(200, "[1]").getMessage()).contains("expected a JSON object");
    }

    /// They took minutes, after the call's own deadline: each character was looked at as often as
    /// there are characters.
    @ParameterizedTest
    @ValueSource(strings = {"<title", "\\\\", "%25", "&amp;", "<title>"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsALongPageOfNothingToItsEnd(String part) {
        assertThat(failing(404, part.repeat(8 << 20 >> 3)).getMessage()).hasSizeLessThan(1_000);
    }
}
