package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.scenario.Forgery;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.strategy.Pipeline;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Triggers runs under forged claims, with the rights of anybody who may trigger jobs.
final class Forger {

    private static final ScriptedOutcome AT_ONCE =
            ScriptedOutcome.success()
                    .preparing(Duration.ofSeconds(1))
                    .executing(Duration.ofSeconds(5));

    private final Sandbox sandbox;
    private final ScenarioStage stage;

    Forger(ScenarioStage stage) {
        this.stage = stage;
        this.sandbox = stage.sandbox();
    }

    /// The runs whose claims can be copied.
    List<RunView> originals() {
        return sandbox.runs().stream()
                .filter(run ->
                        Claim.parse(run.cause())
                                .filter(claim -> claim.base().value() == stage.baseJob())
                                .isPresent())
                .toList();
    }

    /// Triggers a run under the claim that the pipeline of `start` writes.
    void forge(Forgery forgery, Scenario.Start start, long bits) {
        Integer number = start.pullRequest();
        var claim =
                new Claim(
                        new JobId(stage.baseJob()),
                        number == null ? null : new PullRequest(Provider.GITHUB, number),
                        start.sequenced() ? start.order() : null,
                        start.sha().substring(0, 12),
                        "%016x".formatted(bits));
        trigger(
                forgery,
                claim,
                new LinkedHashMap<>(Pipeline.payload(stage.baseJob(), number, start.sha())));
    }

    /// Triggers a run under the claim of `original`.
    void forge(Forgery forgery, RunView original) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("git_sha", original.gitSha());
        body.put("schema_override", original.schemaOverride());
        body.putAll(original.pullRequest());
        trigger(forgery, Claim.parse(original.cause()).orElseThrow(), body);
    }

    private void trigger(Forgery forgery, Claim claim, Map<String, @Nullable Object> body) {
        body.put("cause", ahead(claim, forgery.ahead()));
        forgery.lies().forEach(lie -> tell(lie, body));
        body.values().removeIf(value -> value == null);
        long job = job(forgery.target());
        if (forgery.quick()) {
            sandbox.decide(new RunRule(job, null, AT_ONCE, 1));
        }
        var request =
                new Request(
                        "POST",
                        URI.create(
                                "https://cloud.getdbt.com/api/v2/accounts/%d/jobs/%d/run/"
                                        .formatted(stage.account(), job)),
                        Map.of("Authorization", "Bearer " + stage.token()),
                        Json.write(body),
                        Duration.ofSeconds(30));
        if (sandbox.handle(request, stage.now()).status() < 300) {
            stage.recorder()
                    .record(
                            new HistoryEvent.Forged(
                                    stage.now(),
                                    sandbox.runs().getLast().id(),
                                    Collections.unmodifiableMap(body)));
        }
    }

    private static void tell(Forgery.Lie lie, Map<String, @Nullable Object> body) {
        switch (lie) {
            case STEPS -> body.put("steps_override", List.of("dbt --version"));
            case BRANCH -> body.put("git_branch", "elsewhere");
            case SHA -> body.put("git_sha", "f".repeat(40));
            case NO_SHA -> body.remove("git_sha");
            case SCHEMA -> body.put("schema_override", "elsewhere");
            case NO_SCHEMA -> body.remove("schema_override");
            case VERSION -> body.put("dbt_version_override", "1.0.0");
            case PULL_REQUEST ->
                    body.keySet()
                            .removeIf(text ->
                                    text.endsWith("_pull_request_id")
                                            || text.endsWith("_merge_request_id"));
        }
    }

    /// The text of `claim` with a greater number.
    private static String ahead(Claim claim, long by) {
        Sequence sequence = claim.sequence();
        if (sequence == null || by == 0) {
            return claim.appendTo("Forged");
        }
        String text = claim.appendTo("Forged");
        long number = by == Forgery.IMPLAUSIBLE ? by : sequence.number() + by;
        return text.replace(" k=" + sequence.number() + ".", " k=" + number + ".");
    }

    private long job(Forgery.Target target) {
        return switch (target) {
            case BASE -> stage.baseJob();
            case CLONE ->
                    sandbox.jobs().stream()
                            .filter(job -> job.state() == 1 && stage.recorder().isClone(job.id()))
                            .findFirst()
                            .map(job -> job.id())
                            .orElse(stage.baseJob());
            case PRODUCTION -> production().orElse(stage.baseJob());
        };
    }

    private Optional<Long> production() {
        return sandbox.world().productionJobIds().stream().findFirst();
    }
}
