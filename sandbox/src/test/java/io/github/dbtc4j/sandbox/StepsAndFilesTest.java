package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.json;
import static io.github.dbtc4j.sandbox.Platform.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

@NullUnmarked
class StepsAndFilesTest {

    private final Platform platform = Platform.with();

    @Test
    void stepsAppearAsTheyBegin() {
        long run = platform.nextTakes(10, 120).trigger(1);
        assertThat(steps(run)).isEmpty();

        platform.afterSeconds(11);
        assertThat(steps(run))
                .extracting(step -> step.get("name"))
                .containsExactly("Clone git repository");
        assertThat(steps(run).getFirst())
                .containsEntry("status", 3L)
                .containsEntry("status_humanized", "Running")
                .containsEntry("finished_at", null)
                .containsEntry("logs", null)
                .containsEntry("index", 1L);

        platform.settle();
        assertThat(steps(run))
                .extracting(step -> step.get("name"))
                .containsExactly(
                        "Clone git repository",
                        "Create profile from connection BigQuery",
                        "Invoke dbt with `dbt deps`",
                        "Invoke dbt with `dbt build -s state:modified+`");
        assertThat(steps(run)).allSatisfy(step -> assertThat(step).containsEntry("status", 10L));
        assertThat((String) steps(run).getLast().get("logs")).contains("Done. PASS=");
    }

    @Test
    void oneStepCanBeReadByItsId() {
        long run = platform.trigger(1);
        platform.settle();
        Map<String, Object> last = steps(run).getLast();

        assertThat(data(platform.get(V2 + "/steps/" + last.get("id") + "/"))).isEqualTo(last);
        assertThat(platform.get(V2 + "/steps/" + ((Long) last.get("id") + 1) + "/").status())
                .isEqualTo(404);
        assertThat(platform.get(V2 + "/steps/1/").status()).isEqualTo(404);
    }

    @Test
    void theStepThatWasCancelledSaysSo() {
        long run = platform.nextTakes(1, 600).trigger(1);
        platform.afterSeconds(300);
        platform.sandbox.cancelAsUser(run);
        platform.settle();

        assertThat(steps(run).getLast())
                .containsEntry("status", 30L)
                .containsEntry("status_humanized", "Cancelled");
        assertThat(steps(run).getFirst()).containsEntry("status", 10L);
    }

    @Test
    void anOrderedFailureShowsInStepLogsAndResults() {
        String node = "test.jaffle_shop.not_null_orders_id";
        platform.sandbox.decide(RunRule.next(ScriptedOutcome.failureAt(node)));
        long run = platform.trigger(1);
        platform.settle();

        assertThat(platform.run(run)).containsEntry("status", 20L).containsEntry("is_error", true);
        assertThat(steps(run).getLast()).containsEntry("status", 20L);
        assertThat((String) steps(run).getLast().get("logs"))
                .contains(
                        "Failure in not_null_orders_id: Got 3 results, configured to fail if != 0");
        assertThat(results(run).stream().filter(result -> result.get("unique_id").equals(node)))
                .singleElement()
                .satisfies(result ->
                        assertThat(result)
                                .containsEntry("status", "fail")
                                .containsEntry("failures", 3L)
                                .containsEntry(
                                        "message", "Got 3 results, configured to fail if != 0"));
    }

