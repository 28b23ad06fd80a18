package io.github.dbtc4j.simulation.exhaustion;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.SeededWorld;
import io.github.dbtc4j.simulation.exhaustion.InterleavingStep.Fault;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.HistoryRecorder;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.strategy.Strategy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One way in which two pipelines may get into each other's way, played from the beginning.
final class InterleavingExecution {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final ScriptedOutcome RUN =
            ScriptedOutcome.success()
                    .preparing(Duration.ofSeconds(5))
                    .executing(Duration.ofSeconds(20))
                    .cancelling(Duration.ofSeconds(4));
    private static final Options OPTIONS =
            Options.defaults().shouldPoll(true).pollInterval(Pipeline.POLL);
    private static final int EPILOGUE = 3;

    /// No play has so many steps.
    private static final int MOST_STEPS = 1_000;

    /// Decides what happens next.
    interface Chooser {

        /// One of `moves`, or null when it is known how it goes on from here. At the end there are
        /// none, and any answer but null will do.
        @Nullable InterleavingStep choose(List<InterleavingStep> moves, ExhaustionDigest.Key state);
    }

    private final ExhaustiveExplorer.Setting setting;
    private final Chooser chooser;
    private final Sandbox sandbox;
    private final SeededWorld world;
    private final long baseJob;
    private final List<ExhaustionStart> starts;
    private final List<SteppedProcess> processes = new ArrayList<>();
    private final HistoryRecorder recorder;
    private final ExhaustionDigest written = new ExhaustionDigest();
    private Instant calm = START;
    private long elapsed;
    private int steps;
    private int pauses;
    private boolean troubled;

    InterleavingExecution(ExhaustiveExplorer.Setting setting, Chooser chooser) {
        this.setting = setting;
        this.chooser = chooser;
        this.sandbox =
                new Sandbox(
                        SandboxOptions.defaults()
                                .runSlots(setting.runSlots())
                                .schedules(false)
                                .earlierRuns(0)
                                .historyLimit(0),
                        START);
        this.world = sandbox.world();
        this.baseJob = world.ciJobId();
        this.recorder = new HistoryRecorder(sandbox, this::now);
        this.starts = new ArrayList<>(ExhaustionStart.of(setting.order()));
    }

    /// Plays until everything has come to rest and one later pipeline was there.
    ///
    /// @return what happened, or null when it came to a state the chooser knows
    @Nullable History play() {
        sandbox.decide(RunRule.always(RUN));
        for (int number = 1; number < EPILOGUE; number++) {
            begin(number);
        }
        while (true) {
            List<InterleavingStep> moves = moves();
            InterleavingStep move = chooser.choose(moves, state());
            if (move == null) {
                processes.forEach(SteppedProcess::kill);
                return null;
            }
            if (moves.isEmpty()) {
                return end();
            }
            carryOut(move);
        }
    }

    int calls() {
        return recorder.calls();
    }

    private void begin(int number) {
        ExhaustionStart start = starts.get(number - 1);
        var process = new SteppedProcess(number, this, me -> invoke(start, me));
        processes.add(process);
        process.goOn();
    }

    /// What may happen now. Calls that wait are made at once unless their process is paused; so
    /// time passes only when none but paused processes have anything to do.
    private List<InterleavingStep> moves() {
        var moves = new ArrayList<InterleavingStep>();
        boolean idle = true;
        for (SteppedProcess process : processes) {
            Request call = process.pending();
            if (call != null && !process.hasPausedAt(steps)) {
                addCalls(process.number, call, moves);
            }
            idle &= call == null || process.isPaused();
        }
        if (idle && nextMoment() < Long.MAX_VALUE) {
            moves.add(new InterleavingStep.Pass());
        }
        for (SteppedProcess process : processes) {
            if (process.pending() != null && !process.isPaused()) {
                addTrouble(process.number, moves);
            }
        }
        return moves;
    }

    private void addCalls(int process, Request call, List<InterleavingStep> moves) {
        moves.add(new InterleavingStep.Call(process));
        if (setting.trouble() == ExhaustiveExplorer.Trouble.FAULT && !troubled) {
            for (Fault fault : Fault.values()) {
                // a reader cannot tell a lost response from a lost request
                if (!isRead(call) || !fault.isCarriedOut()) {
                    moves.add(new InterleavingStep.Fail(process, fault));
                }
            }
        }
    }

    private void addTrouble(int process, List<InterleavingStep> moves) {
        if (pauses < setting.pauses() && somethingElseMayHappen(process)) {
            moves.add(new InterleavingStep.Pause(process));
        }
        if (setting.trouble() == ExhaustiveExplorer.Trouble.KILL && !troubled) {
            moves.add(new InterleavingStep.Kill(process));
        }
    }

    private boolean somethingElseMayHappen(int process) {
        return nextMoment() < Long.MAX_VALUE
                || processes.stream()
                        .anyMatch(each -> each.number != process && each.pending() != null);
    }

    private void carryOut(InterleavingStep move) {
        if (++steps > MOST_STEPS) {
            throw new IllegalStateException("it does not come to an end");
        }
        switch (move) {
            case InterleavingStep.Pass it -> pass();
            case InterleavingStep.Call(int number) -> call(number, null);
            case InterleavingStep.Fail(int number, Fault fault) -> {
                troubled = true;
                call(number, fault);
            }
            case InterleavingStep.Pause(int number) -> {
                pauses++;
                process(number).pause(steps);
            }
            case InterleavingStep.Kill(int number) -> {
                troubled = true;
                disturbed();
                process(number).kill();
                recorder.done(number, "killed");
            }
        }
    }

