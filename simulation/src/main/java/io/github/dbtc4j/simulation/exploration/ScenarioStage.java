package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.HistoryRecorder;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Repository;
import io.github.dbtc4j.simulation.world.ScenarioJobs;
import io.github.dbtc4j.simulation.world.VirtualTime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the participants of a [ScenarioExecution] share: the clock, the platform, the recorder, and
/// what the scenario prescribes.
final class ScenarioStage {

    private final Scenario scenario;
    private final Strategy strategy;
    private final VirtualTime time;
    private final Sandbox sandbox;
    private final Faults faults;
    private final FaultyPlatform platform;
    private final HistoryRecorder recorder;
    private final long baseJob;
    private final long otherJob;
    private final Set<String> tokens = new LinkedHashSet<>();
    private String token;
    private Instant calm;
    private int pipelines;

    ScenarioStage(Scenario scenario, Strategy strategy) {
        this.scenario = scenario;
        this.strategy = strategy;
        this.time = new VirtualTime(scenario.seed(), scenario.start(), scenario.delay());
        this.sandbox = new Sandbox(scenario.platform(), scenario.start());
        this.baseJob = createBaseJob();
        this.otherJob =
                scenario.traits().contains(Scenario.Trait.EQUAL_NUMBERS)
                        ? ScenarioJobs.create(
                                sandbox, sandbox.world().otherProjectId(), "Their CI", "other")
                        : baseJob;
        this.recorder = new HistoryRecorder(sandbox, time::now);
        this.faults = new Faults(recorder::handle, scenario.seed());
        this.platform = new FaultyPlatform(faults, time, this::notCalmBefore);
        this.token = sandbox.world().token();
        this.tokens.add(token);
        this.calm = scenario.start();
        this.pipelines = scenario.starts().size();
    }

    private long createBaseJob() {
        long job =
                scenario.baseJobType().equals("ci")
                        ? sandbox.world().ciJobId()
                        : ScenarioJobs.create(
                                sandbox, sandbox.world().projectId(), "CI", scenario.baseJobType());
        scenario.overrides().forEach((name, value) -> sandbox.setVariableAsUser(job, name, value));
        if (scenario.seed() % 2 == 0) {
            sandbox.editAsUser(job, Map.of("cost_optimization_features", List.of()));
        }
        return job;
    }

    Scenario scenario() {
        return scenario;
    }

    Strategy strategy() {
        return strategy;
    }

    VirtualTime time() {
        return time;
    }

    Instant now() {
        return time.now();
    }

    /// Returns the platform as it truly is, for people who use it in the browser.
    Sandbox sandbox() {
        return sandbox;
    }

    Faults faults() {
        return faults;
    }

    /// Returns the platform as processes reach it.
    FaultyPlatform platform() {
        return platform;
    }

    HistoryRecorder recorder() {
        return recorder;
    }

    long account() {
        return sandbox.world().accountId();
    }

    /// Returns the base job of our repository.
    long baseJob() {
        return baseJob;
    }

    /// Returns the CI job of the pipelines of `repository`.
    long jobOf(Repository repository) {
        return repository == Repository.OURS ? baseJob : otherJob;
    }

    /// Returns the strategy that the pipelines of `repository` follow.
    Strategy strategyOf(Repository repository) {
        return repository == Repository.OURS
                        || scenario.traits().contains(Scenario.Trait.TWO_PROJECTS)
                ? strategy
                : Strategy.QUEUE;
    }

    /// Returns the scenario's options; dedicated lanes need one clone at least.
    Options options() {
        Options options = scenario.options();
        return strategy == Strategy.DEDICATED && Integer.valueOf(0).equals(options.maxRunSlots())
                ? options.maxRunSlots(1)
                : options;
    }

    /// Returns the token that a process which begins now gets.
    String token() {
        return token;
    }

    /// Returns every token there was.
    Set<String> tokens() {
        return Set.copyOf(tokens);
    }

    void rotateToken() {
        token = token + "r";
        tokens.add(token);
        sandbox.rotateToken(token);
    }

    /// Returns when the last injected fault ends, as far as is known.
    Instant calm() {
        return calm;
    }

    void notCalmBefore(Instant until) {
        if (until.isAfter(calm)) {
            calm = until;
        }
    }

    /// Records that `invocation` stands still for `length` from now on.
    void paused(int invocation, Duration length) {
        notCalmBefore(now().plus(length));
        recorder.record(new HistoryEvent.Paused(now(), invocation, length));
    }

    /// Whether any pipeline of the scenario has not ended.
    boolean isGoing() {
        return pipelines > 0;
    }

    void pipelineEnded() {
        pipelines--;
    }
}
