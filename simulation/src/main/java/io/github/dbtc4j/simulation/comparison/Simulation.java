package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.SeededWorld;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.ProductionRun;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;
import io.github.dbtc4j.simulation.world.ScenarioJobs;
import io.github.dbtc4j.simulation.world.SimulatedProcess;
import io.github.dbtc4j.simulation.world.VirtualTime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plays one morning under one strategy: real clients against a sandbox, in virtual time.
///
/// Each push starts a pipeline, and nothing stops the pipelines of older commits: that is what a CI
/// system does unless it is set up otherwise.
public final class Simulation {

    /// Nothing takes this long; what still runs then never ends.
    private static final Duration HORIZON = Duration.ofHours(24);

    private static final Duration DAY = Duration.ofHours(24);

    private static final Duration PREPARATION = Duration.ofSeconds(15);

    private final WorkloadTrace morning;
    private final Strategy strategy;
    private final Pipeline pipeline;
    private final VirtualTime time;
    private final Sandbox sandbox;
    private final SeededWorld world;
    private final long theirCiJob;
    private final List<Long> productionJobs;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Long> clones = new HashSet<>();
    private @Nullable Push asking;

    private Simulation(WorkloadTrace morning, Strategy strategy, Pipeline pipeline) {
        this.morning = morning;
        this.strategy = strategy;
        this.pipeline = pipeline;
        this.time = new VirtualTime(morning.seed(), morning.start());
        this.sandbox =
                new Sandbox(
                        SandboxOptions.defaults()
                                .seed(morning.seed())
                                .runSlots(morning.runSlots())
                                .schedules(false)
                                .earlierRuns(0)
                                .historyLimit(0),
                        morning.start().minus(DAY));
        this.world = sandbox.world();
        this.theirCiJob = ScenarioJobs.create(sandbox, world.otherProjectId(), "Their CI", "ci");
        this.productionJobs = productionJobs();
    }

    /// Plays `morning` under `strategy`, always with the same outcome.
    ///
    /// @throws InterruptedException when the calling thread is interrupted
    public static Recording play(WorkloadTrace morning, Strategy strategy)
            throws InterruptedException {
        return play(morning, strategy, strategy.pipeline());
    }

    /// Plays `morning` with our repository's pipelines doing what `pipeline` does.
    ///
    /// @param strategy which strategy that is
    static Recording play(WorkloadTrace morning, Strategy strategy, Pipeline pipeline)
            throws InterruptedException {
        return new Simulation(morning, strategy, pipeline).play();
    }

    /// The world's own job, and as many more as the morning has.
    private List<Long> productionJobs() {
        int last = morning.production().stream().mapToInt(ProductionRun::job).max().orElse(0);
        var jobs = new ArrayList<Long>();
        jobs.add(world.productionJobIds().getFirst());
        for (int job = 1; job <= last; job++) {
            jobs.add(
                    ScenarioJobs.create(
                            sandbox, world.otherProjectId(), "Marts " + job, "scheduled"));
        }
        return List.copyOf(jobs);
    }

    /// What everybody can know of the job when the morning begins.
    private void liveTheDayBefore() {
        for (Duration execution : morning.before()) {
            run(world.ciJobId(), PREPARATION, execution, "Pull request of the day before");
        }
        sandbox.advanceTo(morning.start());
    }

    private Recording play() throws InterruptedException {
        liveTheDayBefore();
        Set<Long> earlier = new HashSet<>(sandbox.runs().stream().map(RunView::id).toList());
        sandbox.listen(this::record);
        morning.pushes().forEach(this::stage);
        morning.production().forEach(this::stage);
        time.run(morning.start().plus(HORIZON));
        letEverythingEnd();
        List<RunView> runs =
                sandbox.runs().stream().filter(run -> !earlier.contains(run.id())).toList();
        List<JobView> created =
                sandbox.jobs().stream().filter(job -> clones.contains(job.id())).toList();
        return new Recording(
                morning, strategy, world.ciJobId(), entries, runs, created, sandbox.now());
    }

    private void stage(Push push) {
        sandbox.decide(
                RunRule.always(
                                ScriptedOutcome.any()
                                        .ending(
                                                push.fails()
                                                        ? ScriptedOutcome.Ending.FAILING_NODE
                                                        : ScriptedOutcome.Ending.SUCCESS)
                                        .preparing(push.prep())
                                        .executing(push.execution())
                                        .cancelling(push.cancel()))
                        .containing(push.sha()));
        time.begin(push.label(), push.at(), me -> pipeline(push, me));
    }

    private void stage(ProductionRun run) {
        long job = productionJobs.get(run.job());
        sandbox.at(run.at(), now -> run(job, run.prep(), run.execution(), "Rebuild of the marts"));
    }

    private void run(long job, Duration prep, Duration execution, String cause) {
        ScriptedOutcome success = ScriptedOutcome.success().preparing(prep).executing(execution);
        sandbox.decide(new RunRule(job, null, success, 1));
        sandbox.runAsUser(job, cause);
    }

    private void pipeline(Push push, SimulatedProcess me) throws InterruptedException {
        entries.add(new Entry.Pushed(me.now(), push));
        boolean ours = push.repository() == Repository.OURS;
        long job = ours ? world.ciJobId() : theirCiJob;
        var stage =
                new Pipeline.Stage(
                        client(push, me),
                        me,
                        world.accountId(),
                        job,
                        Pipeline.payload(job, push.pullRequest(), push.sha()),
                        true,
                        event -> entries.add(new Entry.Told(me.now(), push, event)));
        String how;
        try {
            how = (ours ? pipeline : Strategy.QUEUE.pipeline()).play(stage);
        } catch (RuntimeException e) {
            how = "failed: " + e.getMessage();
        }
        entries.add(new Entry.Ended(me.now(), push, how));
    }

    private DbtCloudClient client(Push push, SimulatedProcess me) {
        return new DbtCloudClient(
                ClientOptions.defaults()
                        .host("cloud.getdbt.com")
                        .token(world.token())
                        .system(me)
                        .transport(
                                me.transport((request, now) -> {
                                    asking = push;
                                    try {
                                        return sandbox.handle(request, now);
                                    } finally {
                                        asking = null;
                                    }
                                })));
    }

    private void record(SandboxEvent event) {
        entries.add(new Entry.Happened(event.at(), asking, event));
        if (event instanceof SandboxEvent.JobCreated created
                && asking != null
                && asking.repository() == Repository.OURS) {
            clones.add(created.job().id());
        }
    }

    private void letEverythingEnd() {
        Instant horizon = morning.start().plus(HORIZON);
        Optional<Instant> next = sandbox.nextEvent();
        while (next.isPresent() && next.get().isBefore(horizon)) {
            sandbox.advanceTo(next.get());
            next = sandbox.nextEvent();
        }
    }
}
