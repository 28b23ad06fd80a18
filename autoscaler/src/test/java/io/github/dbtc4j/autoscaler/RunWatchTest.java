package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.observation.Polling;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome.Ending;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

class RunWatchTest {

    private static final Polling POLLING = new Polling.Fixed(Duration.ofSeconds(10));
    private static final Duration DAY = Duration.ofHours(24);

    private final Stage stage = new Stage();

    @Test
    void seesARunToItsSuccess() throws Exception {
        Outcome outcome = await(triggered(), DAY);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(Objects.requireNonNull(outcome.answer()).data().status().isTerminal()).isTrue();
        assertThat(stage.told(Event.Progress.class)).hasSizeGreaterThan(20);
    }

    @Test
    void seesARunToItsFailure() throws Exception {
        stage.nextRunEnds(Ending.FAILING_NODE);
        ApiResponse<Run> run = triggered();

        assertThat(await(run, DAY).verdict())
                .isEqualTo(new Verdict.Failed(new RunId(run.data().id())));
    }

    @Test
    void seesARunCancelled() throws Exception {
        ApiResponse<Run> run = triggered();
        stage.after(Duration.ofMinutes(1), () -> stage.sandbox.cancelAsUser(run.data().id()));

        assertThat(await(run, DAY).verdict()).isInstanceOf(Verdict.Cancelled.class);
    }

    @Test
    void looksOneLastTimeAtTheDeadlineAndLetsTheRunGoOn() throws Exception {
        ApiResponse<Run> run = triggered();
        Outcome outcome = await(run, Duration.ofSeconds(25));

        assertThat(outcome.verdict())
                .isEqualTo(new Verdict.DeadlinePassed(new RunId(run.data().id())));
        assertThat(stage.now()).isEqualTo(Stage.START.plusSeconds(25));
        assertThat(stage.run(run.data().id()).isTerminal()).isFalse();
    }

    @Test
    void findsARunThatEndedJustAtTheDeadline() throws Exception {
        assertThat(await(triggered(), Duration.ofSeconds(311)).verdict())
                .isInstanceOf(Verdict.Succeeded.class);
    }

    private ApiResponse<Run> triggered() {
        return stage.client
                .jobs()
                .trigger(
                        stage.world.accountId(), stage.world.ciJobId(), Map.of("cause", "by hand"));
    }

    private Outcome await(ApiResponse<Run> run, Duration timeout) throws InterruptedException {
        return new RunWaiter(stage.client, stage, stage.told::add).await(run, POLLING, timeout);
    }
}
