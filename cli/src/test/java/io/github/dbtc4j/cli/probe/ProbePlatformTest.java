package io.github.dbtc4j.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;

/// No request about a job or run of others leaves a probe, even if the rest of it asks for one.
class ProbePlatformTest {

    private final ProbeStage stage = new ProbeStage(ProbeStage.options());
    private final ProbePlatform platform = new ProbePlatform(stage.client(), 1, stage.job());

    @ParameterizedTest
    @EnumSource(
            value = ProbeCall.class,
            names = {"DELETE", "TRIGGER", "CANCEL", "CANCEL_BARE", "RETRY"})
    void refusesToWriteToTheJobItProbesBesideAndItsRuns(ProbeCall call) {
        long run = stage.sandbox.runAsUser(stage.job(), "by hand");
        long id = call.target() == ProbeCall.Target.OWN_RUN ? run : stage.job();

        assertThatThrownBy(() -> platform.send(call, id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not about what the probe made");
        assertThat(stage.requests()).isEmpty();
    }

    @Test
    void refusesToCreateAJobWithoutItsMarker() {
        assertThatThrownBy(() -> platform.send(ProbeCall.CREATE, 0, Map.of("name", "CI")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stage.requests()).isEmpty();
    }
}
