package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.state.RunStatus.QUEUED;
import static io.github.dbtc4j.planner.state.RunStatus.STARTING;

import io.github.dbtc4j.planner.state.BaseJob;
import io.github.dbtc4j.planner.state.Build;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// A situation on the platform, put together a fact at a time, and what is planned in it.
public final class Scene {

    public static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    public static final JobId BASE = new JobId(70_403_103_936_332L);
    public static final PullRequest PR_50 = new PullRequest(Provider.GITHUB, 50);
    public static final PullRequest PR_51 = new PullRequest(Provider.GITHUB, 51);

    public static final String SHA = "1f3a6c0b9d2e";
    public static final String FULL_SHA = SHA + "4f5a7b8c9d0e1f2a3b4c5d6e7f80";
    public static final String SCHEMA = "dbt_cloud_pr_50";

    /// Whose name bears no pull request's number.
    static final String SHARED_SCHEMA = "cicd";

    /// What this pull request's runs for [#SHA] build.
    static final Build BUILD = new Build(1, FULL_SHA, null, SCHEMA, Map.of());

    private final List<ObservedRun> runs = new ArrayList<>();
    private final List<ObservedClone> clones = new ArrayList<>();
    private boolean runsConcurrently;
    private List<String> secrets = List.of();
    private @Nullable Integer runSlots = 5;
    private @Nullable PullRequest pullRequest = PR_50;
    private Policy policy =
            new Policy(
                    Concurrency.AUTO,
                    LanePolicy.BASE_FIRST,
                    true,
                    Cleanup.AFTER_RUN,
                    null,
                    SharedSchema.QUEUE,
                    in(3600));
    private @Nullable Sequence sequence;
    private @Nullable String schema = SCHEMA;
    private InvocationState own = InvocationState.initial("00000000000000aa");

    public static Instant in(long seconds) {
        return NOW.plus(Duration.ofSeconds(seconds));
    }

    public Scene run(long id, JobId job, RunStatus status, @Nullable PullRequest pullRequest) {
        return run(id, job, status, pullRequest, true);
    }

    Scene run(
            long id,
            JobId job,
            RunStatus status,
            @Nullable PullRequest pullRequest,
            boolean usesRunSlot) {
        runs.add(observed(id, job, status, pullRequest, null, usesRunSlot));
        return this;
    }

    /// A run that another invocation triggered, for this pull request.
    public Scene claimed(
            long id, JobId job, RunStatus status, @Nullable Sequence sequence, String sha) {
        var claim = new Claim(BASE, pullRequest, sequence, sha, "%016x".formatted(id));
        runs.add(observed(id, job, status, pullRequest, claim, true));
        return job.equals(BASE) ? this : marked(BASE);
    }

    /// What the run that was put last builds.
    public Scene building(UnaryOperator<Build> change) {
        return last(run -> with(run, run.pullRequest(), change.apply(run.build()), run.cloneOf()));
    }

    /// Another commit, with everything else as it is.
    public static Build ofCommit(Build build, @Nullable String sha) {
        return new Build(build.project(), sha, build.branch(), build.schema(), build.overrides());
    }

    /// Another schema, with everything else as it is.
    public static Build into(Build build, @Nullable String schema) {
        return new Build(build.project(), build.sha(), build.branch(), schema, build.overrides());
    }

    /// One override more, with everything else as it is.
    public static Build overriding(Build build, String name, String value) {
        return new Build(
                build.project(), build.sha(), build.branch(), build.schema(), Map.of(name, value));
    }

    /// The pull request the platform shows of the run that was put last.
    public Scene of(@Nullable PullRequest pullRequest) {
        return last(run -> with(run, pullRequest, run.build(), run.cloneOf()));
    }

    /// What the run that was put last has checked out.
    public Scene checkedOut(String commit) {
        return last(run ->
                new ObservedRun(
                        run.id(),
                        run.job(),
                        run.status(),
                        run.pullRequest(),
                        run.claim(),
                        run.build(),
                        commit,
                        run.cloneOf(),
                        run.createdAt(),
                        run.startedAt(),
                        run.finishedAt(),
                        run.usesRunSlot()));
    }

