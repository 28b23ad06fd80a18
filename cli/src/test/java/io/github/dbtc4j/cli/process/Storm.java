package io.github.dbtc4j.cli.process;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.PlatformTime;
import io.github.dbtc4j.cli.process.Gate.Moment;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.server.SandboxServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Many real processes at once on one platform that fails now and then, among jobs and runs that
/// are none of their business.
final class Storm implements AutoCloseable {

    /// How one process went.
    ///
    /// @param exitCode as a shell would say it: 137 for a process that was killed
    record Ran(
            Pipeline pipeline,
            int exitCode,
            String out,
            String err,
            Instant started,
            Instant ended,
            Duration took,
            List<Gate.Call> calls) {}

    /// What must be as it was when all is over.
    record Foreign(List<Long> jobs, List<Long> runs) {}

    private static final int AT_ONCE = 8;

    /// An unconfirmed write is looked for 100 s, with any timeout.
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private static final Duration LATE = Duration.ofHours(1);
    private static final Duration BRIEF = Duration.ofMillis(300);

    final Sandbox sandbox;
    final SandboxServer server;
    final long base;
    final Foreign foreign = new Foreign(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    private final SystemContext machine = SystemContext.real();
    private final DbtCloudClient others;

    Storm(long seed) {
        try {
            var options =
                    Platform.options().seed(seed).runSlots(8).pace(pace()).historyLimit(1_000_000);
            // no clock is right: the machine's is ahead of the platform's
            sandbox = new Sandbox(options, machine.now().minus(LATE));
            server = new SandboxServer(sandbox, 0, 1, seed, machine);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        base = sandbox.world().ciJobId();
        others =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .transport(request -> sandbox.handle(request, server.now()))
                                .host(server.uri().toString())
                                .token(CommandProcess.CANARY));
        sandbox.decide(
                RunRule.always(ScriptedOutcome.success().executing(Duration.ofDays(1)))
                        .containing("endless"));
        settle();
    }

    private static Pace pace() {
        return Pace.realistic()
                .prep(new Pace.Range(BRIEF, BRIEF.multipliedBy(3)))
                .ci(new Pace.Range(BRIEF.multipliedBy(3), BRIEF.multipliedBy(12)))
                .production(new Pace.Range(BRIEF, BRIEF.multipliedBy(12)))
                .cancel(new Pace.Range(BRIEF, BRIEF.multipliedBy(5)));
    }

    /// Others who use the account: the same number in another repository, people, other tools.
    private void settle() {
        long production = sandbox.world().productionJobIds().getFirst();
        foreign.jobs().addAll(sandbox.jobs().stream().map(job -> job.id()).toList());
        foreign.runs().add(trigger(production, "endless", 101));
        String tag = "CI [CLONED 2026-03-02T09:00:00Z] pr-101";
        long ofPerson = Platform.create(others, tag, "made by hand from the CI job");
        foreign.jobs().add(ofPerson);
        String marker =
                """
                {"dbtc4j":1,"base":%d,"pr":"github:101","definition":"000000000000",\
                "nonce":"%016x"}\
                """
                        .formatted(production, 1);
        long ofOtherJob = Platform.create(others, tag, marker);
        foreign.jobs().add(ofOtherJob);
        foreign.runs().add(trigger(ofPerson, "endless", 101));
        foreign.runs().add(trigger(ofOtherJob, "endless", 102));
    }

    private long trigger(long job, String cause, long pullRequest) {
        Map<String, @Nullable Object> fields =
                Map.of("cause", cause, "github_pull_request_id", pullRequest);
        return others.jobs().trigger(1, job, fields).data().id();
    }

    /// Fails one call in eight: before the platform acts, after, or within the answer.
    void faults() {
        var broken = new Fault.Status(503, Fault.Body.HTML, null);
        for (Endpoint write : List.of(Endpoint.TRIGGER, Endpoint.CREATE_JOB)) {
            often(Fault.of(broken).on(write).after(), 0.1);
            often(Fault.of(new Fault.Reset(null)).on(write).after(), 0.05);
            often(Fault.of(broken).on(write), 0.01);
        }
        often(Fault.of(new Fault.Status(504, Fault.Body.EMPTY, null)).on(Endpoint.CANCEL), 0.1);
        often(Fault.of(broken).on(Endpoint.DELETE_JOB).after(), 0.1);
        often(Fault.of(new Fault.Delay()).delayed(Duration.ofSeconds(2)), 0.03);
        for (Endpoint read : List.of(Endpoint.LIST_RUNS, Endpoint.LIST_JOBS, Endpoint.GET_RUN)) {
            often(Fault.of(broken).on(read), 0.03);
            often(Fault.of(new Fault.Reset(40)).on(read), 0.03);
            often(Fault.of(new Fault.Truncate(60)).on(read), 0.02);
        }
    }

    private void often(Fault fault, double probability) {
        server.faults().add(fault.probability(probability));
    }

    /// Starts all pipelines in their order, some at once, and waits until every one has ended.
    List<Ran> run(List<Pipeline> pipelines) throws InterruptedException, ExecutionException {
        var seats = new Semaphore(AT_ONCE);
        var running = new ArrayList<Future<Ran>>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> neighbours = threads.submit(this::neighbours);
            for (Pipeline pipeline : pipelines) {
                machine.sleep(pipeline.pause());
                seats.acquire();
                running.add(
                        threads.submit(() -> {
                            try {
                                return run(pipeline);
                            } finally {
                                seats.release();
                            }
                        }));
            }
            var ran = new ArrayList<Ran>();
            for (Future<Ran> one : running) {
                ran.add(one.get());
            }
            neighbours.cancel(true);
            return ran;
        }
    }

