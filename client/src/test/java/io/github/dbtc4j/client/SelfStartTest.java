package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;

/// Everything that lets the platform start a job by itself is recognised.
class SelfStartTest {

    private static final String QUIET =
            """
            {"id": 1, "account_id": 1, "project_id": 1, "environment_id": 1, "name": "CI",
             "job_type": "ci", "job_completion_trigger_condition": null,
             "triggers_on_draft_pr": true, "lifecycle_webhooks": true,
             "schedule": {"cron": "0 * * * *"},
             "triggers": {"github_webhook": false, "git_provider_webhook": null, "schedule": false,
                          "on_merge": false, "custom_branch_only": true}}
            """;

    private static Job with(String changes) {
        var fields = new LinkedHashMap<String, @Nullable Object>(Json.readObject(QUIET));
        fields.putAll(Json.readObject(changes));
        return Job.of(fields);
    }

    /// `custom_branch_only` and drafts narrow and widen webhooks, a cron expression without its
    /// trigger is only remembered, and lifecycle webhooks tell others what happens.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"job_type\": null}",
                "{\"job_type\": \"other\"}",
                // a guess of the sandbox: what a job without type and triggers shows
                "{\"job_type\": \"scheduled\"}",
                "{\"job_completion_trigger_condition\": {}}",
                "{\"triggers\": {}}",
                "{\"triggers\": {\"on_release\": false, \"branches\": [], \"after\": null}}"
            })
    void aJobWithoutAnyOfItWaitsToBeTriggered(String changes) {
        assertThat(with(changes).mayStartByItself()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"triggers\": {\"github_webhook\": true}}",
                "{\"triggers\": {\"git_provider_webhook\": true}}",
                "{\"triggers\": {\"schedule\": true}}",
                "{\"triggers\": {\"on_merge\": true}}",
                "{\"triggers\": {\"on_release\": true}}",
                "{\"triggers\": {\"after\": {\"job_id\": 5}}}",
                "{\"triggers\": {\"times_a_day\": 3}}",
                "{\"triggers\": null}",
                "{\"job_completion_trigger_condition\": {\"condition\": {\"job_id\": 1,"
                        + " \"project_id\": 1, \"statuses\": [10]}}}",
                "{\"job_completion_trigger_condition\": [5]}",
                "{\"job_type\": \"adaptive\"}",
                "{\"job_type\": \"exposure_sync\"}",
                "{\"job_type\": \"hybrid\"}",
                "{\"job_type\": \"one_to_come\"}"
            })
    void anythingThatMayStartItCounts(String changes) {
        assertThat(with(changes).mayStartByItself()).isTrue();
    }

    @Test
    void theTypeAloneIsToldApart() {
        assertThat(with("{\"triggers\": {\"schedule\": true}}").startsByType()).isFalse();
        assertThat(with("{\"job_type\": \"adaptive\"}").startsByType()).isTrue();
    }
}
