package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.jobBody;
import static io.github.dbtc4j.sandbox.Platform.json;
import static io.github.dbtc4j.sandbox.Platform.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@NullUnmarked
class JobsTest {

    private static final String JOBS = V2 + "/jobs/";

    @Test
    void creatingAnswers201InTheEnvelopeAndTheJob() {
        Response response = Platform.with().post(JOBS, jobBody("name", "New job"));

        assertThat(map(json(response), "status"))
                .containsEntry("code", 201L)
                .containsEntry("is_success", true)
                .containsEntry("user_message", "Success!");
        assertThat(data(response))
                .containsEntry("name", "New job")
                .containsEntry("state", 1L)
                .containsEntry("job_type", "other")
                .containsEntry("created_at", "2026-03-02T09:00:00.123456+00:00")
                .containsEntry("deactivated", false)
                .containsEntry("run_failure_count", 0L)
                .containsEntry("compare_changes_flags", "--select state:modified")
                .containsEntry("next_run", null)
                .containsEntry(
                        "cron_humanized", "At 12:00 AM, on day 1 of the month, only in January");
    }

    @Test
    void aJobShowsItsFieldsInTheRecordedOrder() {
        // OpenMetadata, ingestion/tests/unit/topology/pipeline/test_dbtcloud.py (2024)
        List<String> recorded =
                List.of(
                        "execution",
                        "generate_docs",
                        "run_generate_sources",
                        "run_compare_changes",
                        "id",
                        "account_id",
                        "project_id",
                        "environment_id",
                        "name",
                        "description",
                        "dbt_version",
                        "raw_dbt_version",
                        "created_at",
                        "updated_at",
                        "execute_steps",
                        "state",
                        "deactivated",
                        "run_failure_count",
                        "deferring_job_definition_id",
                        "deferring_environment_id",
                        "lifecycle_webhooks",
                        "lifecycle_webhooks_url",
                        "triggers",
                        "settings",
                        "schedule",
                        "is_deferrable",
                        "job_type",
                        "triggers_on_draft_pr",
                        "job_completion_trigger_condition",
                        "generate_sources",
                        "cron_humanized",
                        "next_run",
                        "next_run_humanized");
        Map<String, Object> job = data(Platform.with().get(JOBS + "1/"));

        assertThat(job.keySet().stream().filter(recorded::contains))
                .containsExactlyElementsOf(recorded);
    }

    @Test
    void aScheduleIsGivenBackWithoutKeysThatDoNotApply() {
        Map<String, Object> date =
                Map.of("type", "interval_cron", "days", List.of(0, 6), "cron", "6 */12 * * 0,6");
        Map<String, Object> time =
                new LinkedHashMap<>(Map.of("type", "every_hour", "interval", 12));
        time.put("hours", null);
        Map<String, Object> job =
                data(
                        Platform.with()
                                .post(
                                        JOBS,
                                        jobBody("schedule", Map.of("date", date, "time", time))));

        assertThat(map(job, "schedule"))
                .containsEntry("cron", "6 */12 * * 0,6")
                .containsEntry("time", Map.of("type", "every_hour", "interval", 12L));
        assertThat(job)
                .containsEntry(
                        "cron_humanized",
                        "At 6 minutes past the hour, every 12 hours, only on Sunday and Saturday");
    }

    @Test
    void theCronExpressionFollowsFromDateAndTime() {
        Map<String, Object> everyDay = Map.of("type", "every_day");
        assertThat(cron(everyDay, Map.of("type", "every_hour", "interval", 1)))
                .isEqualTo("0 * * * *");
        assertThat(cron(everyDay, Map.of("type", "every_hour", "interval", 3)))
                .isEqualTo("0 */3 * * *");
        assertThat(
                        cron(
                                Map.of("type", "days_of_week", "days", List.of(1, 5)),
                                Map.of("type", "at_exact_hours", "hours", List.of(6, 18))))
                .isEqualTo("0 6,18 * * 1,5");
    }

