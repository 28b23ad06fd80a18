package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.client.model.RetryDetails;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.VirtualTime;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class CallsTest {

    private static final String RUN = Script.recorded("run-triggered.json");
    private static final String JOB = Script.recorded("job.json");

    /// The one request that `call` makes when it is answered with `body`.
    private static Request sent(int status, String body, Consumer<DbtCloudClient> call) {
        Script script = new Script().answers(status, body);
        call.accept(script.client(new VirtualTime(1)));
        return script.onlyRequest();
    }

    private static void assertSent(String expected, String body, Consumer<DbtCloudClient> call) {
        assertThat(sent(200, body, call))
                .hasToString(expected.replace(" /", " https://ab123.us1.dbt.com/"));
    }

    @Test
    void knowsTheAddressOfEveryCall() {
        assertSent(
                "GET /api/v2/accounts/7/",
                Script.recorded("account.json"),
                c -> c.accounts().get(7));
        assertSent("GET /api/v2/accounts/7/jobs/8/", JOB, c -> c.jobs().get(7, 8));
        assertSent("POST /api/v2/accounts/7/jobs/", JOB, c -> c.jobs().create(7, Map.of()));
        assertSent("POST /api/v2/accounts/7/jobs/8/", JOB, c -> c.jobs().update(7, 8, Map.of()));
        assertSent("DELETE /api/v2/accounts/7/jobs/8/", JOB, c -> c.jobs().delete(7, 8));
        assertSent(
                "POST /api/v2/accounts/7/jobs/8/run/", RUN, c -> c.jobs().trigger(7, 8, Map.of()));
        assertSent("POST /api/v2/accounts/7/jobs/8/rerun/", RUN, c -> c.jobs().rerun(7, 8));
        assertSent("GET /api/v2/accounts/7/runs/9/", RUN, c -> c.runs().get(7, 9));
        assertSent("POST /api/v2/accounts/7/runs/9/cancel/", RUN, c -> c.runs().cancel(7, 9));
        assertSent("POST /api/v2/accounts/7/runs/9/retry/", RUN, c -> c.runs().retry(7, 9));
        assertSent(
                "GET /api/v2/accounts/7/runs/9/?include_related=run_steps%2Caudit",
                RUN, c -> c.runs().get(7, 9, Include.RUN_STEPS, Include.AUDIT));
        assertSent(
                "GET /api/v2/accounts/7/runs/9/artifacts/compiled/shop/my%20model.sql?step=3",
                "select 1", c -> c.artifacts().get(7, 9, "compiled/shop/my model.sql", 3));
        assertSent(
                "GET /api/v3/accounts/7/projects/5/environment-variables/job/?job_definition_id=8",
                Script.recorded("job-environment-variables.json"),
                c -> c.variables().list(7, 5, 8));
    }

    @Test
    void sendsFiltersTheWayThePlatformReadsThem() {
        RunQuery query =
                RunQuery.all()
                        .jobId(8)
                        .projectId(5)
                        .projectIdIn(List.of(5L, 6L))
                        .environmentId(4)
                        .statusIn(RunStatus.Known.QUEUED, RunStatus.Known.RUNNING)
                        .idGreaterThan(70403111611683L)
                        .orderBy("-id")
                        .limit(10)
                        .offset(20)
                        .include(Include.TRIGGER, Include.JOB);

        assertThat(query)
                .hasToString(
                        "job_definition_id=8&project_id=5&project_id__in=%5B5%2C6%5D"
                                + "&environment_id=4&status__in=%5B1%2C3%5D"
                                + "&id__gt=70403111611683&order_by=-id&limit=10&offset=20"
                                + "&include_related=trigger%2Cjob");
        assertThat(query.include()).asString().doesNotContain("include_related");
        assertThat(
                        JobQuery.all()
                                .projectId(5)
                                .nameContains("[CLONED] a+b&c")
                                .state(JobQuery.State.DELETED)
                                .include(Include.MOST_RECENT_RUN))
                .hasToString(
                        "project_id=5&name__icontains=%5BCLONED%5D%20a%2Bb%26c&state=deleted"
                                + "&include_related=most_recent_run");
    }

    @Test
    void refusesLimitsThePlatformWouldRefuse() {
        assertThatThrownBy(() -> RunQuery.all().limit(101))
                .hasMessage("limit 101: expected 1 to 100");
        assertThatThrownBy(() -> RunQuery.all().limit(0)).hasMessage("limit 0: expected 1 to 100");
        assertThatThrownBy(() -> RunQuery.all().offset(-1))
                .hasMessage("offset -1: expected 0 or more");
    }

    @Test
    void sendsThePayloadAsItIs() {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("cause", "Autoscaling \"CI\"");
        payload.put("github_pull_request_id", 50L);
        payload.put("steps_override", null);

        Request request = sent(200, RUN, c -> c.jobs().trigger(1, 2, payload));

        assertThat(request.body())
                .isEqualTo(
                        "{\"cause\":\"Autoscaling \\\"CI\\\"\",\"github_pull_request_id\":50,"
                                + "\"steps_override\":null}");
    }

    @Test
    void authenticatesAndNamesTheContentOnlyWhereThereIsSome() {
        Request post = sent(200, RUN, c -> c.jobs().trigger(1, 2, Map.of("cause", "x")));
        assertThat(post.headers())
                .containsEntry("Authorization", "Bearer dbtc_canary")
                .containsEntry("Content-Type", "application/json");
        assertThat(post.timeout()).isEqualTo(Duration.ofSeconds(30));

        Request bare = sent(200, RUN, c -> c.runs().cancel(1, 2));
        assertThat(bare.headers())
                .containsEntry("Authorization", "Bearer dbtc_canary")
                .doesNotContainKey("Content-Type");
        assertThat(bare.body()).isNull();
    }

    @Test
    void createsAJobWithoutAnIdAndUpdatesItWithItsOwn() {
        assertThat(sent(201, JOB, c -> c.jobs().create(1, Map.of("name", "x"))).body())
                .isEqualTo("{\"id\":null,\"name\":\"x\"}");
        assertThat(sent(200, JOB, c -> c.jobs().update(1, 8, Map.of("name", "x"))).body())
                .isEqualTo("{\"id\":8,\"name\":\"x\"}");
    }

    @Test
    void takesEveryAnswerADeletionWasSeenToGive() {
        Script script =
                new Script()
                        .answers(200, Script.recorded("job-deleted.json"))
                        .answers(204, "")
                        .answers(200, "{\"data\": null}")
                        .answers(200, "");
        DbtCloudClient client = script.client(new VirtualTime(1));

        Job deleted = requireNonNull(client.jobs().delete(1, 8).data());
        assertThat(deleted.isDeleted()).isTrue();
        ApiResponse<@Nullable Job> empty = client.jobs().delete(1, 8);
        assertThat(empty.data()).isNull();
        assertThat(empty.json()).isEmpty();
        assertThat(client.jobs().delete(1, 8).data()).isNull();
        assertThat(client.jobs().delete(1, 8).data()).isNull();
    }

    @Test
    void findsTheCancelledRunOneLevelDeeperToo() {
        String nested =
                Json.write(Map.of("data", Json.readObject(Script.recorded("run-cancelled.json"))));
        DbtCloudClient client = new Script().answers(200, nested).client(new VirtualTime(1));

        assertThat(client.runs().cancel(1, 2).data().id()).isEqualTo(40650752);
    }

    @Test
    void readsWhereARunBrokeOff() {
        DbtCloudClient client =
                new Script()
                        .answers(
                                200,
                                "{\"data\":{\"failed_step\":\"dbt build\","
                                        + "\"skipped_steps\":[\"dbt test\"]},\"status\":{}}")
                        .client(new VirtualTime(1));

        RetryDetails details = client.runs().retryDetails(1, 2).data();
        assertThat(details.failedStep()).isEqualTo("dbt build");
        assertThat(details.skippedSteps()).containsExactly("dbt test");
    }

    @Test
    void listsArtifactsAndHandsThemOverUnread() {
        DbtCloudClient client =
                new Script()
                        .answers(200, "{\"status\":{},\"data\":[\"manifest.json\",\"run/a.sql\"]}")
                        .answers(200, "not JSON at all")
                        .client(new VirtualTime(1));

        assertThat(client.artifacts().list(1, 2, null).data())
                .containsExactly("manifest.json", "run/a.sql");
        assertThat(client.artifacts().get(1, 2, "run/a.sql", null).text())
                .isEqualTo("not JSON at all");
    }

    @Test
    void refusesArtifactPathsThatLeadElsewhere() {
        DbtCloudClient client = new Script().client(new VirtualTime(1));
        for (String path : List.of("../x", "a/../b", "/etc", "a//b", "", "./a")) {
            assertThatThrownBy(() -> client.artifacts().get(1, 2, path, null))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void createsAVariableOfAJob() {
        Request request =
                sent(
                        200,
                        "{\"data\":{\"id\":6,\"display_value\":\"v\"},\"status\":{}}",
                        c -> {
                            EnvironmentVariable.Value value =
                                    c.variables().create(7, 5, 8, "DBT_X", "v").data();
                            assertThat(value).isEqualTo(new EnvironmentVariable.Value(6, "v"));
                        });
        assertThat(request)
                .hasToString(
                        "POST https://ab123.us1.dbt.com/api/v3/accounts/7/projects/5/"
                                + "environment-variables/");
        assertThat(request.body())
                .isEqualTo(
                        "{\"id\":null,\"account_id\":7,\"project_id\":5,\"name\":\"DBT_X\","
                                + "\"type\":\"job\",\"job_definition_id\":8,\"raw_value\":\"v\"}");
    }

    @Test
    void neverStoresTheMaskOfASecretAsItsValue() {
        DbtCloudClient client = new Script().client(new VirtualTime(1));

        assertThatThrownBy(() -> client.variables().create(7, 5, 8, "DBT_X", "**********"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DBT_X");
    }

    @Test
    void tellsThePlatformsTimeWhenItIsSent() {
        Map<String, String> date = Map.of("date", "Tue, 03 Mar 2026 08:09:10 GMT");
        DbtCloudClient client =
                new Script()
                        .answers(200, date, RUN)
                        .answers(200, RUN)
                        .answers(200, Map.of("date", "soon"), RUN)
                        .client(new VirtualTime(1));

        assertThat(client.runs().get(1, 2).serverTime())
                .isEqualTo(Instant.parse("2026-03-03T08:09:10Z"));
        assertThat(client.runs().get(1, 2).serverTime()).isNull();
        assertThat(client.runs().get(1, 2).serverTime()).isNull();
    }

    @Test
    void passesRawCallsThroughWithoutJudgingThem() {
        Script script = new Script().answers(404, "nope").answers(302, "").answers(500, "x");
        DbtCloudClient client = script.client(new VirtualTime(1));

        Response response = client.raw("GET", "/api/v3/accounts/1/projects/?limit=3", null);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("nope");
        assertThat(client.raw("PATCH", "/api/v3/x/", "{}").status()).isEqualTo(302);
        assertThat(client.raw("POST", "/api/v3/x/", "{}").status()).isEqualTo(500);
        assertThat(script.requests().getFirst())
                .hasToString("GET https://ab123.us1.dbt.com/api/v3/accounts/1/projects/?limit=3");
        assertThat(script.requests().get(1).headers())
                .containsEntry("Authorization", "Bearer dbtc_canary");
    }

    @Test
    void refusesRawCallsThatCouldLeaveTheHost() {
        DbtCloudClient client = new Script().client(new VirtualTime(1));
        for (String path :
                List.of("@evil.example/", ".evil.example/", "https://evil.example/", "")) {
            assertThatThrownBy(() -> client.raw("GET", path, null))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("begin with a slash");
        }
        assertThatThrownBy(() -> client.raw("get", "/api/", null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
