package io.github.dbtc4j.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

class FaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"endpoint":"trigger","kind":"status","status":502,"body":"html",\
                "strikes":"after","delay_seconds":3,"count":2}\
                """,
                """
                {"method":"GET","path":"/runs/","kind":"status","status":429,"body":"envelope",\
                "retry_after":300,"strikes":"before","probability":0.25}\
                """,
                """
                {"kind":"reset","strikes":"late","late_seconds":40.5}\
                """,
                """
                {"kind":"reset","bytes":100,"strikes":"after"}\
                """,
                """
                {"kind":"truncate","bytes":0,"strikes":"after"}\
                """,
                """
                {"kind":"delay","strikes":"before","delay_seconds":20}\
                """,
                """
                {"kind":"lag","lag_seconds":4,"strikes":"after"}\
                """
            })
    void isTheSameAfterAJourneyThroughJson(String json) {
        Fault fault = Fault.parse(Json.readObject(json));

        assertThat(Json.write(FaultJson.write(fault))).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                   | kind: expected one of status,
                    {"kind":"fire"}                                      | kind: expected one of status, reset, truncate, delay, lag, found "fire"
                    {"kind":"status"}                                    | status: expected a whole number, found nothing
                    {"kind":"status","status":"500"}                     | status: expected a number, found "500"
                    {"kind":"status","status":99}                        | status: expected 200 to 599, found 99
                    {"kind":"status","status":500,"body":"xml"}          | body: expected one of envelope, html, detail, empty, found "xml"
                    {"kind":"reset","endpoint":"triggers"}               | endpoint: expected one of account,
                    {"kind":"reset","method":"get"}                      | method: expected an HTTP method in capitals, found "get"
                    {"kind":"reset","path":"(("}                         | path: expected a regular expression, found "(("
                    {"kind":"reset","count":0}                           | count: expected a whole number of at least 1, found 0
                    {"kind":"reset","count":1.5}                         | count: expected a whole number, found 1.5
                    {"kind":"reset","probability":1.1}                   | probability: expected a number over 0 and at most 1
                    {"kind":"reset","bytes":-1}                          | bytes: expected at least 0, found -1
                    {"kind":"reset","strikes":"late"}                    | late_seconds: expected seconds, found nothing
                    {"kind":"reset","strikes":"after","late_seconds":3}  | late_seconds: expected no such field
                    {"kind":"delay"}                                     | delay_seconds: expected seconds, found nothing
                    {"kind":"delay","delay_seconds":1,"strikes":"late","late_seconds":1} | strikes: expected before or after
                    {"kind":"truncate","bytes":3,"strikes":"before"}     | strikes: expected one of after, found "before"
                    {"kind":"lag"}                                       | lag_seconds: expected seconds, found nothing
                    {"kind":"lag","lag_seconds":-1}                      | lag_seconds: expected seconds, 0 to 1000000, found -1
                    {"kind":"reset","times":3}                           | times: expected no such field
                    """)
    void namesTheFieldThatIsWrong(String json, String message) {
        assertThatThrownBy(() -> Fault.parse(Json.readObject(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "account,         GET,    v2/accounts/1/",
        "list_jobs,       GET,    v2/accounts/1/jobs/",
        "list_jobs,       GET,    v2/accounts/1/jobs",
        "create_job,      POST,   v2/accounts/1/jobs/",
        "update_job,      POST,   v2/accounts/1/jobs/70403103936332/",
        "delete_job,      DELETE, v2/accounts/1/jobs/3/",
        "trigger,         POST,   v2/accounts/1/jobs/3/run/",
        "rerun,           POST,   v2/accounts/1/jobs/3/rerun/",
        "list_runs,       GET,    v2/accounts/1/runs/",
        "get_run,         GET,    v2/accounts/1/runs/7/",
        "cancel,          POST,   v2/accounts/1/runs/7/cancel/",
        "list_artifacts,  GET,    v2/accounts/1/runs/7/artifacts/",
        "get_artifact,    GET,    v2/accounts/1/runs/7/artifacts/run_results.json",
        "create_variable, POST,   v3/accounts/1/projects/2/environment-variables/",
        "webhooks,        PUT,    v3/accounts/1/webhooks/subscription/wsu_1",
    })
    void meetsTheEndpointItNamesAndNoOther(String endpoint, String method, String path) {
        var request = request(method, path);

        assertThat(Endpoint.wireNames())
                .filteredOn(name -> Fault.of(new Fault.Delay()).on(named(name)).meets(request))
                .containsExactly(endpoint);
    }

    @Test
    void aLagMeetsListsOnly() {
        var lag = Fault.of(new Fault.Lag(Duration.ofSeconds(3)));

        assertThat(lag.meets(request("GET", "v2/accounts/1/runs/"))).isTrue();
        assertThat(lag.meets(request("GET", "v2/accounts/1/jobs/"))).isTrue();
        assertThat(lag.meets(request("GET", "v2/accounts/1/runs/7/"))).isFalse();
    }

    private static Endpoint named(String name) {
        return Endpoint.named(name).orElseThrow();
    }

    private static Request request(String method, String path) {
        return new Request(
                method,
                URI.create("http://sandbox/api/" + path),
                Map.of(),
                null,
                Duration.ofSeconds(30));
    }
}
