package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A pull request that can have no clone is built even so: the base job queues it.
class RefusedCloneTest {

    private static final Options OPTIONS = Options.defaults().shouldPoll(true);

    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOWED")
    void queuesWhereThePlatformAllowsNoMoreJobs(Assumption.OneMoreJob answer) throws Exception {
        var stage =
                new Stage(options -> with(options, answer), transport -> counting(transport, null));

        assertQueued(stage, OPTIONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 404, 405, 409, 422})
    void queuesAfterAnyRejection(int status) throws Exception {
        var stage =
                new Stage(options -> options, transport -> counting(transport, refusal(status)));

        assertQueued(stage, OPTIONS);
    }

    @ParameterizedTest
    @EnumSource
    void queuesWithAnyLanes(LanePolicy lanes) throws Exception {
        var stage = new Stage(options -> options, transport -> counting(transport, refusal(403)));

        assertQueued(stage, OPTIONS.lanes(lanes).cleanup(Cleanup.NEVER));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void usesNoCloneThatMayNotHaveTheVariables(int status) throws Exception {
        var stage =
                new Stage(
                        options -> options,
                        transport ->
                                request ->
                                        request.method().equals("POST")
                                                        && request.uri()
                                                                .getPath()
                                                                .contains("/environment-variables/")
                                                ? refusal(status)
                                                : transport.send(request));
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_THREADS_CI", "8");
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, OPTIONS);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(Objects.requireNonNull(outcome.answer()).data().jobId())
                .isEqualTo(stage.world.ciJobId());
        assertThat(stage.clonesMade()).hasSize(1);
        assertThat(stage.clones()).isEmpty();
        assertThat(stage.told(Event.CloneRefused.class)).hasSize(1);
    }

    private void assertQueued(Stage stage, Options options) throws Exception {
        long other = stage.runOf(51, stage.world.ciJobId());
        stage.pass(Duration.ofSeconds(60));

        Outcome outcome = stage.trigger(50, options);

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(Objects.requireNonNull(outcome.answer()).data().jobId())
                .isEqualTo(stage.world.ciJobId());
        assertThat(stage.run(other).status()).isEqualTo(10);
        assertThat(asked).hasValueBetween(1, 2);
        assertThat(stage.clonesMade()).isEmpty();
        assertThat(stage.told(Event.CloneRefused.class)).hasSize(1);
        assertThat(
                        stage.told(Event.Decided.class).stream()
                                .flatMap(event -> event.plan().reasons().stream()))
                .contains(new Reason.CloneRefused());
    }

    private static SandboxOptions with(SandboxOptions options, Assumption answer) {
        return options.switches(AssumptionSet.defaults().with(answer));
    }

    /// @param answer to every job that is to be created, null for the platform's own
    private Transport counting(Transport transport, @Nullable Response answer) {
        return request -> {
            if (!isCreate(request)) {
                return transport.send(request);
            }
            asked.incrementAndGet();
            return answer == null ? transport.send(request) : answer;
        };
    }

    private static boolean isCreate(Request request) {
        return request.method().equals("POST") && request.uri().getPath().endsWith("/jobs/");
    }

    private static Response refusal(int status) {
        return Response.of(
                status,
                Map.of("content-type", "application/json"),
                """
                {"status": {"code": %d, "is_success": false, "user_message": "No.",
                            "developer_message": ""}, "data": null}
                """
                        .formatted(status));
    }
}