    /// The base job that the marker of the last run's job names.
    public Scene marked(@Nullable JobId base) {
        return last(run -> with(run, run.pullRequest(), run.build(), base));
    }

    /// The last run is `pullRequest`'s, by what its claim says too.
    public Scene claimedFor(PullRequest pullRequest) {
        return last(run -> {
            Claim claim = Objects.requireNonNull(run.claim());
            return new ObservedRun(
                    run.id(),
                    run.job(),
                    run.status(),
                    pullRequest,
                    new Claim(
                            claim.base(),
                            pullRequest,
                            claim.sequence(),
                            claim.sha(),
                            claim.nonce()),
                    run.build(),
                    run.commit(),
                    run.cloneOf(),
                    run.createdAt(),
                    run.startedAt(),
                    run.finishedAt(),
                    run.usesRunSlot());
        });
    }

    private Scene last(UnaryOperator<ObservedRun> change) {
        runs.add(change.apply(runs.removeLast()));
        return this;
    }

    private static ObservedRun with(
            ObservedRun run,
            @Nullable PullRequest pullRequest,
            Build build,
            @Nullable JobId cloneOf) {
        return new ObservedRun(
                run.id(),
                run.job(),
                run.status(),
                pullRequest,
                run.claim(),
                build,
                run.commit(),
                cloneOf,
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                run.usesRunSlot());
    }

    /// A run's id tells when it was created; it starts 10 s later and ends 60 s later, unless
    /// [#window] says otherwise.
    private static ObservedRun observed(
            long id,
            JobId job,
            RunStatus status,
            @Nullable PullRequest pullRequest,
            @Nullable Claim claim,
            boolean usesRunSlot) {
        boolean started = status != QUEUED && status != STARTING;
        String sha = claim == null ? null : claim.sha();
        return new ObservedRun(
                new RunId(id),
                job,
                status,
                pullRequest,
                claim,
                new Build(
                        1,
                        SHA.equals(sha) ? FULL_SHA : sha,
                        null,
                        pullRequest == null ? null : "dbt_cloud_pr_" + pullRequest.number(),
                        Map.of()),
                null,
                null,
                in(id - 1000),
                started ? in(id - 990) : null,
                status.isActive() ? null : in(id - 940),
                usesRunSlot);
    }

    /// When the run that was put last executed.
    Scene window(@Nullable Instant started, @Nullable Instant finished) {
        ObservedRun last = runs.removeLast();
        runs.add(
                new ObservedRun(
                        last.id(),
                        last.job(),
                        last.status(),
                        last.pullRequest(),
                        last.claim(),
                        last.build(),
                        last.commit(),
                        last.cloneOf(),
                        last.createdAt(),
                        started,
                        finished,
                        last.usesRunSlot()));
        return this;
    }

    public Scene clone(long id, @Nullable PullRequest of, boolean usable) {
        return clone(
                id,
                of,
                usable ? ObservedClone.Condition.USABLE : ObservedClone.Condition.OUTDATED,
                "00000000000000cc");
    }

    Scene clone(
            long id, @Nullable PullRequest of, ObservedClone.Condition condition, String nonce) {
        clones.add(new ObservedClone(new JobId(id), of, condition, nonce, in(-500)));
        return this;
    }

    /// The clone that was put last was made so many seconds ago.
    Scene age(long seconds) {
        ObservedClone last = clones.removeLast();
        clones.add(
                new ObservedClone(
                        last.id(),
                        last.pullRequest(),
                        last.condition(),
                        last.nonce(),
                        in(-seconds)));
        return this;
    }

    public Scene sequence(@Nullable Sequence sequence) {
        this.sequence = sequence;
        return this;
    }

    Scene runsConcurrently() {
        runsConcurrently = true;
        return this;
    }

    Scene secret(String name) {
        secrets = List.of(name);
        return this;
    }

    Scene slots(@Nullable Integer slots) {
        runSlots = slots;
        return this;
    }

    Scene forNoPullRequest() {
        pullRequest = null;
        return this;
    }

