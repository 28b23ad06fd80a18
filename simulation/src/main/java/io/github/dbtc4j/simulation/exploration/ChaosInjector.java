package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.scenario.ChaosEvent;
import io.github.dbtc4j.simulation.scenario.Forgery;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.world.Repository;
import io.github.dbtc4j.simulation.world.ScenarioJobs;
import io.github.dbtc4j.simulation.world.SimulatedProcess;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Does to the platform what a scenario has in store for it.
final class ChaosInjector {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Another base job than the one that is cloned.
    private static final String OTHER_BASE = "\"base\":77";

    private static final Map<String, Object> AFTER_ANOTHER_JOB =
            Map.of(
                    "job_completion_trigger_condition",
                    Map.of(
                            "condition",
                            Map.of("job_id", 77L, "project_id", 1L, "statuses", List.of(10L))));

    private final ScenarioStage stage;
    private final Sandbox sandbox;
    private final Faults faults;
    private final Forger forger;
    private final List<ChaosEvent.Trouble> troubles = new ArrayList<>();

    ChaosInjector(ScenarioStage stage) {
        this.stage = stage;
        this.sandbox = stage.sandbox();
        this.faults = stage.faults();
        this.forger = new Forger(stage);
    }

    void inject(ChaosEvent.OfWorld chaos, SimulatedProcess me) {
        sandbox.advanceTo(me.now());
        switch (chaos) {
            case ChaosEvent.ProductionRun it -> {
                note(it, "");
                sandbox.runAsUser(productionJob(), "Rebuild");
            }
            case ChaosEvent.RunByHand it -> {
                note(it, "");
                sandbox.runAsUser(stage.baseJob(), "By hand");
            }
            case ChaosEvent.ManyRuns it -> {
                note(it, "");
                for (int i = 0; i < 120; i++) {
                    sandbox.cancelAsUser(sandbox.runAsUser(productionJob(), "Try " + i));
                }
            }
            case ChaosEvent.CancelByHand it -> {
                for (RunView run : pick(me, it.pick(), this::activeRuns)) {
                    note(it, " " + run.id());
                    sandbox.cancelAsUser(run.id());
                }
            }
            case ChaosEvent.DeleteClone it -> {
                for (JobView clone : pick(me, it.pick(), this::clones)) {
                    note(it, " " + clone.id());
                    sandbox.deleteAsUser(clone.id());
                }
            }
            case ChaosEvent.ScheduleClone it -> {
                Map<String, Object> triggers = ScenarioJobs.triggers(true);
                triggers.put("on_merge", false);
                for (JobView clone : pick(me, it.pick(), this::clones)) {
                    note(it, " " + clone.id());
                    sandbox.editAsUser(clone.id(), Map.of("triggers", triggers));
                }
            }
            case ChaosEvent.ChainClone it -> {
                for (JobView clone : pick(me, it.pick(), this::clones)) {
                    note(it, " " + clone.id());
                    sandbox.editAsUser(clone.id(), AFTER_ANOTHER_JOB);
                }
            }
            case ChaosEvent.CopyClone it -> {
                for (JobView clone : pick(me, it.pick(), this::clones)) {
                    note(it, " like " + clone.id());
                    ScenarioJobs.request(
                            sandbox,
                            stage.token(),
                            clone.projectId(),
                            clone.name(),
                            clone.jobType(),
                            clone.description().replaceFirst("\"base\":\\d+", OTHER_BASE));
                }
            }
            case ChaosEvent.EditBase it -> {
                note(it, "");
                sandbox.editAsUser(
                        stage.baseJob(), Map.of("execute_steps", List.of("dbt build -s tag:ci")));
            }
            case ChaosEvent.Forge it -> {
                note(it, "");
                forge(it.forgery(), me);
            }
            case ChaosEvent.RotateToken it -> {
                note(it, "");
                stage.rotateToken();
            }
            case ChaosEvent.Storm it -> {
                note(it, "");
                storm(me);
            }
            case ChaosEvent.Trouble it -> {
                note(it, "");
                troubles.add(it);
                faults.add(it.fault());
            }
            case ChaosEvent.TroublesEnd it -> end(it);
        }
    }

    private void forge(Forgery forgery, SimulatedProcess me) {
        if (forgery.copied()) {
            pick(me, forgery.pick(), forger::originals).forEach(run -> forger.forge(forgery, run));
        } else {
            List<Scenario.Start> ours =
                    stage.scenario().starts().stream()
                            .filter(start -> start.repository() == Repository.OURS)
                            .toList();
            forger.forge(forgery, ours.get(forgery.pick() % ours.size()), me.random());
        }
    }

    private void storm(SimulatedProcess me) {
        var request =
                new Request(
                        "GET",
                        URI.create(
                                "https://cloud.getdbt.com/api/v2/accounts/%d/"
                                        .formatted(stage.account())),
                        Map.of("Authorization", "Bearer " + stage.token()),
                        null,
                        Duration.ofSeconds(30));
        while (sandbox.handle(request, me.now()).status() != 429) {
            // until the limit is used up
        }
        stage.notCalmBefore(me.now().plus(Duration.ofMinutes(5)));
    }

    private void end(ChaosEvent.TroublesEnd end) {
        List<Faults.Struck> struck = faults.struck();
        for (int i = 0; i < struck.size(); i++) {
            int times = struck.get(i).times();
            if (times > 0) {
                note(troubles.get(i), " struck " + times + " times");
            }
        }
        note(end, "");
        faults.clear();
    }

    /// One of what there is; nothing when there is nothing for as long as a pipeline goes on.
    private <T> List<T> pick(SimulatedProcess me, int pick, Supplier<List<T>> all) {
        List<T> there = all.get();
        while (there.isEmpty() && stage.isGoing()) {
            me.sleep(PATIENCE);
            sandbox.advanceTo(me.now());
            there = all.get();
        }
        return there.isEmpty() ? List.of() : List.of(there.get(pick % there.size()));
    }

    private long productionJob() {
        return sandbox.world().productionJobIds().getFirst();
    }

    private List<RunView> activeRuns() {
        return sandbox.runs().stream().filter(run -> !run.isTerminal()).toList();
    }

    private List<JobView> clones() {
        return sandbox.jobs().stream()
                .filter(job -> job.state() == 1 && stage.recorder().isClone(job.id()))
                .toList();
    }

    private void note(ChaosEvent.OfWorld chaos, String what) {
        stage.notCalmBefore(stage.now());
        stage.recorder().done(null, chaos.title() + what);
    }
}