    @Test
    void whatDependsOnAFailedModelIsSkipped() {
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.failureAt("model.jaffle_shop.orders")));
        long run = platform.trigger(2);
        platform.settle();

        assertThat(results(run))
                .anySatisfy(result ->
                        assertThat(result)
                                .containsEntry("unique_id", "model.jaffle_shop.customers")
                                .containsEntry("status", "skipped")
                                .containsEntry("timing", List.of()))
                .anySatisfy(result ->
                        assertThat(result)
                                .containsEntry("unique_id", "model.jaffle_shop.stg_orders")
                                .containsEntry("status", "success"));
    }

    @Test
    void aCiRunBuildsWhatOneModifiedModelReaches() {
        long run = platform.trigger(1);
        platform.settle();

        assertThat(results(run)).isNotEmpty().hasSizeLessThan(27);
        assertThat(results(run))
                .allSatisfy(r -> assertThat(r.get("status")).isIn("success", "pass"));
    }

    @Test
    void anUnknownCommitFailsInTheFirstStep() {
        platform.sandbox.decide(
                RunRule.always(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.UNKNOWN_COMMIT))
                        .containing("deadbeef"));
        long run = platform.trigger(1, "git_sha", "deadbeef");
        platform.settle();

        assertThat(platform.run(run))
                .containsEntry("status", 20L)
                .containsEntry("artifacts_saved", false)
                .containsEntry("retry_not_supported_reason", "RETRY_NO_RUN_RESULTS");
        assertThat(steps(run)).hasSize(1);
        assertThat((String) steps(run).getFirst().get("logs"))
                .contains("Failed to checkout to specified revision")
                .contains("fatal: reference is not a tree: deadbeef");
        assertThat(platform.get(V2 + "/runs/" + run + "/artifacts/").status()).isEqualTo(404);
    }

    @Test
    void anInternalErrorLeavesNoSteps() {
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.INTERNAL_ERROR)));
        long run = platform.trigger(1);
        platform.settle();

        assertThat(platform.run(run))
                .containsEntry("status", 20L)
                .containsEntry("started_at", null);
        assertThat(steps(run)).isEmpty();
    }

    @Test
    void aFinishedRunHasFilesForEachStepThatInvokedDbt() {
        long run = platform.trigger(1);
        assertThat(platform.get(V2 + "/runs/" + run + "/artifacts/").status()).isEqualTo(404);
        platform.settle();
        String files = V2 + "/runs/" + run + "/artifacts/";

        assertThat((List<?>) json(platform.get(files)).get("data"))
                .extracting(Object::toString)
                .contains("manifest.json", "run_results.json")
                .anyMatch(path -> path.startsWith("compiled/jaffle_shop/models/"));
        assertThat(map(json(platform.get(files + "manifest.json")), "nodes"))
                .containsKey("model.jaffle_shop.orders");
        assertThat(platform.get(files + "run_results.json?step=4").text())
                .isEqualTo(platform.get(files + "run_results.json").text());
        assertThat(platform.get(files + "manifest.json?step=3").status()).isEqualTo(200);
        assertThat(platform.get(files + "run_results.json?step=3").status()).isEqualTo(404);
        assertThat(platform.get(files + "run_results.json?step=1").status()).isEqualTo(404);
        assertThat(platform.get(files + "catalog.json").status()).isEqualTo(404);
    }

    @Test
    void theListedFilesCanAllBeRead() {
        long run = platform.trigger(1);
        platform.settle();
        String files = V2 + "/runs/" + run + "/artifacts/";

        for (Object path : (List<?>) json(platform.get(files)).get("data")) {
            assertThat(platform.get(files + path).status()).as("%s", path).isEqualTo(200);
        }
    }

    @Test
    void theListIsThatOfTheStepThatIsAskedFor() {
        long run = platform.trigger(1);
        platform.settle();
        String files = V2 + "/runs/" + run + "/artifacts/";

        assertThat(json(platform.get(files + "?step=3")).get("data"))
                .isEqualTo(List.of("manifest.json"));
        assertThat(json(platform.get(files + "?step=4")).get("data"))
                .isEqualTo(json(platform.get(files)).get("data"));
        assertThat(platform.get(files + "?step=1").status()).isEqualTo(404);
        assertThat(platform.get(files + "?step=5").status()).isEqualTo(404);
    }

    @Test
    void runResultsAreOfSchemaVersion6() {
        long run = platform.trigger(1);
        platform.settle();
        Map<String, Object> file =
                json(platform.get(V2 + "/runs/" + run + "/artifacts/run_results.json"));

        assertThat(map(file, "metadata"))
                .containsEntry(
                        "dbt_schema_version", "https://schemas.getdbt.com/dbt/run-results/v6.json");
        assertThat(map(map(file, "metadata"), "env"))
                .containsEntry("DBT_CLOUD_RUN_ID", String.valueOf(run))
                .containsEntry("DBT_CLOUD_JOB_ID", "1");
        assertThat(map(file, "args")).containsEntry("which", "build");
        assertThat(results(run).getFirst().keySet())
                .containsExactly(
                        "status",
                        "timing",
                        "thread_id",
                        "execution_time",
                        "adapter_response",
                        "message",
                        "failures",
                        "unique_id",
                        "compiled",
                        "compiled_code",
                        "relation_name");
    }

    @Test
    void aJobGivesTheFilesOfItsLatestRunThatHasThem() {
        assertThat(platform.get(V2 + "/jobs/1/artifacts/manifest.json").status()).isEqualTo(404);
        long run = platform.trigger(1);
        platform.settle();
        platform.trigger(1);

        assertThat(platform.get(V2 + "/jobs/1/artifacts/run_results.json").text())
                .contains("\"DBT_CLOUD_RUN_ID\":\"" + run + "\"");
    }

    @Test
    void theStepsOfTheTriggerReplaceThoseOfTheJob() {
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.success().executing(Duration.ofMinutes(3))));
        long run = platform.trigger(1, "steps_override", List.of("dbt seed", "dbt run"));
        platform.settle();

        assertThat(steps(run))
                .extracting(step -> step.get("name"))
                .endsWith("Invoke dbt with `dbt seed`", "Invoke dbt with `dbt run`");
        assertThat(results(run))
                .allSatisfy(r -> assertThat((String) r.get("unique_id")).startsWith("model."));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> steps(long run) {
        Map<String, Object> shown =
                data(platform.get(V2 + "/runs/" + run + "/?include_related=run_steps"));
        return (List<Map<String, Object>>) shown.get("run_steps");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> results(long run) {
        return (List<Map<String, Object>>)
                json(platform.get(V2 + "/runs/" + run + "/artifacts/run_results.json"))
                        .get("results");
    }
}
