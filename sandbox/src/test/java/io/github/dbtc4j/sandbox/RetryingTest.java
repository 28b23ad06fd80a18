package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

@NullUnmarked
class RetryingTest {

    private final Platform platform = Platform.with();

    @Test
    void aFailedLatestRunCanBeRetried() {
        long failed = failed(1);
        assertThat(platform.run(failed))
                .containsEntry("can_retry", true)
                .containsEntry("retry_not_supported_reason", null);

        Map<String, Object> retry = data(platform.post(V2 + "/runs/" + failed + "/retry/", null));
        assertThat(retry).containsEntry("status", 1L).containsEntry("retrying_run_id", failed);
        assertThat(platform.run(failed))
                .containsEntry("can_retry", false)
                .containsEntry("retry_not_supported_reason", "RETRY_NOT_LATEST_RUN");
    }

    @Test
    void theDetailsNameTheFailedStepAndTheSkippedOnes() {
        long job =
                platform.createJob(
                        "execute_steps", List.of("dbt seed", "dbt run", "dbt docs generate"));
        long run = failed(job);

        assertThat(data(platform.get(V2 + "/runs/" + run + "/retry/")))
                .containsEntry("failed_step", "dbt run")
                .containsEntry("skipped_steps", List.of("dbt docs generate"));
    }

    @Test
    void whatDidNotFailCannotBeRetried() {
        long run = platform.trigger(1);
        platform.settle();

        assertThat(platform.post(V2 + "/runs/" + run + "/retry/", null).text())
                .contains("RETRY_NOT_FAILED_RUN");
        assertThat(platform.get(V2 + "/runs/" + run + "/retry/").status()).isEqualTo(400);
        platform.sandbox.switches(AssumptionSet.defaults().with(Assumption.RefusedRetry.NOT_FOUND));
        assertThat(platform.post(V2 + "/runs/" + run + "/retry/", null).status()).isEqualTo(404);
        assertThat(platform.get(V2 + "/runs/" + run + "/retry/").status()).isEqualTo(404);
    }

    @Test
    void oldVersionsAndOtherCommandsCannotBeRetried() {
        long old = failed(platform.createJob("dbt_version", "1.5.0-latest"));
        long young = failed(platform.createJob("dbt_version", "1.6.0-latest"));
        long parse = failed(platform.createJob("execute_steps", List.of("dbt parse")));

        assertThat(platform.run(old))
                .containsEntry("retry_not_supported_reason", "RETRY_UNSUPPORTED_VERSION");
        assertThat(platform.run(young)).containsEntry("can_retry", true);
        assertThat(platform.run(parse))
                .containsEntry("retry_not_supported_reason", "RETRY_UNSUPPORTED_CMD");
    }

    @Test
    void rerunRetriesAFailedRunAndStartsAFreshOneOtherwise() {
        assertThat(rerun()).containsEntry("retrying_run_id", null);
        platform.settle();
        assertThat(rerun()).containsEntry("retrying_run_id", null);
        platform.settle();
        long failed = failed(1);
        assertThat(rerun()).containsEntry("retrying_run_id", failed);
        assertThat(platform.sandbox.runs().getLast().causeCategory()).isEqualTo("rerun");
    }

    private long failed(long job) {
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.FAILING_NODE))
                        .ofJob(job));
        long run = platform.trigger(job);
        platform.settle();
        return run;
    }

    private Map<String, Object> rerun() {
        return data(platform.post(V2 + "/jobs/1/rerun/", null));
    }
}
