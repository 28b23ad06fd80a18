package io.github.dbtc4j.client.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    /// docs.getdbt.com, "Migrate your account's access URL".
    @ParameterizedTest
    @CsvSource({
        "cloud.getdbt.com, true",
        "cloud.acme.getdbt.com, true",
        "https://EMEA.GetDBT.com, true",
        "ab123.us1.dbt.com, false",
        "getdbt.com.example.org, false",
        "notgetdbt.com, false",
        "http://127.0.0.1:8080, false"
    })
    void knowsTheHostsThatEnd(String text, boolean ends) {
        assertThat(Host.parse(text).isGetdbt()).isEqualTo(ends);
    }

    @ParameterizedTest
    @CsvSource({
        "cloud.getdbt.com, https://cloud.getdbt.com",
        "https://cloud.getdbt.com, https://cloud.getdbt.com",
        "HTTPS://Cloud.GetDBT.com/, https://cloud.getdbt.com",
        "https://cloud.getdbt.com/api, https://cloud.getdbt.com",
        "cloud.getdbt.com/api/, https://cloud.getdbt.com",
        "https://ab123.us1.dbt.com/api/v2, https://ab123.us1.dbt.com",
        "https://ab123.us1.dbt.com/api/v3/, https://ab123.us1.dbt.com",
        "'  ab123.us1.dbt.com \n', https://ab123.us1.dbt.com",
        "dbt.example.com:8443, https://dbt.example.com:8443",
        "https://dbt.example.com:8443/api/, https://dbt.example.com:8443",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:8080/, http://127.0.0.1:8080",
        "http://127.255.0.9, http://127.255.0.9",
        "http://[::1]:8080/api/v2/, http://[::1]:8080",
        "https://localhost, https://localhost",
        "localhost:8080, https://localhost:8080",
        "https://10.0.0.1, https://10.0.0.1",
        "xn--bcher-kva.example, https://xn--bcher-kva.example"
    })
    void takesAHostHoweverItIsWritten(String text, String expected) {
        assertThat(Host.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://cloud.getdbt.com, unencrypted",
        "http://127.0.0.1.evil.example, unencrypted",
        "http://localhost.evil.example, unencrypted",
        "http://127.0.0.999, unencrypted",
        "http://10.0.0.1, unencrypted",
        "ftp://cloud.getdbt.com, scheme",
        "file:///etc/passwd, path",
        "://cloud.getdbt.com, scheme",
        "https://user:canary@cloud.getdbt.com, user information",
        "canary@cloud.getdbt.com, user information",
        "https://cloud.getdbt.com@evil.example, user information",
        "cloud.getdbt.com?x=canary, query",
        "cloud.getdbt.com/#canary, fragment",
        "cloud.getdbt.com/deploy/canary, path",
        "cloud.getdbt.com/api/v4, path",
        "cloud.getdbt.com/api/v2/accounts, path",
        "cloud.getdbt.com//, path",
        "cloud .getdbt.com, white space",
        "cloud.getdbt.com:0, port",
        "cloud.getdbt.com:65536, port",
        "cloud.getdbt.com:canary, port",
        "cloud.getdbt.com:, port",
        "dbtc_canary, looks like a token",
        "https://dbtu_canary, looks like a token",
        "cloud..getdbt.com, not a host name",
        "-cloud.getdbt.com, not a host name",
        "cloud\\getdbt.com, not a host name",
        "https://, not a host name",
        "https://[::2], not a host name",
        "bücher.example, not a host name",
        "'', empty"
    })
    void refusesWhatIsNoHostAndRepeatsNothingOfIt(String text, String why) {
        assertThatThrownBy(() -> Host.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("ab123.us1.dbt.com")
                .message()
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloud\n.getdbt.com", "cloud\t.getdbt.com", "cloud\u0000.getdbt.com"})
    void refusesControlCharacters(String text) {
        assertThatThrownBy(() -> Host.parse(text)).hasMessageContaining("white space");
    }

    @Test
    void cannotBePutTogetherAroundItsRules() {
        assertThatThrownBy(() -> new Host("http", "cloud.getdbt.com", -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Host("https", "cloud.getdbt.com/x", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
