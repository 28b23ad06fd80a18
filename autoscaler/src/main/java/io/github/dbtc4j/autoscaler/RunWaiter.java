package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.PlannerMapper;
import io.github.dbtc4j.autoscaler.observation.PollDelays;
import io.github.dbtc4j.autoscaler.observation.Polling;
import io.github.dbtc4j.autoscaler.observation.RunDurations;
import io.github.dbtc4j.autoscaler.observation.WholeRun;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Waits for the end of a run without touching it.
public final class RunWaiter {

    private final DbtCloudClient client;
    private final SystemContext system;
    private final ProgressListener listener;

    /// Looks with `client`, waits in `system` and tells `listener` of every look.
    public RunWaiter(DbtCloudClient client, SystemContext system, ProgressListener listener) {
        this.client = client;
        this.system = system;
        this.listener = listener;
    }

    /// Waits until `run` has ended, or for `timeout`, after which it looks one last time. The run
    /// then goes on.
    ///
    /// @param run as it was triggered
    /// @param polling when to look; planned looks cost one call for the job's recent runs
    /// @param timeout counted from now
    /// @throws DbtCloudException when the platform refuses or fails
    /// @throws InterruptedException when the thread is interrupted; the run goes on
    public Outcome await(ApiResponse<Run> run, Polling polling, Duration timeout)
            throws InterruptedException {
        long began = system.nanoTime();
        ApiResponse<Run> answer = run;
        var pauses = new PollDelays(system, polling, () -> usual(run.data()));
        while (!answer.data().status().isTerminal()) {
            Duration elapsed = Duration.ofNanos(system.nanoTime() - began);
            listener.onEvent(new Event.Progress(answer.data(), elapsed));
            Duration left = timeout.minus(elapsed);
            if (!left.isPositive()) {
                return new Outcome(new Verdict.DeadlinePassed(id(answer)), answer);
            }
            Duration pause = pause(answer, polling, pauses);
            system.sleep(left.compareTo(pause) < 0 ? left : pause);
            answer = look(answer.data());
        }
        return new Outcome(verdict(answer), answer);
    }

    private List<Duration> usual(Run run) {
        return RunDurations.read(client, run.accountId(), run.jobId());
    }

    /// A fixed rhythm is the original's to the second.
    private Duration pause(ApiResponse<Run> answer, Polling polling, PollDelays pauses)
            throws InterruptedException {
        try {
            return switch (polling) {
                case Polling.Fixed(Duration interval) -> interval;
                case Polling.Adaptive planned ->
                        pauses.whileWatching(
                                PlannerMapper.observed(answer.data(), false, null),
                                seenAt(answer, system.now()));
            };
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    private static Instant seenAt(ApiResponse<Run> answer, Instant now) {
        Instant serverTime = answer.serverTime();
        return serverTime == null ? now : serverTime;
    }

    private ApiResponse<Run> look(Run run) throws InterruptedException {
        try {
            return WholeRun.read(client, run.accountId(), run.id());
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    private static Verdict verdict(ApiResponse<Run> answer) {
        RunId id = id(answer);
        if (answer.data().status() == Known.SUCCESS) {
            return new Verdict.Succeeded(id);
        }
        return answer.data().status() == Known.CANCELLED
                ? new Verdict.Cancelled(id)
                : new Verdict.Failed(id);
    }

    private static RunId id(ApiResponse<Run> answer) {
        return new RunId(answer.data().id());
    }
}