    Scene cap(int cap) {
        return policy(policy.concurrency(), policy.lanes(), policy.watch(), policy.cleanup(), cap);
    }

    Scene concurrency(Concurrency concurrency) {
        return policy(
                concurrency,
                policy.lanes(),
                policy.watch(),
                policy.cleanup(),
                policy.maxRunSlots());
    }

    Scene dedicated() {
        return policy(
                policy.concurrency(),
                LanePolicy.DEDICATED,
                policy.watch(),
                policy.cleanup(),
                policy.maxRunSlots());
    }

    Scene notWatching() {
        return policy(
                policy.concurrency(),
                policy.lanes(),
                false,
                policy.cleanup(),
                policy.maxRunSlots());
    }

    Scene keepingClones() {
        return policy(
                policy.concurrency(),
                policy.lanes(),
                policy.watch(),
                Cleanup.IDLE,
                policy.maxRunSlots());
    }

    private Scene policy(
            Concurrency concurrency,
            LanePolicy lanes,
            boolean watch,
            Cleanup cleanup,
            @Nullable Integer cap) {
        policy =
                new Policy(
                        concurrency,
                        lanes,
                        watch,
                        cleanup,
                        cap,
                        policy.sharedSchema(),
                        policy.deadline());
        return this;
    }

    Scene allowingSharedSchema() {
        policy =
                new Policy(
                        policy.concurrency(),
                        policy.lanes(),
                        policy.watch(),
                        policy.cleanup(),
                        policy.maxRunSlots(),
                        SharedSchema.ALLOW,
                        policy.deadline());
        return this;
    }

    /// A run of pull request 51 into a schema that this one's payload names too.
    Scene sharing(long id, JobId job, RunStatus status) {
        var claim = new Claim(BASE, PR_51, null, "abcdef123456", "%016x".formatted(id));
        runs.add(observed(id, job, status, PR_51, claim, true));
        schema = SHARED_SCHEMA;
        return marked(job.equals(BASE) ? null : BASE).building(build -> into(build, SHARED_SCHEMA));
    }

    public Scene ownRun(long id, JobId job, RunStatus status) {
        own = own.withRun(new RunId(id), job.equals(BASE) ? null : job);
        return run(id, job, status, pullRequest);
    }

    /// A run that came of the own nonce, whether its response arrived or not.
    public Scene ownDuplicate(long id, JobId job, RunStatus status) {
        var claim = new Claim(BASE, pullRequest, sequence, SHA, own.nonce());
        runs.add(observed(id, job, status, pullRequest, claim, true));
        return job.equals(BASE) ? this : marked(BASE);
    }

    public Scene lost(UnconfirmedWrite lost) {
        own = own.withUnconfirmedWrite(lost);
        return this;
    }

    Scene clonesRefused() {
        own = own.withClonesRefused();
        return this;
    }

    public Snapshot snapshot() {
        return new Snapshot(
                new BaseJob(BASE, runsConcurrently, secrets), clones, runs, runSlots, NOW, own);
    }

    /// `clone` could not be deleted.
    Scene kept(JobId clone) {
        own = own.keeping(clone);
        return this;
    }

    Scene askedToCancel(long id, Instant at) {
        own = own.withCancelRequest(new RunId(id), at);
        return this;
    }

    Scene sawCancelled(Instant at) {
        own = own.withCancelledAt(at);
        return this;
    }

    /// It has triggered so many runs, all that came before its present one long gone.
    Scene triggeredTimes(int times) {
        RunId run = own.run();
        for (int i = own.triggeredRuns().size(); i < times; i++) {
            own = own.withRun(new RunId(i + 1), null);
        }
        own = run == null ? own : own.withRun(run, null);
        return this;
    }

    public Plan plan() {
        return planAt(NOW);
    }

    public Plan planAt(Instant now) {
        return Planner.plan(snapshot(), request(), policy, now);
    }

    public CiRequest request() {
        Build build = into(BUILD, pullRequest == null ? null : schema);
        return new CiRequest(pullRequest, sequence, SHA, build, build);
    }
}
