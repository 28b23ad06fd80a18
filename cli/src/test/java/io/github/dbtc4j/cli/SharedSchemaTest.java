package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.List;
import java.util.Map;

/// Payloads that give every pull request the same schema, or none.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class SharedSchemaTest {

    private static final String SHARING =
            "{\"cause\": \"quick\", \"github_pull_request_id\": 50, \"schema_override\": \"cicd\"}";
    private static final String NAMING_NONE =
            "{\"cause\": \"quick\", \"github_pull_request_id\": 50}";

    private static long otherRun(Platform platform) {
        Map<String, @Nullable Object> payload =
                Map.of("cause", "slow", "github_pull_request_id", 51, "schema_override", "CICD");
        long run = platform.client.jobs().trigger(1, platform.job, payload).data().id();
        platform.await(run, 3);
        return run;
    }

    @Test
    void thePlanQueuesAndNamesSchemaAndRun() {
        try (var platform = Platform.starter()) {
            long other = otherRun(platform);
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("plan", "-d", SHARING)).as(prompt.err()).isZero();

            assertThat(prompt.err())
                    .contains(
                            "run %d (pull request 51) builds into the same schema cicd"
                                    .formatted(other))
                    .contains("triggering job 1, where the run queues")
                    .doesNotContain("names no schema_override");
            Map<String, ?> plan = Json.readObject(prompt.out());
            assertThat(plan.get("steps"))
                    .isEqualTo(List.of(Map.of("step", "trigger", "lane", "base", "job", 1L)));
            assertThat((Iterable<?>) plan.get("reasons"))
                    .anySatisfy(reason ->
                            assertThat(reason)
                                    .isEqualTo(
                                            Map.of(
                                                    "reason",
                                                    "schema_shared",
                                                    "schema",
                                                    "cicd",
                                                    "run",
                                                    other,
                                                    "pull_request",
                                                    "github:51")));
        }
    }

    @Test
    void plansCloneAndNamesSharedSchema() {
        try (var platform = Platform.starter()) {
            otherRun(platform);
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("plan", "--shared-schema=allow", "-d", SHARING)).isZero();

            assertThat(prompt.err())
                    .contains("builds into the same schema cicd")
                    .contains("cloning the job");
        }
    }

    @Test
    void aPayloadWithoutASchemaIsToldOfOnceAndNotKeptWaiting() {
        try (var platform = Platform.starter()) {
            otherRun(platform);
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("plan", "-d", NAMING_NONE)).isZero();

            assertThat(prompt.err())
                    .containsOnlyOnce("The payload names no schema_override")
                    .contains("such as dbt_cloud_pr_1_50")
                    .contains("cloning the job");
        }
    }

    @Test
    void aProductionJobIsRefusedWithTwoAndAllowedByTheOption() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());
            assertThat(prompt.dbtc("plan", "--job-id=2", "-d", SHARING)).isEqualTo(2);
            assertThat(prompt.err()).contains("job 2 is in an environment of type production");

            var allowed = new Prompt(platform.environment());
            assertThat(allowed.dbtc("plan", "--job-id=2", "--allow-production-job", "-d", SHARING))
                    .as(allowed.err())
                    .isZero();
            assertThat(allowed.err()).containsOnlyOnce("is also started by its schedule");
        }
    }
}
