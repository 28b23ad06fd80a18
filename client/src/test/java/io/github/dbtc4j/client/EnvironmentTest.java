package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class EnvironmentTest {

    private static final List<String> NAMES =
            List.of(
                    "DBT_CLOUD_SERVICE_TOKEN",
                    "DBT_CLOUD_API_KEY",
                    "DBT_CLOUD_API_TOKEN",
                    "DBT_CLOUD_TOKEN");

    @Test
    void takesTheFirstTokenThereIs() {
        Map<String, String> environment = new HashMap<>();
        for (String name : NAMES.reversed()) {
            environment.put(name, "of_" + name);
            assertThat(authorization(environment)).isEqualTo("Bearer of_" + name);
        }
        environment.put("DBT_CLOUD_SERVICE_TOKEN", " \n");
        assertThat(authorization(environment)).isEqualTo("Bearer of_DBT_CLOUD_API_KEY");
    }

    @Test
    void oneTokenIsEnough() {
        for (String name : NAMES) {
            assertThat(authorization(Map.of(name, "  dbtu_1\n"))).isEqualTo("Bearer dbtu_1");
        }
    }

    @Test
    void namesEveryVariableWhenThereIsNoToken() {
        assertThatThrownBy(() ->
                        new DbtCloudClient(
                                ClientOptions.defaults()
                                        .environment(Map.of("DBT_CLOUD_TOKEN", ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(NAMES);
    }

    @Test
    void refusesATokenThatCouldNotStandInAHeaderWithoutShowingIt() {
        for (String token : List.of("canary one", "canary\none", "canary\u00e9", "canary\u0000")) {
            assertThatThrownBy(() -> new DbtCloudClient(ClientOptions.defaults().token(token)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void livesAtTheDefaultHostUnlessToldOtherwise() {
        Map<String, String> environment = new HashMap<>(Map.of("DBT_CLOUD_TOKEN", "t0ken"));
        assertThat(new DbtCloudClient(ClientOptions.defaults().environment(environment)).host())
                .hasToString("https://cloud.getdbt.com");
        environment.put("DBT_CLOUD_HOST", " ");
        assertThat(new DbtCloudClient(ClientOptions.defaults().environment(environment)).host())
                .hasToString("https://cloud.getdbt.com");
        environment.put("DBT_CLOUD_HOST", "http://127.0.0.1:9000/api/");
        assertThat(new DbtCloudClient(ClientOptions.defaults().environment(environment)).host())
                .hasToString("http://127.0.0.1:9000");
        environment.put("DBT_CLOUD_HOST", "http://cloud.getdbt.com");
        assertThatThrownBy(
                        () -> new DbtCloudClient(ClientOptions.defaults().environment(environment)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DBT_CLOUD_HOST: ");
    }

    @Test
    void prefersWhatIsSetByHand() {
        DbtCloudClient client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .environment(Map.of("DBT_CLOUD_HOST", "not a host"))
                                .host("ab123.us1.dbt.com")
                                .token("t0ken"));

        assertThat(client).hasToString("DbtCloudClient[https://ab123.us1.dbt.com]");
    }

    @Test
    void changingOptionsLeavesThoseTheyWereMadeFrom() {
        ClientOptions one = ClientOptions.defaults().host("one.us1.dbt.com").token("t0ken");
        ClientOptions two = one.host("two.us1.dbt.com").readOnly(true);

        assertThat(new DbtCloudClient(one).host()).hasToString("https://one.us1.dbt.com");
        assertThat(new DbtCloudClient(one).isReadOnly()).isFalse();
        assertThat(new DbtCloudClient(two).host()).hasToString("https://two.us1.dbt.com");
        assertThat(new DbtCloudClient(two).isReadOnly()).isTrue();
    }

    @Test
    void refusesTimeoutsThatAreNone() {
        ClientOptions options = ClientOptions.defaults();
        assertThatThrownBy(() -> options.requestTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.connectTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.callTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String authorization(Map<String, String> environment) {
        Script script = new Script().answers(200, "{}");
        new DbtCloudClient(
                        ClientOptions.defaults()
                                .environment(environment)
                                .transport(script)
                                .system(new VirtualTime(1)))
                .raw("GET", "/api/v2/accounts/", null);
        return script.onlyRequest().headers().getOrDefault("Authorization", "none");
    }
}
