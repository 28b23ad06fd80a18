package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.SeededWorld;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.scenario.ChaosEvent;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Repository;
import io.github.dbtc4j.simulation.world.ScenarioJobs;
import io.github.dbtc4j.simulation.world.SimulatedProcess;
import io.github.dbtc4j.simulation.world.VirtualTime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One [Scenario] being played under one strategy.
///
/// Everything happens at scheduling points of [VirtualTime], one at a time. When all pipelines have
/// ended and nothing disturbs any more, the time passes after which an idle clone may be deleted,
/// and one more pipeline plays, or several where one cannot delete all clones.
final class ScenarioExecution {

    /// Nothing takes this long; what still goes on then never ends.
    private static final Duration HORIZON = Duration.ofHours(8);

    /// The longest a request whose answer was lost may take to have its effect.
    private static final Duration LATEST_EFFECT = Duration.ofMinutes(3);

    /// An invocation deletes no more idle clones of others than that: it takes several to delete
    /// more.
    private static final int MOST_SWEPT = 5;

    private static final int LAST_PULL_REQUEST = 9_000;

    /// How the epilogue's run goes, whose length is of no interest.
    private static final RunRule QUICK =
            RunRule.always(
                    ScriptedOutcome.success()
                            .preparing(Duration.ofSeconds(1))
                            .executing(Duration.ofSeconds(1)));

    private final Scenario scenario;
    private final Strategy strategy;
    private final VirtualTime time;
    private final Sandbox sandbox;
    private final Faults faults;
    private final SeededWorld world;
    private final ChaosInjector people;
    private final long baseJob;
    private final JobView base;
    private final long theirJob;
    private final Set<Long> earlier;
    private final List<HistoryEvent> acts = new ArrayList<>();
    private final Set<Long> clones = new HashSet<>();
    private final Set<Instant> lateEffects = new HashSet<>();
    private final List<ScenarioProcess> processes = new ArrayList<>();
    private final IdentityHashMap<Request, Integer> askers = new IdentityHashMap<>();
    private @Nullable Integer asking;
    private int calls;
    private int pipelines;
    private int going;
    private int activeRuns;
    private int swept;
    private Instant calm;
    private Instant epilogue;
    private final Set<String> tokens = new LinkedHashSet<>();
    private String token;

    ScenarioExecution(Scenario scenario, Strategy strategy) {
        this.scenario = scenario;
        this.strategy = strategy;
        this.time = new VirtualTime(scenario.seed(), scenario.start(), scenario.delay());
        this.sandbox = new Sandbox(scenario.platform(), scenario.start());
        this.faults = new Faults(this::answer, scenario.seed());
        this.world = sandbox.world();
        this.token = world.token();
        this.tokens.add(token);
        this.baseJob =
                scenario.baseJobType().equals("ci")
                        ? world.ciJobId()
                        : ScenarioJobs.create(
                                sandbox, world.projectId(), "CI", scenario.baseJobType());
        scenario.overrides()
                .forEach((name, value) -> sandbox.setVariableAsUser(baseJob, name, value));
        if (scenario.seed() % 2 == 0) {
            sandbox.editAsUser(baseJob, Map.of("cost_optimization_features", List.of()));
        }
        this.base = sandbox.job(baseJob).orElseThrow();
        this.theirJob =
                scenario.traits().contains(Scenario.Trait.EQUAL_NUMBERS)
                        ? ScenarioJobs.create(sandbox, world.otherProjectId(), "Their CI", "other")
                        : baseJob;
        this.people = new ChaosInjector(sandbox, faults, this);
        this.earlier = sandbox.runs().stream().map(RunView::id).collect(Collectors.toSet());
        this.calm = scenario.start();
        this.epilogue = scenario.start().plus(HORIZON);
        this.pipelines = scenario.starts().size();
        this.going = pipelines + scenario.chaos().size();
    }

