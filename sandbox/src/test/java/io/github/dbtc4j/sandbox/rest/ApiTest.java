package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.V3;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.ids;
import static io.github.dbtc4j.sandbox.Platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.Platform;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Optional;

@NullUnmarked
class ApiTest {

    private final Platform platform = Platform.with();

    @Test
    void aWrongTokenIsAnsweredAsRecorded() {
        Response response =
                platform.send("GET", V2 + "/runs/", null, Map.of("Authorization", "Token wrong"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.text())
                .isEqualTo(
                        "{\"status\":{\"code\":401,\"is_success\":false,\"user_message\":\"Invalid"
                                + " token.\",\"developer_message\":null},\"data\":null}");
        assertThat(platform.send("GET", V2 + "/", null, Map.of("Authorization", "")).status())
                .isEqualTo(401);
    }

    @Test
    void acceptsBothAuthorizationSchemesInAnyCase() {
        assertThat(
                        platform.send(
                                        "GET",
                                        V2 + "/",
                                        null,
                                        Map.of(
                                                "authorization",
                                                "Bearer dbtu_sandbox",
                                                "Authorization",
                                                "Bearer dbtu_sandbox"))
                                .status())
                .isEqualTo(200);
        platform.sandbox.rotateToken("other");
        assertThat(platform.get(V2 + "/").status()).isEqualTo(401);
        platform.token = "other";
        assertThat(platform.get(V2 + "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/accounts/1/nothing/",
                "/api/v2/accounts/1/runs/5/",
                "/api/v2/accounts/1/jobs/99/",
                "/api/v2/accounts/1/runs/5/cancel/",
                "/api/v3/accounts/1/projects/9/"
            })
    void whatIsNotThereOrNotYoursIs404InTheEnvelope(String path) {
        Response response = platform.get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(json(response)).containsEntry("data", null);
        assertThat(response.text()).contains("Please check that you have the proper permissions.");
    }

    /// Recorded by OpenMetadata on the live API: 403, never 404.
    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/accounts/2/runs/", "/api/v2/accounts/2/"})
    void anAccountThatIsNotTheTokensIs403Or404(String path) {
        Response response = platform.get(path);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).contains("Access denied: Token is not scoped to account.");
        assertThat(Platform.with(Assumption.WrongAccount.NOT_FOUND).get(path).status())
                .isEqualTo(404);
    }

    /// docs.getdbt.com, "Configuring IP restrictions".
    @Test
    void anAddressThatIsNotAllowedIs403Everywhere() {
        Platform restricted = Platform.with(Assumption.AddressNotAllowed.FORBIDDEN);

        for (String path : new String[] {V2 + "/", V2 + "/jobs/", "/api/v3/accounts/"}) {
            Response response = restricted.get(path);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text())
                    .contains("Forbidden: Access denied", "\"account_access_denied\":true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v2/accounts/1//runs/", "/api/v4/accounts/1/", "/api/"})
    void otherAddressesAnswerAPage(String path) {
        Response response = platform.get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("content-type")).hasValue("text/html; charset=utf-8");
    }

    @Test
    void getWithoutTheSlashIsRedirectedOrServed() {
        Response response = platform.get(V2 + "/runs?limit=1");

        assertThat(response.status()).isEqualTo(301);
        assertThat(response.header("location")).hasValue(V2 + "/runs/?limit=1");
        platform.sandbox.switches(AssumptionSet.defaults().with(Assumption.GetWithoutSlash.SERVED));
        assertThat(platform.get(V2 + "/runs?limit=1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/", "/steps/1/", "/projects/", "/environments/", "/"})
    void whatCanOnlyBeReadCannotBePosted(String path) {
        Response response = platform.post(V2 + path, Map.of());

        assertThat(response.status()).isEqualTo(405);
        assertThat(json(response)).containsEntry("detail", "Method \"POST\" not allowed.");
    }

    @Test
    void everyAnswerCarriesThePlatformsDate() {
        assertThat(platform.get(V2 + "/").header("date")).hasValue("Mon, 02 Mar 2026 09:00:00 GMT");
        assertThat(platform.afterSeconds(61).get("/").header("date"))
                .hasValue("Mon, 02 Mar 2026 09:01:01 GMT");
    }

    @Test
    void theAccountTellsPlanAndSlots() {
        assertThat(data(platform.get(V2 + "/")))
                .containsEntry("plan", "starter_2025")
                .containsEntry("run_slots", 5L)
                .containsEntry("queue_limit", 50L)
                .containsEntry("run_duration_limit_seconds", 86_400L);
        platform.sandbox.runSlots(9);
        assertThat(data(platform.get(V2 + "/"))).containsEntry("run_slots", 9L);
        assertThat(ids(platform.get("/api/v2/accounts/"))).containsExactly(1L);
        assertThat(ids(platform.get("/api/v3/accounts/"))).containsExactly(1L);
    }

    @Test
    void theAccountMayBeUnreadable() {
        Platform hidden = Platform.with(Assumption.AccountRead.NOT_FOUND);

        assertThat(hidden.get(V2 + "/").status()).isEqualTo(404);
        assertThat(hidden.get(V2 + "/jobs/").status()).isEqualTo(200);
    }

    @Test
    void projectsAndEnvironmentsAreThereInBothVersions() {
        assertThat(ids(platform.get(V2 + "/projects/"))).containsExactly(1L, 2L);
        assertThat(ids(platform.get(V3 + "/projects/?name__icontains=FIN"))).containsExactly(2L);
        assertThat(data(platform.get(V3 + "/projects/1/"))).containsEntry("name", "jaffle_shop");
        assertThat(ids(platform.get(V2 + "/environments/?project_id=1"))).containsExactly(1L, 2L);
        assertThat(data(platform.get(V2 + "/environments/3/"))).containsEntry("project_id", 2L);
        assertThat(ids(platform.get(V3 + "/projects/1/environments/?deployment_type=production")))
                .containsExactly(2L);
        assertThat(data(platform.get(V3 + "/projects/1/environments/1/")))
                .containsEntry("name", "CI");
        assertThat(platform.get(V3 + "/projects/1/environments/3/").status()).isEqualTo(404);
    }

    @Test
    void addedRoutesAreAskedFirstButOnlyWithTheRightToken() {
        platform.sandbox.addRoute((request, now) ->
                request.uri().getPath().endsWith("/webhooks/subscriptions")
                        ? Optional.of(Response.of(200, Map.of(), "{}"))
                        : Optional.empty());

        assertThat(platform.get(V3 + "/webhooks/subscriptions").text()).isEqualTo("{}");
        assertThat(platform.get(V2 + "/runs/").status()).isEqualTo(200);
        platform.token = "wrong";
        assertThat(platform.get(V3 + "/webhooks/subscriptions").status()).isEqualTo(401);
    }
}
