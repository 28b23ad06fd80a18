package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.Interruption;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.autoscaler.observation.Polling;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.RetryDetails;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Repeats failed runs from the step in which they failed, as far as the platform offers that: the
/// latest run of its job, ended in an error, in a command dbt can retry (docs.getdbt.com, "Retry
/// your dbt jobs").
public final class Retrier {

    private final DbtCloudClient client;
    private final SystemContext system;
    private final ProgressListener listener;

    /// Works with `client`, waits in `system` and tells `listener` what happens.
    public Retrier(DbtCloudClient client, SystemContext system, ProgressListener listener) {
        this.client = client;
        this.system = system;
        this.listener = listener;
    }

    /// Why the platform would not retry `run`, in its own word such as `RETRY_NOT_LATEST_RUN`;
    /// empty when it would, or does not say.
    public static Optional<String> refusal(Run run) {
        if (run.canRetry()) {
            return Optional.empty();
        }
        boolean silent = run.fields().get("can_retry") == null;
        return silent && run.retryNotSupportedReason() == null
                ? Optional.empty()
                : Optional.of(Objects.requireNonNullElse(run.retryNotSupportedReason(), ""));
    }

    /// The latest run of a job, if it ever had one.
    public Optional<ApiResponse<Run>> latest(long accountId, long jobId) {
        List<Run> newest =
                client.runs()
                        .page(accountId, RunQuery.all().jobId(jobId).orderBy("-id").limit(1))
                        .data();
        return newest.stream().findFirst().map(run -> run(accountId, run.id()));
    }

    /// The run as it is now.
    public ApiResponse<Run> run(long accountId, long runId) {
        return client.runs().get(accountId, runId, Include.TRIGGER, Include.JOB);
    }

    /// Where a failed run would go on, null when the platform does not say.
    public @Nullable RetryDetails details(Run run) {
        try {
            return client.runs().retryDetails(run.accountId(), run.id()).data();
        } catch (DbtCloudException.NotFound
                | DbtCloudException.Rejected
                | DbtCloudException.Unreadable e) {
            return null;
        }
    }

    /// Has `run` retried, and tells first where that goes on.
    ///
    /// @return the new run
    /// @throws DbtCloudException when the platform refuses or fails
    public ApiResponse<Run> retry(Run run) {
        listener.onEvent(new Event.Retrying(run, details(run)));
        ApiResponse<Run> answer = client.runs().retry(run.accountId(), run.id());
        listener.onEvent(new Event.RunTriggered(answer.data()));
        return answer;
    }

    /// Waits until `run` has ended, and has it retried when it failed, `retries` times at most and
    /// as long as the platform would.
    ///
    /// @param run as it was triggered
    /// @param delay how long to wait after a failure
    /// @param polling when to look
    /// @param timeout for all of it, counted from now
    /// @return how the last run ended
    /// @throws DbtCloudException when the platform fails
    /// @throws InterruptedException when the thread is interrupted; the run goes on
    public Outcome await(
            ApiResponse<Run> run, int retries, Duration delay, Polling polling, Duration timeout)
            throws InterruptedException {
        long began = system.nanoTime();
        var watch = new RunWaiter(client, system, listener);
        ApiResponse<Run> current = run;
        for (int left = retries; ; left--) {
            Outcome outcome = watch.await(current, polling, timeout.minus(since(began)));
            if (!(outcome.verdict() instanceof Verdict.Failed) || left == 0) {
                return outcome;
            }
            if (since(began).plus(delay).compareTo(timeout) >= 0) {
                return outcome;
            }
            listener.onEvent(new Event.RetryAhead(current.data(), delay, left));
            system.sleep(delay);
            Optional<ApiResponse<Run>> next = retryIfOffered(current.data());
            if (next.isEmpty()) {
                return outcome;
            }
            current = next.get();
        }
    }

    private Optional<ApiResponse<Run>> retryIfOffered(Run failed) throws InterruptedException {
        try {
            Run now = run(failed.accountId(), failed.id()).data();
            Optional<String> refusal = refusal(now);
            if (refusal.isPresent()) {
                listener.onEvent(new Event.NotRetried(now, refusal.get()));
                return Optional.empty();
            }
            return Optional.of(retry(now));
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            listener.onEvent(new Event.RetryRefused(failed, e));
            return Optional.empty();
        } catch (DbtCloudException.Interrupted e) {
            throw Interruption.of(e);
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(system.nanoTime() - nanos);
    }
}