    /// Keep the base job busy every other moment: another pull request, and a person at the web
    /// interface.
    private void neighbours() {
        try {
            while (true) {
                foreign.runs().add(trigger(base, "Another pull request", 900));
                machine.sleep(Duration.ofSeconds(5));
                foreign.runs().add(sandbox.runAsUser(base, "By hand"));
                machine.sleep(Duration.ofSeconds(7));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Ran run(Pipeline pipeline) throws InterruptedException {
        var process = new CompletableFuture<CommandProcess>();
        try (var gate =
                new Gate(
                        server.uri(),
                        server::now,
                        (call, moment) -> strike(pipeline.blow(), process, call, moment))) {
            var environment = new HashMap<>(environment());
            environment.put("DBT_CLOUD_HOST", gate.uri().toString());
            Instant started = server.now();
            long nanos = machine.nanoTime();
            process.complete(CommandProcess.dbtc(environment, pipeline.args()));
            if (pipeline.blow() instanceof Blow.KillLater(Duration after)) {
                machine.sleep(after);
                process.join().kill();
            }
            CommandProcess.Ended ended = process.join().end(LONGEST);
            Duration took = Duration.ofNanos(machine.nanoTime() - nanos);
            return new Ran(
                    pipeline,
                    ended.exitCode(),
                    ended.out(),
                    ended.err(),
                    started,
                    server.now(),
                    took,
                    gate.calls());
        }
    }

    private boolean strike(
            Blow blow, CompletableFuture<CommandProcess> process, int call, Moment moment) {
        return switch (blow) {
            case Blow.Kill(int at, Moment when) when at == call && when == moment -> {
                process.join().kill();
                yield false;
            }
            case Blow.Signal(String name, int at, Moment when)
                    when at == call && when == moment -> {
                process.join().signal(name);
                yield true;
            }
            case Blow.Pause(int at, Moment when, Duration time)
                    when at == call && when == moment -> {
                process.join().signal("STOP");
                Thread.startVirtualThread(() -> wake(process.join(), time));
                yield true;
            }
            case Blow.None _, Blow.Kill _, Blow.KillLater _, Blow.Signal _, Blow.Pause _ -> true;
        };
    }

    private void wake(CommandProcess process, Duration after) {
        try {
            machine.sleep(after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.signal("CONT");
    }

    /// Lets the platform be at its best again, every run end that will, and then time pass.
    void pass(Duration time) {
        server.faults().clear();
        sandbox.decide(RunRule.always(ScriptedOutcome.success()));
        Await.until(
                "all runs end",
                () ->
                        sandbox.runs().stream()
                                .allMatch(run -> run.isTerminal() || run.cause().equals("endless")),
                () -> sandbox.runs().toString());
        PlatformTime.skip(server, time);
    }

    /// Starts one more process, undisturbed.
    CommandProcess.Ended dbtc(String... args) {
        return CommandProcess.dbtc(environment(), args).end(LONGEST);
    }

    /// Clones of the base job that are there and were not kept by `--cleanup=never`.
    List<JobView> clonesLeft() {
        return sandbox.jobs().stream()
                .filter(job -> job.state() == 1 && Aftermath.isCloneOf(base, job))
                .filter(job -> !Aftermath.isKept(job))
                .toList();
    }

    /// What every process has in its environment.
    Map<String, String> environment() {
        return Map.of(
                "DBT_CLOUD_HOST",
                server.uri().toString(),
                "DBT_CLOUD_SERVICE_TOKEN",
                CommandProcess.CANARY,
                "DBT_CLOUD_ACCOUNT_ID",
                "1",
                "DBT_CLOUD_JOB_ID",
                Long.toString(base));
    }

    @Override
    public void close() {
        server.close();
    }
}
