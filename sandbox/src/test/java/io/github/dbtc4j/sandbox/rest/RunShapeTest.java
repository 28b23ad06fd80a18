package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.map;
import static io.github.dbtc4j.sandbox.Platform.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.Platform;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

@NullUnmarked
class RunShapeTest {

    @Test
    void aRunShowsItsFieldsInTheRecordedOrder() {
        // OpenMetadata, ingestion/tests/unit/topology/pipeline/test_dbtcloud.py (2024)
        List<String> recorded =
                List.of(
                        "id",
                        "trigger_id",
                        "account_id",
                        "environment_id",
                        "project_id",
                        "job_definition_id",
                        "status",
                        "dbt_version",
                        "git_branch",
                        "git_sha",
                        "status_message",
                        "owner_thread_id",
                        "executed_by_thread_id",
                        "deferring_run_id",
                        "artifacts_saved",
                        "artifact_s3_path",
                        "has_docs_generated",
                        "has_sources_generated",
                        "notifications_sent",
                        "blocked_by",
                        "created_at",
                        "updated_at",
                        "dequeued_at",
                        "started_at",
                        "finished_at",
                        "last_checked_at",
                        "last_heartbeat_at",
                        "should_start_at",
                        "trigger",
                        "job",
                        "environment",
                        "run_steps",
                        "status_humanized",
                        "in_progress",
                        "is_complete",
                        "is_success",
                        "is_error",
                        "is_cancelled",
                        "duration",
                        "queued_duration",
                        "run_duration",
                        "duration_humanized",
                        "queued_duration_humanized",
                        "run_duration_humanized",
                        "created_at_humanized",
                        "finished_at_humanized",
                        "retrying_run_id",
                        "can_retry",
                        "retry_not_supported_reason",
                        "job_id",
                        "is_running",
                        "href",
                        "used_repo_cache");
        Platform platform = Platform.with();
        Map<String, Object> run = platform.run(platform.trigger(1));

        assertThat(run.keySet().stream().filter(recorded::contains))
                .containsExactlyElementsOf(recorded);
        assertThat(run.keySet()).hasSize(recorded.size() + 1).contains("scribe_enabled");
    }

    @Test
    void theRunsOfAListShowTheirTriggersAndJobsAsEachDoesByItself() {
        Platform platform = Platform.with();
        platform.trigger(1);
        platform.trigger(1);
        platform.trigger(2);
        platform.afterSeconds(60);
        String included = "?include_related=trigger,job";
        List<Map<String, Object>> rows = rows(platform.get(V2 + "/runs/" + included));

        assertThat(rows).hasSize(3);
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row)
                                .isEqualTo(
                                        data(
                                                platform.get(
                                                        V2
                                                                + "/runs/"
                                                                + row.get("id")
                                                                + "/"
                                                                + included))));
    }

    @Test
    void aJobThatWasEditedIsShownAnewByTheNextList() {
        Platform platform = Platform.with();
        platform.trigger(1);
        String list = V2 + "/runs/?include_related=job";
        assertThat(map(rows(platform.get(list)).getFirst(), "job")).containsEntry("name", "CI");

        platform.sandbox.editAsUser(1, Map.of("name", "Renamed"));

        assertThat(map(rows(platform.get(list)).getFirst(), "job"))
                .containsEntry("name", "Renamed");
    }

    @Test
    void aWaitingRunLooksAsRecorded() {
        Platform platform = new Platform(Platform.quiet().runSlots(0));
        long run = platform.trigger(1);
        platform.after(Duration.ofSeconds(56 * 60 + 48));

        assertThat(platform.run(run))
                .containsEntry("status_humanized", "Queued")
                .containsEntry("git_sha", null)
                .containsEntry("executed_by_thread_id", null)
                .containsEntry("duration", "00:56:48")
                .containsEntry("queued_duration", "00:56:48")
                .containsEntry("run_duration", "00:00:00")
                .containsEntry("duration_humanized", "56 minutes, 48 seconds")
                .containsEntry("created_at_humanized", "56 minutes, 48 seconds ago")
                .containsEntry("finished_at_humanized", "0 minutes from now")
                .containsEntry("can_retry", false)
                .containsEntry("retry_not_supported_reason", "RETRY_NOT_FAILED_RUN")
                .containsEntry("is_running", null);
    }

    @Test
    void theDurationsOfAFinishedRunAddUp() {
        Platform platform = Platform.with().nextTakes(10, 110);
        long run = platform.trigger(1);
        platform.settle();
        platform.after(Duration.ofDays(17));

        assertThat(platform.run(run))
                .containsEntry("status", 10L)
                .containsEntry("is_success", true)
                .containsEntry("is_complete", true)
                .containsEntry("in_progress", false)
                .containsEntry("queued_duration", "00:00:10")
                .containsEntry("run_duration", "00:01:50")
                .containsEntry("duration", "00:02:00")
                .containsEntry("run_duration_humanized", "1 minute, 50 seconds")
                .containsEntry("created_at_humanized", "2 weeks, 3 days ago")
                .containsEntry("created_at", "2026-03-02 09:00:00.123456+00:00")
                .containsEntry("dequeued_at", "2026-03-02 09:00:00.193456+00:00")
                .containsEntry("started_at", "2026-03-02 09:00:10.193456+00:00")
                .containsEntry("finished_at", "2026-03-02 09:02:00.193456+00:00")
                .containsEntry("artifacts_saved", true)
                .containsEntry("notifications_sent", true)
                .hasEntrySatisfying(
                        "href",
                        href ->
                                assertThat(href)
                                        .isEqualTo(
                                                "https://abc12.us1.dbt.com/deploy/1/projects/1/runs/%d/"
                                                        .formatted(run)))
                .hasEntrySatisfying(
                        "git_sha", sha -> assertThat((String) sha).matches("[0-9a-f]{40}"));
    }

    @Test
    void aDeferringRunNamesTheLatestSuccessOfTheEnvironmentItDefersTo() {
        Platform platform = Platform.with();
        long first = platform.trigger(1);
        platform.settle();
        long production = platform.trigger(2);
        platform.settle();
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.failureAt("model.jaffle_shop.orders")));
        platform.trigger(2);
        platform.settle();
        long second = platform.trigger(1);
        long byJob = platform.trigger(platform.createJob("deferring_job_definition_id", 2));
        platform.settle();

        assertThat(platform.run(first)).containsEntry("deferring_run_id", null);
        assertThat(platform.run(second)).containsEntry("deferring_run_id", production);
        assertThat(platform.run(byJob)).containsEntry("deferring_run_id", production);
        assertThat(Platform.ids(platform.get(V2 + "/runs/?deferring_run_id=" + production)))
                .containsExactly(second, byJob);
    }

    @Test
    void theEnvironmentIsEmbeddedWhenAskedFor() {
        Platform platform = Platform.with();
        long run = platform.trigger(1);
        Map<String, Object> shown =
                data(platform.get(V2 + "/runs/" + run + "/?include_related=environment"));

        assertThat(map(shown, "environment"))
                .containsEntry("name", "CI")
                .containsEntry("type", "deployment")
                .containsEntry("use_custom_branch", false);
    }
}
