package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Pull requests must not build where production does.
class ProductionJobTest {

    private final Stage stage = new Stage();
    private final long production = stage.world.productionJobIds().getFirst();

    @Test
    void isRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> trigger(Options.defaults()))
                .isInstanceOf(UnsuitableJobException.class)
                .hasMessageStartingWith(
                        "job %d is in an environment of type production".formatted(production))
                .hasMessageContaining("--allow-production-job");
        assertThatThrownBy(() ->
                        stage.autoscaler()
                                .plan(
                                        stage.world.accountId(),
                                        production,
                                        Payload.of(stage.payload(50)),
                                        Options.defaults()))
                .isInstanceOf(UnsuitableJobException.class);

        assertThat(stage.happened(SandboxEvent.Requested.class))
                .extracting(SandboxEvent.Requested::method)
                .containsExactly("GET", "GET");
    }

    @Test
    void isTakenWhereThatIsAllowed() throws Exception {
        trigger(Options.defaults().allowProductionJob(true));

        assertThat(stage.sandbox.runs()).hasSize(1);
    }

    @Test
    void aJobThatAScheduleStartsTooIsToldOfOnce() throws Exception {
        trigger(Options.defaults().allowProductionJob(true));

        assertThat(stage.told(Event.UnusualJob.class))
                .extracting(Event.UnusualJob::consideration)
                .containsOnlyOnce(JobWarning.ALSO_STARTED_OTHERWISE);
    }

    @Test
    void aJobThatMergesOrAnotherJobStartTooIsToldOf() throws Exception {
        long base = stage.world.ciJobId();
        stage.sandbox.editAsUser(
                base,
                Map.of(
                        "job_completion_trigger_condition",
                        Map.of(
                                "condition",
                                Map.of(
                                        "job_id",
                                        production,
                                        "project_id",
                                        stage.world.projectId(),
                                        "statuses",
                                        List.of(10L)))));

        stage.trigger(50);

        assertThat(stage.told(Event.UnusualJob.class))
                .extracting(Event.UnusualJob::consideration)
                .containsOnlyOnce(JobWarning.ALSO_STARTED_OTHERWISE);
    }

    private void trigger(Options options) throws InterruptedException {
        stage.autoscaler()
                .triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        production,
                        Payload.of(stage.payload(50)),
                        options);
    }
}
