package io.github.dbtc4j.planner;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A situation on the platform, put together a fact at a time, and what is planned in it.
final class Scene {

    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    static final JobId BASE = new JobId(70_403_103_936_332L);
    static final PullRequest PR_50 = new PullRequest(Provider.GITHUB, 50);
    static final PullRequest PR_51 = new PullRequest(Provider.GITHUB, 51);

    private final List<ObservedRun> runs = new ArrayList<>();
    private final List<ObservedClone> clones = new ArrayList<>();
    private boolean runsConcurrently;
    private List<String> secrets = List.of();
    private @Nullable Integer runSlots = 5;
    private @Nullable PullRequest pullRequest = PR_50;
    private Policy policy = new Policy(Concurrency.AUTO, true, true, null, in(3600));
    private Own own = Own.fresh("00000000000000aa");

    static Instant in(long seconds) {
        return NOW.plus(Duration.ofSeconds(seconds));
    }

    Scene run(long id, JobId job, RunStatus status, @Nullable PullRequest pullRequest) {
        return run(id, job, status, pullRequest, true);
    }

    Scene run(
            long id,
            JobId job,
            RunStatus status,
            @Nullable PullRequest pullRequest,
            boolean usesRunSlot) {
        runs.add(
                new ObservedRun(
                        new RunId(id), job, status, pullRequest, null, in(id - 1000), usesRunSlot));
        return this;
    }

    Scene clone(long id, @Nullable PullRequest of, boolean reusable) {
        clones.add(new ObservedClone(new JobId(id), of, reusable, "00000000000000cc"));
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
        return policy(policy.concurrency(), policy.watch(), policy.deleteClone(), cap);
    }

    Scene concurrency(Concurrency concurrency) {
        return policy(concurrency, policy.watch(), policy.deleteClone(), policy.maxRunSlots());
    }

    Scene notWatching() {
        return policy(policy.concurrency(), false, policy.deleteClone(), policy.maxRunSlots());
    }

    Scene keepingClones() {
        return policy(policy.concurrency(), policy.watch(), false, policy.maxRunSlots());
    }

    private Scene policy(
            Concurrency concurrency, boolean watch, boolean delete, @Nullable Integer cap) {
        policy = new Policy(concurrency, watch, delete, cap, policy.deadline());
        return this;
    }

    Scene ownRun(long id, JobId job, RunStatus status) {
        own = own.triggered(new RunId(id));
        return run(id, job, status, pullRequest);
    }

    /// A run that came of the own nonce, whether its answer arrived or not.
    Scene ownTwin(long id, JobId job, RunStatus status) {
        var claim = new Claim(BASE, pullRequest, null, own.nonce());
        runs.add(
                new ObservedRun(
                        new RunId(id), job, status, pullRequest, claim, in(id - 1000), true));
        return this;
    }

    Scene lost(Lost lost) {
        own = own.missing(lost);
        return this;
    }

    Snapshot snapshot() {
        return new Snapshot(
                new BaseJob(BASE, runsConcurrently, secrets), clones, runs, runSlots, own);
    }

    Scene askedToCancel(long id, Instant at) {
        own = own.askedToCancel(new RunId(id), at);
        return this;
    }

    Scene sawCancelled(Instant at) {
        own = own.sawCancelled(at);
        return this;
    }

    Scene triggeredTimes(int times) {
        RunId run = own.run();
        for (int i = own.runs(); i < times && run != null; i++) {
            own = own.triggered(run);
        }
        return this;
    }

    Plan plan() {
        return planAt(NOW);
    }

    Plan planAt(Instant now) {
        return Planner.plan(snapshot(), new CiRequest(pullRequest), policy, now);
    }
}