    @Test
    void aScheduleWithoutItsIntervalIsRefusedAsRecorded() {
        Map<String, Object> schedule =
                Map.of("date", Map.of("type", "every_day"), "time", Map.of("type", "every_hour"));

        assertThat(problem(jobBody("schedule", schedule)))
                .isEqualTo(
                        Map.of(
                                "schedule",
                                Map.of("time", Map.of("interval", "required key not provided"))));
    }

    @Test
    void wrongSchedulesAreRefused() {
        Map<String, Object> hourly = Map.of("type", "every_hour", "interval", 1);
        for (Map<String, Object> date :
                List.<Map<String, Object>>of(
                        Map.of("type", "sometimes"),
                        Map.of("type", "custom_cron"),
                        Map.of("type", "days_of_week"),
                        Map.of("type", "custom_cron", "cron", "61 * * * *"),
                        Map.of("type", "every_day", "week", 1))) {
            assertThat(status(jobBody("schedule", Map.of("date", date, "time", hourly))))
                    .isEqualTo(400);
        }
        assertThat(
                        status(
                                jobBody(
                                        "schedule",
                                        Map.of(
                                                "date",
                                                Map.of("type", "every_day"),
                                                "time",
                                                Map.of("type", "at_exact_hours")))))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account_id",
                "environment_id",
                "generate_docs",
                "name",
                "project_id",
                "settings",
                "state",
                "triggers"
            })
    void aRequiredKeyThatIsMissingIsNamed(String key) {
        Map<String, Object> body = jobBody();
        body.remove(key);

        assertThat(problem(body)).isEqualTo(Map.of(key, "required key not provided"));
    }

    @Test
    void idAndScheduleMayBeRequired() {
        Map<String, Object> body = jobBody();
        body.keySet().removeAll(List.of("id", "schedule"));
        Platform platform = Platform.with(Assumption.IdAndScheduleOnCreate.REQUIRED);

        assertThat(map(data(Platform.with().post(JOBS, body)), "schedule"))
                .containsEntry("cron", "0 * * * *");
        assertThat(json(platform.post(JOBS, body)).get("data"))
                .isEqualTo(
                        Map.of(
                                "id", "required key not provided",
                                "schedule", "required key not provided"));
    }

    @Test
    void aNewJobHasNoIdYet() {
        assertThat(status(jobBody("id", 7))).isEqualTo(400);
    }

    @Test
    void unknownKeysAndTheDeprecatedTriggerAreRefusedAsRecorded() {
        assertThat(problem(jobBody("colour", "red")))
                .isEqualTo("Additional properties are not allowed ('colour' was unexpected)");
        Map<String, Object> triggers =
                Map.of("github_webhook", false, "schedule", false, "custom_branch_only", false);
        assertThat(problem(jobBody("triggers", triggers)))
                .isEqualTo(
                        Map.of(
                                "triggers",
                                "Additional properties are not allowed ('custom_branch_only' was"
                                        + " unexpected)"));
    }

    @Test
    void readOnlyKeysAreIgnoredOrRefusedAndTheRawVersionIsAnError() {
        Map<String, Object> body =
                jobBody("is_deferrable", true, "created_at", "x", "account", null);

        assertThat(status(body)).isEqualTo(201);
        assertThat(
                        Platform.with(Assumption.ReadOnlyKeysOnCreate.REJECTED)
                                .post(JOBS, body)
                                .status())
                .isEqualTo(400);
        assertThat(status(jobBody("raw_dbt_version", "1.5.0-latest"))).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "true,,false,false,ci",
        "false,true,false,false,ci",
        "false,,true,false,scheduled",
        "false,,false,true,merge",
        "false,,false,false,other"
    })
    void theTypeFollowsFromTheTriggers(
            boolean github, Boolean provider, boolean schedule, boolean merge, String type) {
        var triggers = new LinkedHashMap<String, Object>();
        triggers.put("github_webhook", github);
        triggers.put("git_provider_webhook", provider);
        triggers.put("schedule", schedule);
        triggers.put("on_merge", merge);

        assertThat(data(Platform.with().post(JOBS, jobBody("triggers", triggers))))
                .containsEntry("job_type", type);
    }

    @Test
    void ciCanBeAskedForWithoutAnyTriggerButScheduledCannot() {
        Platform platform = Platform.with();

        assertThat(data(platform.post(JOBS, jobBody("job_type", "ci"))))
                .containsEntry("job_type", "ci");
        assertThat(data(platform.post(JOBS, jobBody("job_type", "scheduled"))))
                .containsEntry("job_type", "other");
        assertThat(platform.post(JOBS, jobBody("job_type", "nightly")).status()).isEqualTo(400);
    }

    @Test
    void theTypeOfAJobWithoutTriggersIsASwitch() {
        assertThat(
                        data(
                                Platform.with(Assumption.TypeOfJobWithoutTriggers.CI)
                                        .post(JOBS, jobBody())))
                .containsEntry("job_type", "ci");
        assertThat(
                        data(
                                Platform.with(Assumption.TypeOfJobWithoutTriggers.SCHEDULED)
                                        .post(JOBS, jobBody())))
                .containsEntry("job_type", "scheduled");
    }

    @Test
    void theCiTypeCannotBeChangedToOrFrom() {
        Platform platform = Platform.with();
        long ci = platform.createJob("job_type", "ci");
        long other = platform.createJob();

        assertThat(update(platform, ci, "job_type", "other").text())
                .contains("the job type field for this job can only be set to 'ci'");
        assertThat(update(platform, other, "job_type", "ci").status()).isEqualTo(400);
        assertThat(data(update(platform, ci, "name", "x"))).containsEntry("job_type", "ci");
    }

    @Test
    void onMergeStandsAlone() {
        Map<String, Object> triggers =
                Map.of("github_webhook", false, "schedule", true, "on_merge", true);

        assertThat(status(jobBody("triggers", triggers))).isEqualTo(400);
    }

    /// terraform-provider-dbtcloud 1.12.4 and 1.12.10: CI and merge jobs take these two, each
    /// alone.
    @ParameterizedTest
    @CsvSource({
        "ci, dbt_state, 201",
        "merge, dbt_state, 201",
        "other, dbt_state, 201",
        "ci, inherit_environment, 201",
        "other, inherit_environment, 201",
        "ci, '', 201",
        "other, state_aware_orchestration, 201",
        "ci, state_aware_orchestration, 405",
        "merge, state_aware_orchestration, 405",
        "other, dbt_state;inherit_environment, 400",
        "other, dbt_state;state_aware_orchestration, 400",
        "ci, caching, 400"
    })
    void costOptimizationIsTakenByTypeOfJob(String type, String features, int status) {
        List<String> list = features.isEmpty() ? List.of() : List.of(features.split(";"));

        assertThat(status(jobBody("cost_optimization_features", list, "job_type", type)))
                .isEqualTo(status);
    }

    /// terraform-provider-dbtcloud issue 670.
    @Test
    void refusedCostOptimizationIsAnsweredInTheUsualEnvelope() {
        Object features = List.of("state_aware_orchestration");

        Response refusal =
                Platform.with()
                        .post(
                                JOBS,
                                jobBody("cost_optimization_features", features, "job_type", "ci"));

        assertThat(refusal.status()).isEqualTo(405);
        assertThat(refusal.text())
                .startsWith(
                        "{\"status\":{\"code\":405,\"is_success\":false,\"user_message\":\""
                                + "state_aware_orchestration are not valid features.\"")
                .contains("\"data\":{}");
    }

    /// terraform-provider-dbtcloud 1.12.4: a feature, false; none, true.
    @Test
    void nodeSelectionFollowsFromCostOptimization() {
        var platform = Platform.with();

        assertThat(data(platform.post(JOBS, jobBody("cost_optimization_features", List.of()))))
                .containsEntry("force_node_selection", true);
        assertThat(
                        data(
                                platform.post(
                                        JOBS,
                                        jobBody(
                                                "cost_optimization_features",
                                                List.of("dbt_state"),
                                                "job_type",
                                                "ci"))))
                .containsEntry("force_node_selection", false);
    }

    @Test
    void aJobCreatedWithoutCostOptimizationHasNoneOrInheritsIt() {
        assertThat(data(Platform.with().post(JOBS, jobBody())))
                .containsEntry("cost_optimization_features", List.of());
        assertThat(
                        data(
                                Platform.with(Assumption.OmittedCostOptimization.INHERIT)
                                        .post(JOBS, jobBody())))
                .containsEntry("cost_optimization_features", List.of("inherit_environment"));
    }

    @Test
    void longDescriptionsAndNamesAreRefusedOrAnError() {
        String text = "x".repeat(256);

        assertThat(status(jobBody("description", "x".repeat(255), "name", "n".repeat(255))))
                .isEqualTo(201);
        assertThat(status(jobBody("description", text))).isEqualTo(400);
        assertThat(status(jobBody("name", text))).isEqualTo(400);
        Platform platform =
                Platform.with(
                        Assumption.LongDescription.SERVER_ERROR,
                        Assumption.LongJobName.SERVER_ERROR);
        assertThat(platform.post(JOBS, jobBody("description", text)).status()).isEqualTo(500);
        assertThat(platform.post(JOBS, jobBody("name", text)).status()).isEqualTo(500);
        assertThat(
                        Platform.with(Assumption.LongJobName.ACCEPTED)
                                .post(JOBS, jobBody("name", text))
                                .status())
                .isEqualTo(201);
    }

    @Test
    void foreignPlacesAreRefused() {
        assertThat(status(jobBody("account_id", 2))).isEqualTo(400);
        assertThat(status(jobBody("environment_id", 99))).isEqualTo(400);
        assertThat(status(jobBody("environment_id", 3))).isEqualTo(400);
    }

    @Test
    void anUpdateNeedsTheJobsIdInItsBody() {
        Platform platform = Platform.with();
        long job = platform.createJob();

        assertThat(json(platform.post(JOBS + job + "/", jobBody())).get("data"))
                .isEqualTo(Map.of("id", "The provided id does not match."));
        platform.afterSeconds(60);
        assertThat(data(update(platform, job, "name", "Renamed")))
                .containsEntry("name", "Renamed")
                .containsEntry("updated_at", "2026-03-02T09:01:00.123456+00:00")
                .containsEntry("created_at", "2026-03-02T09:00:00.123456+00:00");
    }

    @Test
    void aJobCanBeSavedAsItWasRead() {
        Platform platform = Platform.with();
        long job = platform.createJob("description", "text");
        Map<String, Object> read = data(platform.get(JOBS + job + "/"));

        Map<String, Object> saved = data(platform.post(JOBS + job + "/", read));
        assertThat(saved).isEqualTo(read);
    }

    @Test
    void severalJobsMayHaveOneName() {
        Platform platform = Platform.with();

        assertThat(platform.createJob()).isNotEqualTo(platform.createJob());
    }

    @Test
    void relatedObjectsAreNullUntilAskedFor() {
        Platform platform = Platform.with();
        platform.trigger(1);
        platform.settle();
        long latest = platform.trigger(1);
        platform.sandbox.setVariableAsUser(1, "DBT_TARGET", "ci");

        assertThat(data(platform.get(JOBS + "1/")))
                .containsEntry("environment", null)
                .containsEntry("most_recent_run", null);
        Map<String, Object> job =
                data(
                        platform.get(
                                JOBS
                                        + "1/?include_related=environment,most_recent_run,most_recent_completed_run,custom_environment_variables"));
        assertThat(map(job, "environment")).containsEntry("name", "CI");
        assertThat(map(job, "most_recent_run")).containsEntry("id", latest);
        assertThat(map(job, "most_recent_completed_run")).containsEntry("status", 10L);
        assertThat(job.get("custom_environment_variables").toString()).contains("DBT_TARGET");
    }

    private static Response update(Platform platform, long job, String key, Object value) {
        return platform.post(JOBS + job + "/", jobBody("id", job, key, value));
    }

    private static int status(Map<String, Object> body) {
        return Platform.with().post(JOBS, body).status();
    }

    private static Object problem(Map<String, Object> body) {
        Response response = Platform.with().post(JOBS, body);
        assertThat(response.status()).isEqualTo(400);
        return json(response).get("data");
    }

    private static Object cron(Map<String, Object> date, Map<String, Object> time) {
        Map<String, Object> body = jobBody("schedule", Map.of("date", date, "time", time));
        return map(data(Platform.with().post(JOBS, body)), "schedule").get("cron");
    }
}
