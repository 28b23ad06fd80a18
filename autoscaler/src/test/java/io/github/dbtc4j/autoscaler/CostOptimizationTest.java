package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.Cleanup;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A clone reuses results as its base job does, or not at all where the platform will not have it
/// (terraform-provider-dbtcloud, issue 670).
class CostOptimizationTest {

    private static final String FEATURES = "cost_optimization_features";
    private static final Response REFUSAL =
            Response.of(
                    405,
                    Map.of("content-type", "application/json"),
                    """
                    {"status": {"code": 405, "is_success": false,
                                "user_message": "node_selection are not valid features.",
                                "developer_message": ""}, "data": {}}
                    """);

    private final List<String> creates = new ArrayList<>();
    private boolean refusesAll;

    private final Stage stage =
            new Stage(
                    options -> options,
                    transport ->
                            request -> {
                                if (!isCreate(request)) {
                                    return transport.send(request);
                                }
                                String body = Objects.requireNonNull(request.body());
                                creates.add(body);
                                return refusesAll || body.contains(FEATURES)
                                        ? REFUSAL
                                        : transport.send(request);
                            });

    @Test
    void aCloneIsMadeWithoutItWhereThePlatformRefusesItAndThatIsSaidOnce() throws Exception {
        stage.runOf(51, stage.world.ciJobId());

        stage.trigger(50, Options.defaults().cleanup(Cleanup.IDLE));
        stage.trigger(50, Options.defaults().cleanup(Cleanup.IDLE));

        assertThat(creates).hasSize(2);
        assertThat(creates.getFirst()).contains("\"" + FEATURES + "\":[]");
        assertThat(creates.getLast()).doesNotContain(FEATURES);
        assertThat(stage.told(Event.CostOptimizationLeftOut.class)).hasSize(1);
        assertThat(stage.clones()).hasSize(1);
    }

    @Test
    void aRefusalForAnotherReasonStaysOne() throws Exception {
        refusesAll = true;
        stage.runOf(51, stage.world.ciJobId());

        stage.trigger(50);

        assertThat(stage.told(Event.CloneRefused.class))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.error())
                                .hasMessageContaining("node_selection are not valid features"));
        assertThat(creates).hasSize(2);
        assertThat(stage.clones()).isEmpty();
    }

    private static boolean isCreate(Request request) {
        return request.method().equals("POST") && request.uri().getPath().endsWith("/jobs/");
    }
}
