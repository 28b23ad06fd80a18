package io.github.dbtc4j.benchmark;

import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Policy;
import io.github.dbtc4j.planner.SharedSchema;
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
import io.github.dbtc4j.planner.state.Snapshot;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The decision on an account with 10,000 runs in progress and 5,000 jobs, all of them clones of
/// the base job: the most that any account is known to have, and then some.
@State(Scope.Thread)
public class Planning {

    private static final int RUNS = 10_000;
    private static final int JOBS = 5_000;
    private static final long FIRST_JOB = 70_403_103_900_000L;
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String SHA = "1f3a6c0b9d2e";
    private static final JobId BASE = new JobId(FIRST_JOB);

    private final Snapshot seen = snapshot();
    private final CiRequest request = new CiRequest(pullRequest(1), null, SHA, build(1), build(1));
    private final Policy policy =
            new Policy(
                    Concurrency.AUTO,
                    LanePolicy.BASE_FIRST,
                    true,
                    Cleanup.AFTER_RUN,
                    null,
                    SharedSchema.QUEUE,
                    NOW.plus(Duration.ofHours(1)));

    /// Looks at every run once.
    @Benchmark
    public int reference() {
        int ofOthers = 0;
        for (ObservedRun run : seen.runs()) {
            if (run.status().isActive()
                    && !Objects.equals(request.pullRequest(), run.pullRequest())) {
                ofOthers++;
            }
        }
        return ofOthers;
    }

    /// Plans.
    @Benchmark
    public Plan plan() {
        return Planner.plan(seen, request, policy, NOW);
    }

    private static Snapshot snapshot() {
        List<ObservedClone> clones = new ArrayList<>();
        for (int i = 1; i < JOBS; i++) {
            clones.add(
                    new ObservedClone(
                            new JobId(FIRST_JOB + i),
                            pullRequest(i),
                            ObservedClone.Condition.USABLE,
                            nonce(i),
                            NOW.minus(Duration.ofMinutes(i))));
        }
        List<ObservedRun> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(run(i));
        }
        return new Snapshot(
                new BaseJob(BASE, false, List.of()),
                clones,
                runs,
                100,
                NOW,
                InvocationState.initial("00000000000000aa"));
    }

    private static ObservedRun run(int i) {
        Instant created = NOW.minusSeconds(RUNS - i);
        boolean queued = i % 2 == 0;
        PullRequest pullRequest = pullRequest(2 + i / 2);
        return new ObservedRun(
                new RunId(70_471_862_000_000L + i),
                new JobId(FIRST_JOB + i % JOBS),
                queued ? RunStatus.QUEUED : RunStatus.RUNNING,
                pullRequest,
                new Claim(BASE, pullRequest, null, SHA, nonce(i)),
                build(pullRequest.number()),
                null,
                BASE,
                created,
                queued ? null : created.plusSeconds(10),
                null,
                true);
    }

    private static Build build(long pullRequest) {
        return new Build(
                1,
                SHA,
                null,
                "dbt_cloud_pr_%s_%d".formatted(BASE, pullRequest),
                Map.of("github_pull_request_id", Long.toString(pullRequest)));
    }

    private static PullRequest pullRequest(long number) {
        return new PullRequest(Provider.GITHUB, number);
    }

    private static String nonce(int i) {
        return "%016x".formatted(i);
    }
}
