package io.github.dbtc4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

class HttpProxyTest {

    private static final URI HOST = URI.create("https://ab123.us1.dbt.com");

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, http://proxy:3128",
        "proxy:3128, http://proxy:3128",
        "http://proxy, http://proxy:1080",
        "HTTP://10.0.0.7:8080/, http://10.0.0.7:8080",
        "http://[fd00::1]:3128, http://[fd00::1]:3128",
        "http://me:secret@proxy:3128/, http://proxy:3128",
        "'  proxy:3128 ', http://proxy:3128",
        "http://me:se@cret@proxy:3128, http://proxy:3128"
    })
    void readsWhatPeopleWrite(String text, String expected) {
        assertThat(HttpProxy.of(HOST, Map.of("HTTPS_PROXY", text))).hasToString(expected);
    }

    @Test
    void readsUserAndPasswordPercentEncodedOrNot() {
        assertThat(authorization("me:p%40ss+w")).isEqualTo("Basic bWU6cEBzcyt3");
        assertThat(authorization("me:p@ss+w")).isEqualTo("Basic bWU6cEBzcyt3");
        assertThat(authorization("me")).isEqualTo("Basic bWU6");
    }

    private static String authorization(String user) {
        var environment = Map.of("HTTPS_PROXY", "http://" + user + "@proxy:3128");
        return String.valueOf(
                Objects.requireNonNull(HttpProxy.of(HOST, environment)).authorization());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://me:sesame@proxy:1080",
                "https://me:sesame@proxy",
                "http://me:sesame@",
                "http://me:sesame@proxy:70000",
                "http://me:sesame@proxy:0",
                "http://me:sesame%zz@proxy:1",
                "me:sesame@pro xy:1",
                "http://me:sesame@squid_proxy:3128",
                "sesame_AbCd0123",
                "http://sesame%41:3128"
            })
    void refusesWhatItCannotUseAndRepeatsNothingOfIt(String text) {
        assertThatThrownBy(() -> HttpProxy.of(HOST, Map.of("https_proxy", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("https_proxy cannot be used: ")
                .message()
                .doesNotContain("sesame");
    }

    @Test
    void lowerCaseCountsFirstAndTheSchemesOwnBeforeAll() {
        var environment =
                Map.of("https_proxy", "low:1", "HTTPS_PROXY", "high:1", "ALL_PROXY", "all:1");

        assertThat(HttpProxy.of(HOST, environment)).hasToString("http://low:1");
        assertThat(HttpProxy.of(HOST, Map.of("https_proxy", " ", "HTTPS_PROXY", "high:1")))
                .hasToString("http://high:1");
        assertThat(HttpProxy.of(HOST, Map.of("ALL_PROXY", "all:1", "HTTP_PROXY", "http:1")))
                .hasToString("http://all:1");
        assertThat(HttpProxy.of(HOST, Map.of("HTTP_PROXY", "http:1"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:8443", "http://127.0.0.1:8580", "https://[::1]:1"})
    void nothingOnThisMachineIsReachedThroughAProxy(String host) {
        assertThat(
                        HttpProxy.of(
                                URI.create(host),
                                Map.of("HTTPS_PROXY", "p:1", "HTTP_PROXY", "p:1")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ab123.us1.dbt.com, *, true",
        "ab123.us1.dbt.com, 'x.com, .dbt.com', true",
        "ab123.us1.dbt.com, dbt.com, true",
        "ab123.us1.dbt.com, *.dbt.com, true",
        "ab123.us1.dbt.com, US1.DBT.COM, true",
        "ab123.us1.dbt.com, AB123.us1.dbt.com, true",
        "ab123.us1.dbt.com, bt.com, false",
        "ab123.us1.dbt.com, 123.us1.dbt.com, false",
        "ab123.us1.dbt.com, dbt.com:443, true",
        "ab123.us1.dbt.com, dbt.com:8443, false",
        "ab123.us1.dbt.com:8443, .dbt.com:8443, true",
        "ab123.us1.dbt.com, 'x.com dbt.com', true",
        "ab123.us1.dbt.com, ., false",
        "ab123.us1.dbt.com, 0.0.0.0/0, false",
        "10.1.2.3, 10.0.0.0/8, true",
        "10.1.2.3, 10.1.2.0/23, true",
        "10.1.4.3, 10.1.2.0/23, false",
        "11.1.2.3, 10.0.0.0/8, false",
        "10.1.2.3, 10.0.0.0/40, false",
        "10.1.2.3, 10.0.0.0/x, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.3:443, true",
        "10.1.2.3, 10.1.2.3:80, false",
        "10.1.2.3, fd00::/8, false",
        "10.1.2.3, fd00::12, false",
        "10.1.2.3, 2.3, false"
    })
    void leavesOutWhatNoProxyNames(String host, String noProxy, boolean direct) {
        var environment = Map.of("HTTPS_PROXY", "proxy:3128", "NO_PROXY", noProxy);

        assertThat(HttpProxy.of(URI.create("https://" + host), environment) == null)
                .isEqualTo(direct);
    }
}