    History play() throws InterruptedException {
        sandbox.listen(this::happened);
        for (Scenario.Start start : scenario.starts()) {
            time.begin("pipeline", start.at(), me -> pipeline(start, me));
        }
        for (ChaosEvent.OfWorld chaos : scenario.chaos()) {
            time.begin(
                    chaos.title(),
                    chaos.at(),
                    me -> {
                        try {
                            people.inject(chaos, me);
                        } finally {
                            ended();
                        }
                    });
        }
        time.run(scenario.start().plus(HORIZON));
        time.participants().forEach(ScenarioExecution::complain);
        sandbox.advanceTo(time.now());
        return new History(
                scenario.seed(),
                scenario.profile(),
                strategy,
                baseJob,
                base,
                scenario.overrides(),
                options(),
                scenario.platform().runSlots() == null ? 1_000 : scenario.platform().runSlots(),
                scenario.platform().switches().is(Assumption.RunsOfDeletedJobInLists.HIDDEN),
                tokens,
                scenario.start(),
                calm,
                epilogue,
                time.now(),
                processes.stream().map(ScenarioProcess::record).toList(),
                acts,
                sandbox.runs().stream().filter(run -> !earlier.contains(run.id())).toList(),
                sandbox.jobs());
    }

    private void pipeline(Scenario.Start start, SimulatedProcess me) throws InterruptedException {
        ScenarioProcess process = process(start, me);
        for (ChaosEvent.OfProcess chaos : start.fate()) {
            if (chaos instanceof ChaosEvent.AfterAWhile later) {
                time.begin(
                        "operator",
                        me.now().plus(later.after()),
                        operator -> process.inject(later, operator));
            }
        }
        if (scenario.traits().contains(Scenario.Trait.CANCEL_IN_PROGRESS)) {
            for (ScenarioProcess other : processes) {
                if (other.start.isOfSamePullRequestAs(start) && other.start.isBefore(start)) {
                    time.begin("CI", me.now(), other::signal);
                }
            }
        }
        try {
            process.run();
        } finally {
            pipelines--;
            ended();
        }
    }

    private ScenarioProcess process(Scenario.Start start, SimulatedProcess me) {
        long job = start.repository() == Repository.OURS ? baseJob : theirJob;
        var process = new ScenarioProcess(processes.size() + 1, start, job, this, me);
        processes.add(process);
        return process;
    }

    /// Somebody has ended; after the last one the epilogue follows.
    private void ended() {
        if (--going == 0) {
            time.begin("epilogue", time.now(), this::epilogue);
        }
    }

