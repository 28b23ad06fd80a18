package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.Pass;
import io.github.dbtc4j.autoscaler.Reconciler;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.simulation.history.HistoryRecorder;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.InvocationRecord.Ending;
import io.github.dbtc4j.simulation.scenario.ChaosEvent;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.SimulatedProcess;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One pipeline's process in an [ScenarioExecution]: its client, what it runs, and what is done to
/// it.
///
/// A second thread may work in it beside the main one: the one that a signal starts. Each has its
/// own turn in virtual time.
final class ScenarioProcess implements SystemContext {

    /// What the command's shutdown hook gives the platform to answer.
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /// How long a successor looks for the effect of a write before it repeats it.
    private static final Duration READ_BACK = Duration.ofMinutes(2);

    final int number;
    final Scenario.Start start;

    private final ScenarioStage stage;
    private SimulatedProcess main;
    private final Instant began;
    private final Duration clockError;
    private final long baseJob;
    private @Nullable SimulatedProcess hook;
    private @Nullable Thread hookThread;
    private @Nullable Runnable abandonment;
    private @Nullable Instant resumes;
    private @Nullable String saved;
    private @Nullable Instant ended;
    private @Nullable Ending ending;
    private int calls;

    ScenarioProcess(int number, Scenario.Start start, ScenarioStage stage, SimulatedProcess main) {
        this.number = number;
        this.start = start;
        this.stage = stage;
        this.baseJob = stage.jobOf(start.repository());
        this.main = main;
        this.began = main.now();
        this.clockError =
                start.fate().stream()
                        .filter(ChaosEvent.WrongClock.class::isInstance)
                        .map(process -> ((ChaosEvent.WrongClock) process).by())
                        .findFirst()
                        .orElse(Duration.ZERO);
    }

    /// The main thread.
    void run() {
        Ending how = null;
        try {
            how = outcome();
        } catch (RuntimeException | InterruptedException e) {
            // interrupted: the command was told to stop, and its main thread noticed in time
            how = new InvocationRecord.Threw(e.getClass().getSimpleName(), "" + e.getMessage());
        } finally {
            ended = how == null && ending == null ? null : main.now();
            ending = ending == null ? how : ending;
        }
    }

    boolean isGoing() {
        return !main.hasEnded() && !main.wasKilled();
    }

    InvocationRecord record() {
        return new InvocationRecord(
                number,
                start.pullRequest(),
                start.sha(),
                payload(),
                start.order(),
                start.sequenced(),
                start.waits(),
                start.repository(),
                began,
                ended,
                ending == null ? new InvocationRecord.StillGoing() : ending);
    }

    void inject(ChaosEvent.AfterAWhile chaos, SimulatedProcess operator) {
        if (isGoing()) {
            switch (chaos) {
                case ChaosEvent.Kill it -> kill("killed");
                case ChaosEvent.Signal it -> signal(operator);
                case ChaosEvent.Pause it -> {
                    stage.paused(number, it.length());
                    main.stop(it.length());
                }
            }
        }
    }

    private void kill(String why) {
        stage.recorder().done(number, why);
        end(new InvocationRecord.Killed());
    }

    /// Has it told to stop as its CI system does: killed at once where there is no time of grace.
    ///
    /// What the command does about SIGINT and SIGTERM: its hook has the run cancelled, which may
    /// take three seconds, and then the process is gone. At the end of the time of grace it is gone
    /// in any case.
    void signal(SimulatedProcess operator) {
        if (!isGoing() || ending instanceof InvocationRecord.Signalled) {
            return;
        }
        if (stage.scenario().grace().isZero()) {
            kill("killed by CI");
            return;
        }
        stage.recorder().done(number, "told to stop");
        var signalled = new InvocationRecord.Signalled(stage.now());
        ending = signalled;
        Runnable abandoned = abandonment;
        if (abandoned != null) {
            hook =
                    stage.time()
                            .begin(
                                    "hook of " + number,
                                    stage.now(),
                                    me -> {
                                        hookThread = Thread.currentThread();
                                        abandon(abandoned);
                                        end(signalled);
                                    });
            operator.sleep(
                    stage.scenario().grace().compareTo(LAST_WORDS) < 0
                            ? stage.scenario().grace()
                            : LAST_WORDS);
        }
        end(signalled);
    }

    private static void abandon(Runnable abandonment) {
        try {
            abandonment.run();
        } catch (RuntimeException e) {
            // the command says so and still ends
        }
    }

    private void end(Ending how) {
        if (isGoing()) {
            ending = how;
            stage.notCalmBefore(stage.now());
            main.kill();
        }
        if (hook != null && !hook.hasEnded() && !Thread.currentThread().equals(hookThread)) {
            hook.kill();
        }
    }

    private Ending outcome() throws InterruptedException {
        Strategy strategy = stage.strategyOf(start.repository());
        DbtCloudClient client = client(strategy);
        return switch (strategy) {
            case QUEUE, ORIGINAL ->
                    new InvocationRecord.Said(strategy.pipeline().play(stage(client)));
            case BASE_FIRST -> ours(client, LanePolicy.BASE_FIRST);
            case DEDICATED -> ours(client, LanePolicy.DEDICATED);
        };
    }