    private void call(int number, @Nullable Fault fault) {
        SteppedProcess process = process(number);
        Duration paused = process.resume();
        if (fault != null || paused.isPositive()) {
            disturbed();
        }
        if (paused.isPositive()) {
            recorder.record(new HistoryEvent.Paused(now().minus(paused), number, paused));
        }
        process.call(fault);
    }

    private void disturbed() {
        calm = now();
    }

    /// Lets time pass until something is due.
    private void pass() {
        elapsed = nextMoment();
        sandbox.advanceTo(now());
        for (SteppedProcess process : processes) {
            if (process.due() <= elapsed) {
                process.goOn();
            }
        }
    }

    private long nextMoment() {
        long next =
                sandbox.nextEvent()
                        .map(moment -> Math.max(elapsed, Duration.between(START, moment).toNanos()))
                        .orElse(Long.MAX_VALUE);
        for (SteppedProcess process : processes) {
            next = Math.min(next, process.due());
        }
        return next;
    }

    /// Everything on which it depends how it goes on. What a process will do follows from what it
    /// saw and when, how the platform will behave from what was written to it and when.
    private ExhaustionDigest.Key state() {
        var state = new ExhaustionDigest().add(elapsed).add(written.key());
        state.add(setting.pauses() == ExhaustiveExplorer.ANY ? 0 : pauses).add(troubled ? 1 : 0);
        for (SteppedProcess process : processes) {
            state.add(process.seen.key()).add(process.hasEnded() ? 1 : 0);
            state.add(process.isPaused() ? 1 : 0).add(process.hasPausedAt(steps) ? 1 : 0);
        }
        return state.key();
    }

    private History end() {
        rest();
        Instant quiet = now();
        elapsed += OPTIONS.cloneTtl().plusMinutes(1).toNanos();
        sandbox.advanceTo(now());
        Instant epilogue = now();
        starts.add(ExhaustionStart.EPILOGUE);
        begin(EPILOGUE);
        SteppedProcess last = process(EPILOGUE);
        while (!last.hasEnded()) {
            carryOut(
                    last.pending() == null
                            ? new InterleavingStep.Pass()
                            : new InterleavingStep.Call(EPILOGUE));
        }
        rest();
        var invocations = new ArrayList<InvocationRecord>();
        for (SteppedProcess process : processes) {
            ExhaustionStart start = starts.get(process.number - 1);
            Instant began = process.number < EPILOGUE ? START : epilogue;
            invocations.add(start.record(process, began, baseJob));
        }
        return new History(
                0,
                setting.trouble().profile(),
                setting.strategy(),
                baseJob,
                sandbox.job(baseJob).orElseThrow(),
                Map.of(),
                OPTIONS,
                setting.runSlots(),
                false,
                Set.of(world.token()),
                START,
                calm.isAfter(quiet) ? quiet : calm,
                epilogue,
                now(),
                invocations,
                recorder.events(),
                sandbox.runs(),
                sandbox.jobs());
    }

    /// Until nothing happens by itself any more.
    private void rest() {
        while (nextMoment() < Long.MAX_VALUE) {
            pass();
        }
    }

    private InvocationRecord.Ending invoke(ExhaustionStart start, SteppedProcess me)
            throws InterruptedException {
        DbtCloudClient client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .host("cloud.getdbt.com")
                                .token(world.token())
                                .system(me)
                                .transport(me::send));
        var autoscaler = new Autoscaler(client, me, recorder.listener(me.number));
        LanePolicy lanes =
                setting.strategy() == Strategy.DEDICATED
                        ? LanePolicy.DEDICATED
                        : LanePolicy.BASE_FIRST;
        return new InvocationRecord.Ended(
                autoscaler
                        .triggerAutoscalingCiJob(
                                world.accountId(),
                                baseJob,
                                Payload.of(
                                        Pipeline.payload(
                                                baseJob, start.pullRequest(), start.sha())),
                                OPTIONS.lanes(lanes).sequence(start.order()))
                        .verdict());
    }

    /// Whether the response to `request` depends on nothing that the processes do, so that it does
    /// not matter when it is sent.
    boolean isInert(Request request) {
        String path = request.uri().getRawPath();
        return isRead(request)
                && !path.contains("/runs/")
                && (!path.contains("/jobs/") || path.endsWith("/jobs/" + baseJob + "/"));
    }

    private static boolean isRead(Request request) {
        return request.method().equals("GET");
    }

    /// Carries out `request`, unless it fails before, and answers it, unless it fails after.
    Response answer(Request request, SteppedProcess process, @Nullable Fault fault)
            throws IOException {
        int call = recorder.sent(process.number, request);
        String path = HistoryRecorder.pathOf(request);
        Response response = null;
        if (fault == null || fault.isCarriedOut()) {
            if (!isRead(request)) {
                written.add(elapsed).add(request.method()).add(path).add("" + request.body());
            }
            response = recorder.handle(request, now());
        }
        process.seen.add(elapsed).add(path).add(fault == null ? "" : fault.name());
        try {
            Response answer =
                    fault == null && response != null
                            ? response
                            : Response.of(
                                    fault == null ? 500 : fault.status(),
                                    Map.of("content-type", "text/html"),
                                    "<html></html>");
            process.seen.add(answer.status()).add(answer.body());
            recorder.received(process.number, call, answer);
            return answer;
        } catch (IOException e) {
            recorder.unanswered(process.number, call, "reset");
            throw e;
        }
    }

    private SteppedProcess process(int number) {
        return processes.get(number - 1);
    }

    Instant now() {
        return START.plusNanos(elapsed);
    }

    long elapsed() {
        return elapsed;
    }
}
