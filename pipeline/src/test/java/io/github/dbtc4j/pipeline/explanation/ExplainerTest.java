package io.github.dbtc4j.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a run failed, read from the sandbox in virtual time.
class ExplainerTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final String MODEL = "model.jaffle_shop.orders";

    private final Sandbox sandbox =
            new Sandbox(
                    SandboxOptions.defaults().token("dbtu_x").schedules(false).earlierRuns(0),
                    START);
    private final List<String> requests = new ArrayList<>();
    private final Clock clock = new Clock();
    private final DbtCloudClient client =
            new DbtCloudClient(
                    ClientOptions.defaults()
                            .transport(request -> {
                                requests.add(request.uri().getPath());
                                return sandbox.handle(request, clock.now());
                            })
                            .system(clock)
                            .callTimeout(Duration.ZERO)
                            .token("dbtu_x"));

    @Test
    void findsTheFailedModelWithItsFileInTheResultsOfTheFailedStep() {
        Explanation why = explain(failing(ScriptedOutcome.failureAt(MODEL)));

        assertThat(why.gaps()).isEmpty();
        assertThat(why.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.index()).isEqualTo(4);
                    assertThat(step.name()).startsWith("Invoke dbt with `dbt build");
                    assertThat(step.logTail()).isEmpty();
                    assertThat(step.failures())
                            .singleElement()
                            .satisfies(node -> {
                                assertThat(node.uniqueId()).isEqualTo(MODEL);
                                assertThat(node.status()).isEqualTo("error");
                                assertThat(node.file()).isEqualTo("models/orders.sql");
                                assertThat(node.said(200))
                                        .isEqualTo(
                                                "Database Error: Unrecognized name: order_total");
                            });
                });
        assertThat(requests).noneMatch(path -> path.endsWith("manifest.json"));
    }

    @Test
    void findsTheFileAndTheCountOfAFailedTest() {
        Explanation why =
                explain(failing(ScriptedOutcome.failureAt("test.jaffle_shop.not_null_orders_id")));

        assertThat(why.steps().getFirst().failures())
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.status()).isEqualTo("fail");
                    assertThat(node.failures()).isEqualTo(3);
                    assertThat(node.file()).isEqualTo("models/schema.yml");
                });
    }

    @Test
    void showsTheEndOfTheLogOfAStepThatDoesNotInvokeDbt() {
        Explanation why =
                explain(
                        failing(
                                ScriptedOutcome.any()
                                        .ending(ScriptedOutcome.Ending.UNKNOWN_COMMIT)));

        assertThat(why.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.name()).isEqualTo("Clone git repository");
                    assertThat(step.logTail())
                            .contains("Failed to checkout to specified revision.");
                });
        assertThat(requests).noneMatch(path -> path.contains("artifacts"));
    }

    @Test
    void hasNoStepsForARunThatFailedBeforeItsFirst() {
        Explanation why =
                explain(
                        failing(
                                ScriptedOutcome.any()
                                        .ending(ScriptedOutcome.Ending.INTERNAL_ERROR)));

        assertThat(why.run()).isNotNull();
        assertThat(why.steps()).isEmpty();
        assertThat(why.gaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Bad gateway</html>",
                "[]",
                "{\"results\": [{\"unique_id\": \"model.a.b\", \"status\": \"err",
                "{\"results\": {}}",
                "{\"results\": [1, null, {\"unique_id\": 7, \"status\": \"error\"}]}",
                "{\"results\": [{\"unique_id\": \"model.a.b\", \"status\": \"success\"}]}",
                "{\"metadata\": {\"env\": {\"DBT_CLOUD_RUN_ID\": \"1\"}}, \"results\":"
                        + " [{\"unique_id\": \"model.a.b\", \"status\": \"error\"}]}"
            })
    void showsTheEndOfTheLogInsteadOfResultsThatSayNothing(String file) {
        answer("run_results.json", Response.of(200, Map.of(), file));

        Explanation why = explain(failing(ScriptedOutcome.failureAt(MODEL)));

        assertThat(why.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.failures()).isEmpty();
                    assertThat(step.logTail()).last().asString().startsWith("Done. PASS=");
                });
    }

    @Test
    void showsTheEndOfTheLogBesideFailuresOfWhichOneHasNoMessage() {
        // results of Fusion (dbt-core#14366): failures on tests only, NaN as Python writes it
        answer(
                "run_results.json",
                Response.of(
                        200,
                        Map.of(),
                        """
                        {"elapsed_time": NaN, "results": [
                          {"status": "error", "unique_id": "model.a.orders", "execution_time": NaN},
                          {"status": "fail", "unique_id": "test.a.t", "failures": 4,
                           "message": "Got 4 results"},
                          {"status": "error", "unique_id": null, "message": "on-run-end failed"},
                          {"status": null, "unique_id": "model.a.b"}, null, "x"]}
                        """));

        Explanation why = explain(failing(ScriptedOutcome.failureAt(MODEL)));

        assertThat(why.gaps()).isEmpty();
        assertThat(why.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.failures())
                            .extracting(NodeResult::uniqueId)
                            .containsExactly("model.a.orders", "test.a.t", "unnamed");
                    assertThat(step.logTail()).isNotEmpty();
                    assertThat(step.headline()).contains("Database Error in model orders");
                });
    }

    @Test
    void toleratesMissingArtifacts() {
        answer("run_results.json", Response.of(404, Map.of(), "{}"));

        Explanation why = explain(failing(ScriptedOutcome.failureAt(MODEL)));

        assertThat(why.gaps()).isEmpty();
        assertThat(why.steps().getFirst().logTail()).isNotEmpty();
    }

    @Test
    void saysWhatThePlatformWouldNotGive() {
        answer("run_results.json", Response.of(502, Map.of(), "<title>Bad gateway</title>"));
        assertThat(explain(failing(ScriptedOutcome.failureAt(MODEL))).gaps())
                .singleElement()
                .asString()
                .startsWith("run_results.json of step 4 could not be read:")
                .contains("502");
    }

    @Test
    void goesOnWithoutTheManifest() {
        answer("manifest.json", Response.of(200, Map.of(), "{\"nodes\": [half"));

        Explanation why =
                explain(failing(ScriptedOutcome.failureAt("test.jaffle_shop.not_null_orders_id")));

        assertThat(why.steps().getFirst().failures())
                .singleElement()
                .satisfies(node -> assertThat(node.file()).isNull());
        assertThat(why.gaps()).singleElement().asString().startsWith("manifest.json could not");
    }

    @Test
    void readsHugeResultsWithoutKeepingTheirCode() {
        var rows = new ArrayList<Map<String, String>>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(
                    Map.of(
                            "unique_id",
                            "model.a.m" + i,
                            "status",
                            "error",
                            "compiled_code",
                            "x".repeat(4_000),
                            "message",
                            "m".repeat(4_000)));
        }
        answer("run_results.json", Response.of(200, Map.of(), Json.write(Map.of("results", rows))));

        List<NodeResult> failures =
                explain(failing(ScriptedOutcome.failureAt(MODEL))).steps().getFirst().failures();

        assertThat(failures).hasSize(2_000);
        assertThat(failures)
                .allSatisfy(node -> assertThat(node.message()).hasSizeLessThanOrEqualTo(2_000));
    }

    @Test
    void usesTheRunAsSeenWhenItCannotBeReadAnew() {
        long run = failing(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.UNKNOWN_COMMIT));
        Run seen = explain(run).run();
        sandbox.addRoute((request, now) ->
                request.uri().getPath().endsWith("/runs/" + run + "/")
                        ? Optional.of(Response.of(503, Map.of(), ""))
                        : Optional.empty());

        Explanation why = explainer(Duration.ofMinutes(1)).explain(1, run, seen, false);

        assertThat(why.run()).isEqualTo(seen);
        assertThat(why.steps()).hasSize(1);
        assertThat(why.gaps()).singleElement().asString().contains("the run could not be read");
        assertThat(explainer(Duration.ofMinutes(1)).explain(1, run, null, false).steps()).isEmpty();
    }

    @Test
    void asksNoFurtherWhenItTakesTooLong() {
        long run = failing(ScriptedOutcome.failureAt(MODEL));
        requests.clear();
        clock.slow = Duration.ofSeconds(40);

        Explanation why = explainer(Duration.ofMinutes(1)).explain(1, run, null, true);

        assertThat(requests).hasSizeLessThanOrEqualTo(2);
        assertThat(why.gaps()).anyMatch(gap -> gap.endsWith("was taking too long"));
        assertThat(why.steps()).anySatisfy(step -> assertThat(step.logTail()).isNotEmpty());
    }

    @Test
    void readsAllStepsThatInvokeDbtWhenEverythingIsWanted() {
        long run = failing(ScriptedOutcome.success());

        Explanation why = explainer(Duration.ofMinutes(1)).explain(1, run, null, true);

        assertThat(why.steps()).extracting(StepReport::index).containsExactly(3, 4);
        assertThat(why.steps().getFirst().results()).isEmpty();
        assertThat(why.steps().getLast().results()).isNotEmpty().noneMatch(NodeResult::hasFailed);
        assertThat(why.gaps()).isEmpty();
    }

    /// kestra-io/plugin-dbt 0272b78.
    @Test
    void asksAgainForFilesThatComeLateAfterASuccess() {
        sandbox.switches(AssumptionSet.defaults().with(Assumption.LateArtifacts.LATE));
        long run = endedJustNow(ScriptedOutcome.success());

        Explanation why = explainer(Duration.ofMinutes(1)).explain(1, run, null, true);

        assertThat(why.steps().getLast().results()).isNotEmpty();
    }

    @Test
    void asksOnceForFilesThatAreNotThereAfterAFailure() {
        answer("run_results.json", Response.of(404, Map.of(), "{}"));
        long run = failing(ScriptedOutcome.failureAt(MODEL));
        requests.clear();
        Instant before = clock.now;

        explain(run);

        assertThat(requests).filteredOn(path -> path.endsWith("run_results.json")).hasSize(1);
        assertThat(clock.now).isEqualTo(before);
    }

    @Test
    void doesNotWaitForeverForFilesThatNeverCome() {
        answer("run_results.json", Response.of(404, Map.of(), "{}"));
        long run = failing(ScriptedOutcome.success());
        Instant before = clock.now;

        Explanation why = explainer(Duration.ofMinutes(1)).explain(1, run, null, true);

        assertThat(why.gaps()).isEmpty();
        assertThat(Duration.between(before, clock.now)).isEqualTo(Duration.ofSeconds(7));
    }

    /// dbt v2, whose `dbt lint` replaces SQLFluff: it leaves no results of nodes, what it finds is
    /// in its log.
    @Test
    void showsTheLogOfALintStepAndAsksForNoResults() {
        sandbox.editAsUser(
                sandbox.world().ciJobId(),
                Map.of("execute_steps", List.of("dbt lint --fail-fast")));
        long run = failing(ScriptedOutcome.failureAt(MODEL));
        requests.clear();

        Explanation why = explain(run);

        assertThat(why.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.name()).contains("dbt lint");
                    assertThat(step.results()).isEmpty();
                    assertThat(step.logTail()).isNotEmpty();
                });
        assertThat(requests).noneMatch(path -> path.contains("artifacts"));
    }

    /// Statuses of dbt v2 and of state-aware orchestration that are no failure.
    @ParameterizedTest
    @ValueSource(strings = {"reused", "no-op", "success", "pass", "skipped"})
    void aNodeThatWasReusedOrHadNothingToDoDidNotFail(String status) {
        answer(
                "run_results.json",
                Response.of(
                        200,
                        Map.of(),
                        Json.write(
                                Map.of(
                                        "results",
                                        List.of(
                                                Map.of("unique_id", MODEL, "status", "error"),
                                                Map.of(
                                                        "unique_id",
                                                        "model.a.b",
                                                        "status",
                                                        status))))));

        StepReport step = explain(failing(ScriptedOutcome.failureAt(MODEL))).steps().getFirst();

        assertThat(step.results()).hasSize(2);
        assertThat(step.failures()).extracting(NodeResult::uniqueId).containsExactly(MODEL);
    }

    private Explainer explainer(Duration limit) {
        return new Explainer(client, clock, limit);
    }

    private Explanation explain(long run) {
        return explainer(Duration.ofMinutes(1)).explain(1, run, null, false);
    }

    /// A run of the CI job that has ended so.
    private long failing(ScriptedOutcome outcome) {
        sandbox.decide(
                RunRule.next(
                        outcome.preparing(Duration.ofSeconds(5))
                                .executing(Duration.ofSeconds(60))));
        long run =
                client.jobs()
                        .trigger(1, sandbox.world().ciJobId(), Map.of("cause", "x"))
                        .data()
                        .id();
        clock.now = clock.now.plusSeconds(600);
        sandbox.advanceTo(clock.now);
        assertThat(sandbox.run(run).orElseThrow().isTerminal()).isTrue();
        return run;
    }

    private long endedJustNow(ScriptedOutcome outcome) {
        sandbox.decide(RunRule.next(outcome.preparing(Duration.ofSeconds(5))));
        long run =
                client.jobs()
                        .trigger(1, sandbox.world().ciJobId(), Map.of("cause", "x"))
                        .data()
                        .id();
        while (!sandbox.run(run).orElseThrow().isTerminal()) {
            clock.now = clock.now.plusSeconds(1);
            sandbox.advanceTo(clock.now);
        }
        return run;
    }

    private void answer(String file, Response response) {
        sandbox.addRoute((request, now) ->
                request.uri().getPath().endsWith("/artifacts/" + file)
                        ? Optional.of(response)
                        : Optional.empty());
    }

    private static final class Clock implements SystemContext {

        private Instant now = START;
        private Duration slow = Duration.ZERO;
        private long looks;

        @Override
        public Instant now() {
            return now;
        }

        /// Later by `slow` at each look.
        @Override
        public long nanoTime() {
            return slow.toNanos() * looks++;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public long random() {
            return 0;
        }
    }
}
