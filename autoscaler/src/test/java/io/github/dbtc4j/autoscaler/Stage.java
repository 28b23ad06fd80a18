package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.Pace.Range;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome.Ending;
import io.github.dbtc4j.sandbox.option.SeededWorld;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/// A sandbox in virtual time, with one invocation on it and others that are played by hand.
final class Stage implements SystemContext {

    static final Options NO_POLL = Options.defaults();
    static final Options POLL = Options.defaults().shouldPoll(true);

    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    final Sandbox sandbox;
    final SeededWorld world;
    final DbtCloudClient client;
    final List<Event> told = new ArrayList<>();
    private final long seed;
    private Instant now = START;
    private final TreeMap<Instant, Runnable> others = new TreeMap<>();
    private long drawn;

    Stage() {
        this(options -> options);
    }

    /// A quiet world: no schedules, no history, runs of 5 min after 10 s of preparation, cancels
    /// that take 4 s, no failures.
    Stage(UnaryOperator<SandboxOptions> options) {
        this(options, transport -> transport);
    }

    /// The same with something between the client and the sandbox.
    Stage(UnaryOperator<SandboxOptions> options, UnaryOperator<Transport> between) {
        SandboxOptions quiet =
                SandboxOptions.defaults()
                        .schedules(false)
                        .earlierRuns(0)
                        .pace(
                                Pace.realistic()
                                        .failureRate(0)
                                        .prep(Range.seconds(10, 10))
                                        .ci(Range.seconds(300, 300))
                                        .production(Range.seconds(300, 300))
                                        .cancel(Range.seconds(4, 4)));
        SandboxOptions chosen = options.apply(quiet);
        this.seed = chosen.seed();
        this.sandbox = new Sandbox(chosen, START);
        this.world = sandbox.world();
        this.client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .host("cloud.getdbt.com")
                                .token(world.token())
                                .transport(between.apply(sandbox.transport(this::now)))
                                .system(this));
    }

    Outcome trigger(int pullRequest) throws InterruptedException {
        return trigger(pullRequest, Options.defaults().shouldPoll(true));
    }

    Outcome trigger(int pullRequest, Options options) throws InterruptedException {
        return autoscaler()
                .triggerAutoscalingCiJob(
                        world.accountId(),
                        world.ciJobId(),
                        Payload.of(payload(pullRequest)),
                        options);
    }

    Autoscaler autoscaler() {
        return new Autoscaler(client, this, told::add);
    }

    /// One whose process stands still for `time` between its first decision and what it does about
    /// it.
    Autoscaler autoscalerPausedFor(Duration time) {
        var paused = new AtomicBoolean();
        return new Autoscaler(
                client,
                this,
                event -> {
                    if (event instanceof Event.Decided && !paused.getAndSet(true)) {
                        pass(time);
                    }
                });
    }

    Map<String, Object> payload(int pullRequest) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("cause", "Autoscaling CI");
        payload.put("git_sha", "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80");
        payload.put("schema_override", "dbt_cloud_pr_" + world.ciJobId() + "_" + pullRequest);
        payload.put("github_pull_request_id", pullRequest);
        return payload;
    }

    /// Triggers `job` for `pullRequest`, as a pipeline does without this tool.
    long runOf(int pullRequest, long job) {
        return client.jobs()
                .trigger(world.accountId(), job, Map.copyOf(payload(pullRequest)))
                .data()
                .id();
    }

    long productionRun() {
        return sandbox.runAsUser(world.productionJobIds().getFirst(), "nightly, by hand");
    }

    /// The next run of the CI job, or of a clone of it, ends like this.
    void nextRunEnds(Ending ending) {
        sandbox.decide(
                io.github.dbtc4j.sandbox.option.RunRule.next(
                        io.github.dbtc4j.sandbox.option.ScriptedOutcome.any().ending(ending)));
    }

    /// Runs an action `time` from now, while the invocation sleeps.
    void after(Duration time, Runnable action) {
        others.put(now.plus(time), action);
    }

    void pass(Duration time) {
        Instant until = now.plus(time);
        while (!others.isEmpty() && !others.firstKey().isAfter(until)) {
            var next = others.pollFirstEntry();
            now = next.getKey();
            next.getValue().run();
        }
        now = until;
        sandbox.advanceTo(now);
    }

    /// The own run, as the platform last showed it.
    static Run run(Outcome outcome) {
        return Objects.requireNonNull(outcome.answer()).data();
    }

    RunView run(long id) {
        return sandbox.run(id).orElseThrow();
    }

    /// The clones that are there now.
    List<Long> clones() {
        return sandbox.jobs().stream()
                .filter(job -> job.name().contains("[CLONED") && job.state() == 1)
                .map(job -> job.id())
                .toList();
    }

    /// The clones that were made, deleted ones included.
    List<SandboxEvent.JobCreated> clonesMade() {
        return happened(SandboxEvent.JobCreated.class).stream()
                .filter(event -> event.job().name().contains("[CLONED"))
                .toList();
    }

    <E extends SandboxEvent> List<E> happened(Class<E> kind) {
        return sandbox.history().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    long requests() {
        return happened(SandboxEvent.Requested.class).size();
    }

    <E extends Event> List<E> told(Class<E> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return Duration.between(START, now).toNanos();
    }

    @Override
    public void sleep(Duration duration) {
        if (duration.isPositive()) {
            pass(duration);
        }
    }

    @Override
    public long random() {
        return new java.util.SplittableRandom(seed + drawn++).nextLong();
    }
}
