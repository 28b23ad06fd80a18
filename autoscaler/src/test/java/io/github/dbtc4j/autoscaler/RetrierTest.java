package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.observation.Polling;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome.Ending;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

class RetrierTest {

    private static final Duration DELAY = Duration.ofSeconds(30);
    private static final Polling POLLING = new Polling.Fixed(Duration.ofSeconds(10));
    private static final Duration DAY = Duration.ofHours(24);

    private final Stage stage = new Stage();

    @Test
    void retriesAFailedRunFromItsFailedStep() throws Exception {
        stage.nextRunEnds(Ending.FAILING_NODE);
        ApiResponse<Run> first = triggered();

        Outcome outcome = await(first, 2, DAY);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        Run last = Objects.requireNonNull(outcome.answer()).data();
        assertThat(last.fields()).containsEntry("retrying_run_id", first.data().id());
        assertThat(stage.sandbox.runs()).hasSize(2);
        assertThat(stage.told(Event.Retrying.class))
                .singleElement()
                .satisfies(told ->
                        assertThat(Objects.requireNonNull(told.details()).failedStep())
                                .startsWith("dbt "));
        var failedAt = Objects.requireNonNull(stage.run(first.data().id()).finishedAt());
        assertThat(last.createdAt()).isAfterOrEqualTo(failedAt.plus(DELAY));
    }

    @Test
    void retriesNoOftenerThanItWasTold() throws Exception {
        stage.sandbox.decide(
                RunRule.always(
                        io.github.dbtc4j.sandbox.option.ScriptedOutcome.any()
                                .ending(Ending.FAILING_NODE)));

        Outcome outcome = await(triggered(), 2, DAY);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(stage.sandbox.runs()).hasSize(3);
    }

    @Test
    void doesNotRetryWhatThePlatformWouldRefuse() throws Exception {
        stage.nextRunEnds(Ending.INTERNAL_ERROR);

        Outcome outcome = await(triggered(), 2, DAY);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(stage.sandbox.runs()).hasSize(1);
        assertThat(stage.told(Event.NotRetried.class))
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).isEqualTo("RETRY_NO_RUN_RESULTS"));
    }

    @Test
    void doesNotRetryARunThatIsNoLongerTheLatest() throws Exception {
        stage.nextRunEnds(Ending.FAILING_NODE);
        ApiResponse<Run> first = triggered();
        stage.after(Duration.ofMinutes(4), this::triggered);

        Outcome outcome = await(first, 2, DAY);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(stage.told(Event.NotRetried.class))
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).isEqualTo("RETRY_NOT_LATEST_RUN"));
        assertThat(stage.sandbox.runs()).hasSize(2);
    }

    @Test
    void doesNotRetryACancelledRun() throws Exception {
        ApiResponse<Run> first = triggered();
        stage.after(Duration.ofMinutes(1), () -> stage.sandbox.cancelAsUser(first.data().id()));

        assertThat(await(first, 2, DAY).verdict()).isInstanceOf(Verdict.Cancelled.class);
        assertThat(stage.sandbox.runs()).hasSize(1);
    }

    @Test
    void retriesNothingWhenTheDeadlineWouldPassMeanwhile() throws Exception {
        stage.nextRunEnds(Ending.FAILING_NODE);
        Outcome outcome = await(triggered(), 2, Duration.ofSeconds(330));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(stage.sandbox.runs()).hasSize(1);
    }

    @Test
    void saysWhyARunWouldNotBeRetriedAndNothingWhereThePlatformIsSilent() {
        Run fresh = triggered().data();
        assertThat(Retrier.refusal(fresh)).contains("RETRY_NOT_FAILED_RUN");

        Map<String, Object> older = new java.util.HashMap<>();
        fresh.fields()
                .forEach((name, value) -> {
                    if (value != null && !name.contains("retry")) {
                        older.put(name, value);
                    }
                });
        assertThat(Retrier.refusal(Run.of(Map.copyOf(older)))).isEmpty();
    }

    private ApiResponse<Run> triggered() {
        return stage.client
                .jobs()
                .trigger(
                        stage.world.accountId(), stage.world.ciJobId(), Map.of("cause", "by hand"));
    }

    private Outcome await(ApiResponse<Run> run, int retries, Duration timeout)
            throws InterruptedException {
        return new Retrier(stage.client, stage, stage.told::add)
                .await(run, retries, DELAY, POLLING, timeout);
    }
}
