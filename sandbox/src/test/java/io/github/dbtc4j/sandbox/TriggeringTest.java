package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.body;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.json;
import static io.github.dbtc4j.sandbox.Platform.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

@NullUnmarked
class TriggeringTest {

    private static final String RUN = V2 + "/jobs/1/run/";

    @Test
    void theAnswerHasTheFieldsOfTheGuidesExampleInItsOrder() {
        // dbtc, docs/guide/autoscaling_ci.md, "Response"
        Map<String, Object> recorded =
                Json.readObject(
                        """
                        {"id": 1, "trigger_id": 1, "account_id": 1, "environment_id": 1,
                         "project_id": 1, "job_definition_id": 1, "status": 1,
                         "git_branch": null, "git_sha": null, "status_message": null,
                         "owner_thread_id": null, "executed_by_thread_id": null,
                         "deferring_run_id": null, "artifacts_saved": false,
                         "artifact_s3_path": null, "has_docs_generated": false,
                         "has_sources_generated": false, "notifications_sent": false,
                         "blocked_by": [], "scribe_enabled": true, "dequeued_at": null,
                         "started_at": null, "finished_at": null, "last_checked_at": null,
                         "last_heartbeat_at": null, "should_start_at": null,
                         "environment": null, "run_steps": [], "status_humanized": "Queued",
                         "in_progress": true, "is_complete": false, "is_success": false,
                         "is_error": false, "is_cancelled": false, "duration": "00:00:00",
                         "queued_duration": "00:00:00", "run_duration": "00:00:00",
                         "duration_humanized": "0 minutes",
                         "queued_duration_humanized": "0 minutes",
                         "run_duration_humanized": "0 minutes",
                         "created_at_humanized": "0 minutes ago",
                         "finished_at_humanized": "0 minutes from now", "job_id": 1,
                         "is_running": null}
                        """);
        Map<String, Object> run = data(Platform.with().post(RUN, body()));
        recorded.keySet().removeAll(List.of("id", "trigger_id"));

        assertThat(run).containsAllEntriesOf(recorded);
        assertThat(run.keySet().stream().filter(recorded::containsKey))
                .containsExactlyElementsOf(recorded.keySet());
        assertThat(run).containsEntry("created_at", "2026-03-02 09:00:00.123456+00:00");
        assertThat((Long) run.get("id")).isGreaterThan(1L << 32);
    }

    @Test
    void triggerAndJobAreEmbeddedAsRecorded() {
        Map<String, Object> run =
                data(
                        Platform.with()
                                .post(
                                        RUN,
                                        body(
                                                "github_pull_request_id",
                                                50,
                                                "git_sha",
                                                "abc",
                                                "steps_override",
                                                List.of("dbt run"))));

        assertThat(map(run, "trigger"))
                .containsEntry("cause", "test")
                .containsEntry("cause_humanized", "test")
                .containsEntry("github_pull_request_id", 50L)
                .containsEntry("azure_pull_request_id", null)
                .containsEntry("git_sha", "abc")
                .containsEntry("steps_override", List.of("dbt run"))
                .containsEntry("cause_category", "api")
                .containsEntry("job", null)
                .containsEntry("created_at", "2026-03-02 09:00:00.123456+00:00");
        assertThat(map(run, "job"))
                .containsEntry("created_at", "2025-08-14T09:00:00.123456Z")
                .containsEntry(
                        "schedule",
                        Map.of("cron", "0 * * * *", "date", "every_day", "time", "every_hour"))
                .doesNotContainKeys("cron_humanized", "next_run");
        assertThat(map(map(run, "job"), "triggers")).containsEntry("custom_branch_only", false);
    }

    @Test
    void theCommitIsFilledInWhenTheRunExecutes() {
        Platform platform = Platform.with().nextTakes(10, 60);
        long run = platform.trigger(1, "git_sha", "abc", "git_branch", "feature");

        assertThat(platform.afterSeconds(5).run(run)).containsEntry("git_sha", null);
        assertThat(platform.afterSeconds(10).run(run))
                .containsEntry("git_sha", "abc")
                .containsEntry("git_branch", "feature");
    }

