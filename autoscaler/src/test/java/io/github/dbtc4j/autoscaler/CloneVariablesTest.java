package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.RunView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A clone without the base job's variables builds something else: it is triggered with all of them
/// or not at all.
class CloneVariablesTest {

    private static final String REFUSAL =
            """
            {"status": {"code": 400, "is_success": false, "user_message": "The request was invalid.",
            "developer_message": ""}, "data": null}
            """;

    /// What becomes of the request that sets a clone's second variable.
    enum Mishap {
        RATE_LIMITED {
            @Override
            Response answer(Request request, Transport platform) {
                return Response.of(429, Map.of("retry-after", "60"), "");
            }
        },
        LOST_BEFORE_ITS_EFFECT {
            @Override
            Response answer(Request request, Transport platform) throws IOException {
                throw new SocketTimeoutException("no complete answer within 30000 ms");
            }
        },
        LOST_AFTER_ITS_EFFECT {
            @Override
            Response answer(Request request, Transport platform)
                    throws IOException, InterruptedException {
                platform.send(request);
                return Response.of(502, Map.of(), "<html><title>Bad gateway</title></html>");
            }
        };

        abstract Response answer(Request request, Transport platform)
                throws IOException, InterruptedException;
    }

    /// With forged claims, HTTP faults, dedicated, seed 300005698: the rate limit met the copying,
    /// and the clone was triggered without its variables.
    @ParameterizedTest
    @EnumSource
    void triggersACloneWithAllVariables(Mishap mishap) throws Exception {
        Stage stage = busyStage(mishap, 1);

        Outcome outcome = stage.trigger(50);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.CloneCreated.class)).hasSize(1);
        assertThat(stage.sandbox.runs().getLast())
                .returns(Map.of("DBT_LAYER", "ci", "DBT_WAREHOUSE", "small"), RunView::variables)
                .matches(run -> run.jobId() != stage.world.ciJobId());
        assertThat(stage.clones()).isEmpty();
    }

    @Test
    void leavesNoCloneBehindWhereItsVariablesCannotBeSet() {
        Stage stage = busyStage(Mishap.LOST_BEFORE_ITS_EFFECT, Integer.MAX_VALUE);

        assertThatThrownBy(() -> stage.trigger(50))
                .isInstanceOf(DbtCloudException.Unavailable.class);

        assertThat(stage.clones()).isEmpty();
        assertThat(stage.sandbox.runs()).as("the one that kept the base job busy").hasSize(1);
    }

    /// A pipeline was killed before it set the variables of its clone; then the platform refuses
    /// them to the next one, which still has the base job's queue.
    @Test
    void queuesWhereAnUnfinishedClonesVariablesAreRefused() throws Exception {
        var answer = new AtomicReference<Response>();
        Stage stage = stageAfterAKilledPipeline(() -> {}, answer);
        answer.set(Response.of(400, Map.of(), REFUSAL));

        Outcome outcome = stage.trigger(50, Options.defaults().shouldPoll(true));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.sandbox.runs().getLast().jobId()).isEqualTo(stage.world.ciJobId());
    }

    /// Two pipelines complete one clone: the platform refuses a name that it has.
    @Test
    void usesAVariableThatAnotherPipelineSetMeanwhile() throws Exception {
        var stages = new AtomicReference<Stage>();
        Stage stage =
                stageAfterAKilledPipeline(
                        () -> {
                            Stage mine = stages.get();
                            mine.sandbox.setVariableAsUser(
                                    mine.clones().getFirst(), "DBT_LAYER", "ci");
                        },
                        new AtomicReference<>());
        stages.set(stage);
        long clone = stage.clones().getFirst();

        Outcome outcome = stage.trigger(50, Options.defaults().shouldPoll(true));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.sandbox.runs().getLast())
                .returns(clone, RunView::jobId)
                .returns(Map.of("DBT_LAYER", "ci"), RunView::variables);
    }

    @Test
    void makesAnotherCloneOnceTheBaseJobsVariablesHaveChanged() throws Exception {
        var stage = new Stage();
        long base = stage.world.ciJobId();
        stage.sandbox.setVariableAsUser(base, "DBT_LAYER", "old");
        stage.runOf(51, base);
        Options idle = Options.defaults().shouldPoll(true).cleanup(Cleanup.IDLE);
        stage.trigger(50, idle);
        long former = stage.sandbox.runs().getLast().jobId();
        stage.sandbox.setVariableAsUser(base, "DBT_LAYER", "new");
        stage.runOf(52, base);

        stage.trigger(50, idle);

        assertThat(stage.sandbox.runs().getLast())
                .returns(Map.of("DBT_LAYER", "new"), RunView::variables)
                .matches(run -> run.jobId() != base && run.jobId() != former);
    }

    /// With a clone that has no variables yet, left idle by a pipeline that was killed.
    private static Stage stageAfterAKilledPipeline(
            Runnable beforeSetting, AtomicReference<Response> answer) {
        var killed = new AtomicBoolean();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (request.method().equals("POST")
                                            && sets(request, "DBT_LAYER")) {
                                        if (!killed.getAndSet(true)) {
                                            throw new IllegalStateException("killed");
                                        }
                                        beforeSetting.run();
                                        if (answer.get() != null) {
                                            return answer.get();
                                        }
                                    }
                                    return platform.send(request);
                                });
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        stage.runOf(51, stage.world.ciJobId());
        assertThatThrownBy(() -> stage.trigger(50)).hasMessageContaining("killed");
        stage.pass(Duration.ofSeconds(10));
        return stage;
    }

    private static Stage busyStage(Mishap mishap, int times) {
        var left = new AtomicInteger(times);
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request ->
                                        request.method().equals("POST")
                                                        && sets(request, "DBT_WAREHOUSE")
                                                        && left.getAndDecrement() > 0
                                                ? mishap.answer(request, platform)
                                                : platform.send(request));
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_WAREHOUSE", "small");
        stage.runOf(51, stage.world.ciJobId());
        return stage;
    }

    private static boolean sets(Request request, String variable) {
        return request.uri().getPath().contains("environment-variables")
                && String.valueOf(request.body()).contains(variable);
    }
}