    private void epilogue(SimulatedProcess me) throws InterruptedException {
        me.sleep(LATEST_EFFECT);
        awaitQuiet(me);
        me.sleep(scenario.options().cloneTtl().plusMinutes(1));
        epilogue = me.now();
        sandbox.decide(QUICK);
        int next = LAST_PULL_REQUEST;
        do {
            swept = 0;
            process(last(next++, me.now()), me).run();
            awaitQuiet(me);
        } while (swept >= MOST_SWEPT);
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
    private void awaitQuiet(SimulatedProcess me) {
        while (activeRuns > 0 && sandbox.nextEvent().isPresent()) {
            me.sleep(Duration.between(me.now(), sandbox.nextEvent().get()));
            sandbox.advanceTo(me.now());
        }
    }

    private void happened(SandboxEvent event) {
        switch (event) {
            case SandboxEvent.Requested it -> {}
            case SandboxEvent.RunQueued it -> activeRuns++;
            case SandboxEvent.RunFinished it -> activeRuns--;
            case SandboxEvent.JobCreated it when asking != null -> clones.add(it.job().id());
            case SandboxEvent.JobDeleted it -> swept++;
            default -> {}
        }
        if (!(event instanceof SandboxEvent.Requested)) {
            acts.add(new HistoryEvent.Happened(event.at(), asking, event));
        }
    }

    private Response answer(Request request, Instant now) {
        sandbox.advanceTo(now);
        asking = askers.get(request);
        try {
            return sandbox.handle(request, now);
        } finally {
            asking = null;
        }
    }

    private static void complain(SimulatedProcess participant) {
        participant
                .failure()
                .ifPresent(e -> {
                    throw new IllegalStateException(participant + " failed", e);
                });
    }

    /// Answers `request`, which `me` waits for.
    Response handle(Request request, SimulatedProcess me) throws IOException {
        try {
            return faults.transport(me).send(request);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts in virtual time", e);
        } finally {
            awaitLateEffect();
        }
    }

    /// Lets the next late effect happen when its time has come.
    private void awaitLateEffect() {
        Instant next = faults.nextEvent().orElse(null);
        if (next != null && lateEffects.add(next)) {
            disturbed(next);
            time.begin(
                    "late effect",
                    next,
                    me -> {
                        faults.advanceTo(me.now());
                        awaitLateEffect();
                    });
        }
    }

    void sent(ScenarioProcess process, int call, Request request) {
        askers.put(request, process.number);
        String query = request.uri().getRawQuery();
        String path = request.uri().getRawPath() + (query == null ? "" : "?" + query);
        note(
                new HistoryEvent.Sent(
                        now(), process.number, call, request.method(), path, request.body()));
    }

    void answered(ScenarioProcess process, int call, Response response) {
        Duration retryAfter =
                response.header("retry-after")
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(null);
        if (isUnreadable(response)) {
            note(new HistoryEvent.Unanswered(now(), process.number, call, "unreadable"));
        } else {
            note(
                    new HistoryEvent.Answered(
                            now(), process.number, call, response.status(), retryAfter));
        }
    }

    /// A page of HTML, half of an answer.
    private static boolean isUnreadable(Response response) {
        String text = response.status() < 300 ? response.text() : "";
        return !text.isEmpty() && !(text.startsWith("{") && text.endsWith("}"));
    }

    /// Notes an act behind all that has happened on the platform by then.
    void note(HistoryEvent act) {
        sandbox.advanceTo(act.at());
        acts.add(act);
    }

    /// Nothing is calm before `until`.
    void disturbed(Instant until) {
        if (until.isAfter(calm)) {
            calm = until;
        }
    }

    /// Whether any pipeline has not ended.
    boolean isGoing() {
        return pipelines > 0;
    }

    boolean isClone(long job) {
        return clones.contains(job);
    }

    void rotateToken() {
        token = token + "r";
        tokens.add(token);
        sandbox.rotateToken(token);
    }

    /// Notes that a run was triggered under a forged claim.
    void forged(long run, Map<String, @Nullable Object> body) {
        note(new HistoryEvent.Forged(now(), run, Collections.unmodifiableMap(body)));
    }

    /// The pipelines of our repository.
    List<Scenario.Start> starts() {
        return scenario.starts().stream()
                .filter(start -> start.repository() == Repository.OURS)
                .toList();
    }

    /// Whether the other repository's pipelines follow the strategy as well.
    boolean haveTwoProjects() {
        return scenario.traits().contains(Scenario.Trait.TWO_PROJECTS);
    }

    long baseJob() {
        return baseJob;
    }

    Map<String, @Nullable Object> payload(Scenario.Start start, long job) {
        return scenario.payload(start, job);
    }

    Duration patienceOfOthers() {
        return Duration.ofMinutes(sandbox.switches().is(Assumption.RetryAfter.SENT) ? 7 : 1);
    }

    Duration grace() {
        return scenario.grace();
    }

    VirtualTime time() {
        return time;
    }

    Instant now() {
        return time.now();
    }

    int nextCall() {
        return ++calls;
    }

    Strategy strategy() {
        return strategy;
    }

    /// Dedicated lanes need one clone at least.
    Options options() {
        Options options = scenario.options();
        return strategy == Strategy.DEDICATED && Integer.valueOf(0).equals(options.maxRunSlots())
                ? options.maxRunSlots(1)
                : options;
    }

    long account() {
        return world.accountId();
    }

    String token() {
        return token;
    }
}