    private Ending ours(DbtCloudClient client, LanePolicy lanes) throws InterruptedException {
        var ours = new Autoscaler(client, this, stage.recorder().listener(number));
        Payload payload = Payload.of(payload());
        Options options =
                stage.options()
                        .lanes(lanes)
                        .shouldPoll(start.waits())
                        .sequence(start.sequenced() ? start.order() : null);
        boolean isMortal = start.fate().stream().anyMatch(ChaosEvent.DieAtCall.class::isInstance);
        if (isMortal) {
            return new InvocationRecord.Ended(goOn(ours, payload, options).verdict());
        }
        abandonment = ours::abandon;
        return new InvocationRecord.Ended(
                ours.triggerAutoscalingCiJob(stage.account(), baseJob, payload, options).verdict());
    }

    /// Does pass after pass from what was saved last.
    private Outcome goOn(Autoscaler ours, Payload payload, Options options)
            throws InterruptedException {
        Reconciler reconciler =
                ours.reconciler(stage.account(), baseJob, payload, options, this::save);
        abandonment = reconciler::abandon;
        ReconcilerState state =
                saved == null ? reconciler.initialState() : ReconcilerState.parse(saved);
        try {
            while (true) {
                switch (reconciler.pass(state)) {
                    case Pass.Waiting(ReconcilerState next, Duration pause) -> {
                        save(next);
                        state = next;
                        sleep(pause);
                    }
                    case Pass.Concluded(Outcome outcome) -> {
                        return outcome;
                    }
                }
            }
        } catch (DbtCloudException e) {
            reconciler.giveUp();
            throw e;
        }
    }

    private void save(ReconcilerState state) {
        String json = state.toJson();
        if (!ReconcilerState.parse(json).equals(state)) {
            throw new IllegalStateException("the state is not what its JSON says: " + json);
        }
        saved = json;
    }

    private Pipeline.Stage stage(DbtCloudClient client) {
        return new Pipeline.Stage(
                client, this, stage.account(), baseJob, payload(), start.waits(), event -> {});
    }

    private Map<String, @Nullable Object> payload() {
        return stage.scenario().payload(start, baseJob);
    }

    /// The others do as the original's Python client does: a read is tried for a minute, or for as
    /// long as the platform asks for, and there is no limit to the time a call takes.
    private DbtCloudClient client(Strategy strategy) {
        var options =
                ClientOptions.defaults()
                        .host("cloud.getdbt.com")
                        .token(stage.token())
                        .system(this)
                        .transport(this::send);
        return new DbtCloudClient(
                strategy.isOurs()
                        ? options
                        : options.callTimeout(patienceOfOthers())
                                .requestTimeout(Duration.ofHours(1)));
    }

    private Duration patienceOfOthers() {
        AssumptionSet assumptions = stage.sandbox().switches();
        return Duration.ofMinutes(assumptions.is(Assumption.RetryAfter.SENT) ? 7 : 1);
    }

    private Response send(Request request) throws IOException {
        SimulatedProcess me = me();
        int call = me == main ? ++calls : 0;
        boolean isWrite = !request.method().equals("GET");
        inject(me, call, isWrite, false);
        HistoryRecorder recorder = stage.recorder();
        int id = recorder.sent(number, request);
        try {
            Response response =
                    me.transport(
                                    (asked, now) -> {
                                        Response answer = stage.platform().handle(asked, me);
                                        inject(me, call, isWrite, true);
                                        return answer;
                                    })
                            .send(request);
            recorder.received(number, id, response);
            return response;
        } catch (IOException e) {
            recorder.unanswered(number, id, e.getClass().getSimpleName());
            throw e;
        } catch (InterruptedException e) {
            throw new AssertionError("an interrupt in virtual time", e);
        }
    }

    /// What is to be done to this process at one of its calls. A kill has its effect at the next
    /// scheduling point, which a sleep is.
    private void inject(SimulatedProcess me, int call, boolean isWrite, boolean handled) {
        for (ChaosEvent.OfProcess chaos : start.fate()) {
            if (chaos instanceof ChaosEvent.AtCall at
                    && at.call() == call
                    && at.handled() == handled) {
                switch (at) {
                    case ChaosEvent.KillAtCall it -> {
                        kill(it.title());
                        me.sleep(Duration.ZERO);
                    }
                    case ChaosEvent.DieAtCall it -> {
                        die(it, isWrite);
                        me.sleep(Duration.ZERO);
                    }
                    case ChaosEvent.PauseAtCall it -> {
                        stage.paused(number, it.length());
                        me.sleep(it.length());
                    }
                }
            }
        }
    }

    /// Ends the process; one that its CI system told to stop is not resumed.
    private void die(ChaosEvent.DieAtCall death, boolean isWrite) {
        if (ending == null) {
            stage.recorder().done(number, "died, and is resumed");
            resumes = stage.now().plus(death.after());
            stage.paused(number, isWrite ? death.after().plus(READ_BACK) : death.after());
        }
        main.kill();
    }

    /// When another process goes on where this one ended; empty where none does.
    Optional<Instant> resumes() {
        Instant when = resumes;
        resumes = null;
        return Optional.ofNullable(when);
    }

    /// Goes on as `successor`, of which only what was saved is known.
    void resume(SimulatedProcess successor) {
        main = successor;
        run();
    }

    private SimulatedProcess me() {
        SimulatedProcess second = hook;
        return second != null && Thread.currentThread().equals(hookThread) ? second : main;
    }

    @Override
    public Instant now() {
        return me().now().plus(clockError);
    }

    @Override
    public long nanoTime() {
        return me().nanoTime();
    }

    @Override
    public void sleep(Duration duration) {
        me().sleep(duration);
    }

    @Override
    public long random() {
        return me().random();
    }
}
