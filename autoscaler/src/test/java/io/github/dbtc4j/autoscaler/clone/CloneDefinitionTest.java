package io.github.dbtc4j.autoscaler.clone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class CloneDefinitionTest {

    /// The field set of a job as the API sent it in 2026 (dbt-jobs-as-code's strict model and the
    /// response recorded by OpenMetadata), for a CI job with everything switched on that can be.
    private static final String BASE =
            """
            {"execution": {"timeout_seconds": 0}, "generate_docs": false,
             "run_generate_sources": false, "run_compare_changes": false,
             "compare_changes_flags": "--select state:modified", "run_lint": false,
             "errors_on_lint_failure": true, "id": 70403103936332, "account_id": 70403103922125,
             "project_id": 70403103926818, "environment_id": 70403103931988, "name": "CI [[ci_main]]",
             "description": "Slim CI", "dbt_version": null, "raw_dbt_version": null,
             "created_at": "2024-05-27T10:42:10.111442+00:00",
             "updated_at": "2024-05-27T10:42:10.111450+00:00",
             "execute_steps": ["dbt build --select state:modified+"], "state": 1,
             "deactivated": false, "run_failure_count": 3, "deferring_job_definition_id": null,
             "deferring_environment_id": 70403103931990, "lifecycle_webhooks": true,
             "lifecycle_webhooks_url": null,
             "triggers": {"github_webhook": true, "git_provider_webhook": true, "schedule": true,
                          "on_merge": false, "custom_branch_only": true},
             "settings": {"threads": 4, "target_name": "ci"},
             "schedule": {"cron": "0 * * * *", "date": {"type": "every_day"},
                          "time": {"type": "every_hour", "interval": 1}},
             "is_deferrable": false, "job_type": "ci", "triggers_on_draft_pr": true,
             "job_completion_trigger_condition":
                 {"condition": {"job_id": 1, "project_id": 1, "statuses": [10]}},
             "generate_sources": false, "cron_humanized": "Every hour", "next_run": null,
             "next_run_humanized": null, "is_system": false, "force_node_selection": null,
             "cost_optimization_features": ["state_aware_orchestration"], "account": null,
             "project": null, "environment": null, "most_recent_run": null,
             "most_recent_completed_run": null}
            """;

    private static final String FEATURES = "cost_optimization_features";

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Marker MARKER =
            new Marker(
                    new JobId(70_403_103_936_332L),
                    new PullRequest(Provider.GITHUB, 50),
                    "0123456789ab",
                    "00000000000000aa",
                    false);

    private static Job base(Map<String, ?> changes) {
        var fields = new LinkedHashMap<String, @Nullable Object>(Json.readObject(BASE));
        fields.putAll(changes);
        return Job.of(fields);
    }

    private static Map<String, @Nullable Object> cloned(Job base) {
        return CloneDefinition.of(base, MARKER, NOW, Duration.ofHours(2));
    }

    @Test
    void sendsOnlyFieldsThatAreWritable() {
        assertThat(cloned(base(Map.of())))
                .containsOnlyKeys(
                        "account_id",
                        "project_id",
                        "environment_id",
                        "deferring_environment_id",
                        "execute_steps",
                        "settings",
                        "job_type",
                        "compare_changes_flags",
                        "generate_sources",
                        "generate_docs",
                        "run_generate_sources",
                        "run_compare_changes",
                        "run_lint",
                        "errors_on_lint_failure",
                        "triggers_on_draft_pr",
                        "cost_optimization_features",
                        "id",
                        "name",
                        "description",
                        "state",
                        "triggers",
                        "schedule",
                        "execution",
                        "lifecycle_webhooks");
    }

    @Test
    void keepsWhatIsRun() {
        assertThat(cloned(base(Map.of())))
                .containsEntry("job_type", "ci")
                .containsEntry("deferring_environment_id", 70_403_103_931_990L)
                .containsEntry("execute_steps", List.of("dbt build --select state:modified+"))
                .containsEntry("triggers_on_draft_pr", true);
    }

    @Test
    void switchesOffWhatStartsIt() {
        Map<String, @Nullable Object> clone = cloned(base(Map.of()));

        assertThat((Map<?, ?>) clone.get("triggers"))
                .hasSize(4)
                .allSatisfy((name, on) -> assertThat(on).isEqualTo(false));
        assertThat(clone).containsEntry("lifecycle_webhooks", false).containsEntry("id", null);
        assertThat(String.valueOf(clone.get("schedule")))
                .contains("0 0 1 1 *", "every_hour", "interval=1");
    }

    /// The platform starts jobs of such a type for reasons of its own, even without triggers.
    @ParameterizedTest
    @ValueSource(strings = {"adaptive", "exposure_sync", "hybrid", "one_to_come"})
    void aTypeThatStartsByItselfIsNotTakenOver(String type) {
        assertThat(cloned(base(Map.of("job_type", type)))).doesNotContainKey("job_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", "merge", "scheduled", "other"})
    void anyOtherTypeIs(String type) {
        assertThat(cloned(base(Map.of("job_type", type)))).containsEntry("job_type", type);
    }

    @Test
    void limitsARunsTimeWhereTheBaseJobDoesNot() {
        assertThat(cloned(base(Map.of())).get("execution"))
                .isEqualTo(Map.of("timeout_seconds", 7200L));
        Job limited = base(Map.of("execution", Map.of("timeout_seconds", 900L)));
        assertThat(cloned(limited).get("execution")).isEqualTo(Map.of("timeout_seconds", 900L));
    }

    @Test
    void isNamedAfterTheBaseJobWithoutAnotherToolsMark() {
        assertThat(cloned(base(Map.of())).get("name"))
                .isEqualTo("CI [CLONED 2026-03-02 09:00:00] pr-50");
    }

    @Test
    void neverHasANameThatIsTooLong() {
        assertThat(String.valueOf(cloned(base(Map.of("name", "x".repeat(255)))).get("name")))
                .hasSize(255)
                .endsWith("x [CLONED 2026-03-02 09:00:00] pr-50");
    }

    /// terraform-provider-dbtcloud 1.12.10: what is left out may be inherited, and is billed.
    @ParameterizedTest
    @ValueSource(strings = {"ci", "merge", "scheduled", "other"})
    void carriesCostOptimizationUnchanged(String type) {
        for (List<String> features :
                List.of(List.<String>of(), List.of("dbt_state"), List.of("inherit_environment"))) {
            Job base = base(Map.of("job_type", type, FEATURES, features));

            assertThat(cloned(base)).containsEntry(FEATURES, features);
        }
    }

    @Test
    void costOptimizationIsPartOfTheHash() {
        assertThat(
                        Stream.of(List.of(), List.of("dbt_state"), List.of("inherit_environment"))
                                .map(list -> CloneDefinition.hash(base(Map.of(FEATURES, list)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void fillsInWhatAnOlderJobLacks() {
        var older = new LinkedHashMap<String, @Nullable Object>(Json.readObject(BASE));
        older.keySet()
                .removeAll(
                        java.util.Set.of(
                                "run_compare_changes",
                                "run_lint",
                                "errors_on_lint_failure",
                                "triggers_on_draft_pr",
                                "job_type",
                                "execution"));

        assertThat(cloned(Job.of(older)))
                .containsEntry("run_compare_changes", false)
                .containsEntry("run_lint", false)
                .containsEntry("errors_on_lint_failure", true)
                .containsEntry("triggers_on_draft_pr", false)
                .doesNotContainKey("job_type");
    }

    @Test
    void aChangeOfWhatIsRunChangesTheHashAndNothingElseDoes() {
        String hash = CloneDefinition.hash(base(Map.of()));

        assertThat(CloneDefinition.hash(base(Map.of("execute_steps", List.of("dbt run")))))
                .isNotEqualTo(hash);
        assertThat(CloneDefinition.hash(base(Map.of("execution", Map.of("timeout_seconds", 5L)))))
                .isNotEqualTo(hash);
        assertThat(
                        CloneDefinition.hash(
                                base(
                                        Map.of(
                                                "name", "other",
                                                "run_failure_count", 4L,
                                                "updated_at", "2025-01-01T00:00:00.000000+00:00"))))
                .isEqualTo(hash)
                .matches("[0-9a-f]{12}");
    }

    @Test
    void aJobIsACloneOnlyWhenNameAndDescriptionSaySo() {
        var fields = new LinkedHashMap<String, @Nullable Object>(Json.readObject(BASE));
        fields.putAll(cloned(base(Map.of())));
        fields.put("id", 5L);
        assertThat(CloneDefinition.markerOf(Job.of(fields))).contains(MARKER);

        fields.put("name", "renamed");
        assertThat(CloneDefinition.markerOf(Job.of(fields))).isEmpty();
    }
}