    @Test
    void aPullRequestIdAsTextIsRefusedAsRecorded() {
        Response response = Platform.with().post(RUN, body("github_pull_request_id", "3209"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(json(response))
                .containsEntry("extra", Map.of())
                .containsEntry("error_code", null)
                .containsEntry(
                        "data",
                        Map.of(
                                "github_pull_request_id",
                                "'3209' is not valid under any of the given schemas"));
        assertThat(map(json(response), "status"))
                .containsEntry("code", 400L)
                .containsEntry("is_success", false)
                .containsEntry(
                        "user_message",
                        "The request was invalid. Please double check the provided data and try"
                                + " again.")
                .containsEntry("developer_message", "");
    }

    @Test
    void aFormMakesTextsOfAllValues() {
        Platform platform = Platform.with();
        Response form =
                platform.send(
                        "POST",
                        RUN,
                        "cause=a+b&github_pull_request_id=3209",
                        Map.of("content-type", "application/x-www-form-urlencoded"));
        Response parts =
                platform.send(
                        "POST",
                        RUN,
                        String.join(
                                "\r\n",
                                "--x",
                                "Content-Disposition: form-data; name=\"cause\"",
                                "",
                                "a b",
                                "--x--",
                                ""),
                        Map.of("content-type", "multipart/form-data; boundary=x"));

        assertThat(json(form).get("data"))
                .isEqualTo(
                        Map.of(
                                "github_pull_request_id",
                                "'3209' is not valid under any of the given schemas"));
        assertThat(map(data(parts), "trigger")).containsEntry("cause", "a b");
    }

    @Test
    void unknownKeysAreRefusedByName() {
        Platform platform = Platform.with();

        assertThat(json(platform.post(RUN, body("pr", 1))).get("data"))
                .isEqualTo("Additional properties are not allowed ('pr' was unexpected)");
        assertThat(json(platform.post(RUN, body("a", 1, "b", 2))).get("data"))
                .isEqualTo("Additional properties are not allowed ('a', 'b' were unexpected)");
    }

    @Test
    void theCauseMustBeThere() {
        Platform platform = Platform.with();

        assertThat(json(platform.post(RUN, Map.of("git_sha", "a"))).get("data"))
                .isEqualTo(Map.of("cause", "required key not provided"));
        assertThat(json(platform.post(RUN, Map.of("cause", ""))).get("data"))
                .isEqualTo(Map.of("cause", "'' is too short"));
        assertThat(platform.post(RUN, null).status()).isEqualTo(400);
    }

    @Test
    void emptyTextsAndWrongTypesAreRefused() {
        Platform platform = Platform.with();

        assertThat(platform.post(RUN, body("git_sha", "")).status()).isEqualTo(400);
        assertThat(platform.post(RUN, body("steps_override", List.of(""))).status()).isEqualTo(400);
        assertThat(platform.post(RUN, body("threads_override", true)).status()).isEqualTo(400);
        assertThat(platform.post(RUN, body("generate_docs_override", "yes")).status())
                .isEqualTo(400);
        assertThat(platform.post(RUN, List.of(1)).status()).isEqualTo(400);
        assertThat(platform.send("POST", RUN, "{", Map.of()).text()).contains("JSON parse error");
        assertThat(platform.sandbox.runs()).isEmpty();
    }

    @Test
    void nullStandsForNotGiven() {
        assertThat(
                        data(
                                Platform.with()
                                        .post(
                                                RUN,
                                                body(
                                                        "steps_override",
                                                        null,
                                                        "schema_override",
                                                        null,
                                                        "github_pull_request_id",
                                                        null))))
                .containsEntry("status", 1L);
    }

    @Test
    void aLongCauseIsRefusedCutOrKept() {
        String cause = "x".repeat(256);
        assertThat(Platform.with().post(RUN, Map.of("cause", "x".repeat(255))).status())
                .isEqualTo(200);
        assertThat(Platform.with().post(RUN, Map.of("cause", cause)).status()).isEqualTo(400);
        assertThat(
                        Platform.with(Assumption.LongCause.SERVER_ERROR)
                                .post(RUN, Map.of("cause", cause))
                                .status())
                .isEqualTo(500);
        assertThat(causeOf(Assumption.LongCause.TRUNCATED, cause)).hasSize(255);
        assertThat(causeOf(Assumption.LongCause.ACCEPTED, cause)).hasSize(256);
    }

    @Test
    void withoutItsTrailingSlashATriggerArrivesAsGet() {
        Response response = Platform.with().post(V2 + "/jobs/1/run", body());

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.text()).isEqualTo("{\"detail\":\"Method \\\"GET\\\" not allowed.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/99/run/", "/jobs/x/run/", "/jobs/1/runs/", "/jobs/1/run/2/"})
    void whatIsNotThereCannotBeTriggered(String path) {
        assertThat(Platform.with().post(V2 + path, body()).status()).isEqualTo(404);
    }

    private static String causeOf(Assumption answer, String cause) {
        Map<String, Object> run = data(Platform.with(answer).post(RUN, Map.of("cause", cause)));
        return (String) map(run, "trigger").get("cause");
    }
}
