package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.scenario.ChaosEvent;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Repository;
import io.github.dbtc4j.simulation.world.SimulatedProcess;
import io.github.dbtc4j.simulation.world.VirtualTime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One [Scenario] being played under one strategy.
///
/// Everything happens at scheduling points of [VirtualTime], one at a time. When all pipelines have
/// ended and all faults are over, the time passes after which an idle clone may be deleted, and one
/// more pipeline plays, or several where one cannot delete all clones.
final class ScenarioExecution {

    /// Nothing takes this long; what still goes on then never ends.
    private static final Duration HORIZON = Duration.ofHours(8);

    /// The longest a request whose response was lost may take to have its effect.
    private static final Duration LATEST_EFFECT = Duration.ofMinutes(3);

    /// An invocation deletes no more expired clones than that: it takes several to delete more.
    private static final int MOST_REAPED = 5;

    private static final int LAST_PULL_REQUEST = 9_000;

    /// How the epilogue's run goes, whose length is of no interest.
    private static final RunRule QUICK =
            RunRule.always(
                    ScriptedOutcome.success()
                            .preparing(Duration.ofSeconds(1))
                            .executing(Duration.ofSeconds(1)));

    private final Scenario scenario;
    private final ScenarioStage stage;
    private final Sandbox sandbox;
    private final VirtualTime time;
    private final ChaosInjector chaos;
    private final JobView base;
    private final Set<Long> earlier;
    private final List<ScenarioProcess> processes = new ArrayList<>();
    private int going;
    private Instant epilogue;

    ScenarioExecution(Scenario scenario, Strategy strategy) {
        this.scenario = scenario;
        this.stage = new ScenarioStage(scenario, strategy);
        this.sandbox = stage.sandbox();
        this.time = stage.time();
        this.chaos = new ChaosInjector(stage);
        this.base = sandbox.job(stage.baseJob()).orElseThrow();
        this.earlier = sandbox.runs().stream().map(RunView::id).collect(Collectors.toSet());
        this.epilogue = scenario.start().plus(HORIZON);
        this.going = scenario.starts().size() + scenario.chaos().size();
    }

    History play() throws InterruptedException {
        for (Scenario.Start start : scenario.starts()) {
            begin("pipeline", start.at(), process -> pipeline(start, process));
        }
        for (ChaosEvent.OfWorld event : scenario.chaos()) {
            begin(event.title(), event.at(), process -> chaos.inject(event, process));
        }
        time.run(scenario.start().plus(HORIZON));
        time.participants().forEach(ScenarioExecution::rethrow);
        sandbox.advanceTo(time.now());
        return history();
    }

    /// Lets a participant begin, after the last of which the epilogue follows.
    private void begin(String name, Instant at, VirtualTime.Script script) {
        time.begin(
                name,
                at,
                process -> {
                    try {
                        script.play(process);
                    } finally {
                        if (--going == 0) {
                            time.begin("epilogue", time.now(), this::epilogue);
                        }
                    }
                });
    }

    private void pipeline(Scenario.Start start, SimulatedProcess main) {
        ScenarioProcess process = process(start, main);
        for (ChaosEvent.OfProcess event : start.fate()) {
            if (event instanceof ChaosEvent.AfterAWhile later) {
                time.begin(
                        "operator",
                        main.now().plus(later.after()),
                        operator -> process.inject(later, operator));
            }
        }
        if (scenario.traits().contains(Scenario.Trait.CANCEL_IN_PROGRESS)) {
            for (ScenarioProcess other : processes) {
                if (other.start.isOfSamePullRequestAs(start) && other.start.isBefore(start)) {
                    time.begin("CI", main.now(), other::signal);
                }
            }
        }
        live(process, process::run);
    }

    /// Plays a life of `process`, and has the next one follow where it died.
    private void live(ScenarioProcess process, Runnable life) {
        try {
            life.run();
        } finally {
            Optional<Instant> next = process.resumes();
            if (next.isPresent()) {
                going++;
                begin(
                        "successor of " + process.number,
                        next.get(),
                        successor -> live(process, () -> process.resume(successor)));
            } else {
                stage.pipelineEnded();
            }
        }
    }

    private ScenarioProcess process(Scenario.Start start, SimulatedProcess main) {
        var process = new ScenarioProcess(processes.size() + 1, start, stage, main);
        processes.add(process);
        return process;
    }

    private void epilogue(SimulatedProcess main) {
        main.sleep(LATEST_EFFECT);
        awaitQuiet(main);
        main.sleep(scenario.options().cloneTtl().plusMinutes(1));
        epilogue = main.now();
        sandbox.decide(QUICK);
        int next = LAST_PULL_REQUEST;
        long before;
        do {
            before = deletedJobs();
            process(last(next++, main.now()), main).run();
            awaitQuiet(main);
        } while (deletedJobs() - before >= MOST_REAPED);
    }

    private long deletedJobs() {
        return sandbox.jobs().stream().filter(job -> job.state() != 1).count();
    }

    private static Scenario.Start last(int pullRequest, Instant at) {
        return new Scenario.Start(
                Repository.OURS,
                pullRequest,
                "e".repeat(40),
                Sequence.parse(pullRequest + ".1").orElseThrow().within("epilogue"),
                true,
                true,
                at,
                List.of());
    }

    /// Until every run has ended.
    private void awaitQuiet(SimulatedProcess process) {
        while (sandbox.nextEvent().isPresent() && isAnyRunActive()) {
            process.sleep(Duration.between(process.now(), sandbox.nextEvent().get()));
            sandbox.advanceTo(process.now());
        }
    }

    private boolean isAnyRunActive() {
        return sandbox.runs().stream().anyMatch(run -> !run.isTerminal());
    }

    private static void rethrow(SimulatedProcess participant) {
        participant
                .failure()
                .ifPresent(e -> {
                    throw new IllegalStateException(participant + " failed", e);
                });
    }

    private History history() {
        return new History(
                scenario.seed(),
                scenario.profile(),
                stage.strategy(),
                stage.baseJob(),
                base,
                scenario.overrides(),
                stage.options(),
                scenario.platform().runSlots() == null ? 1_000 : scenario.platform().runSlots(),
                scenario.platform().switches().is(Assumption.RunsOfDeletedJobInLists.HIDDEN),
                stage.tokens(),
                scenario.start(),
                stage.calm(),
                epilogue,
                time.now(),
                processes.stream().map(ScenarioProcess::record).toList(),
                stage.recorder().events(),
                sandbox.runs().stream().filter(run -> !earlier.contains(run.id())).toList(),
                sandbox.jobs());
    }
}
