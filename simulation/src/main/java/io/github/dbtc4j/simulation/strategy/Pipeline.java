package io.github.dbtc4j.simulation.strategy;

import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What happens in CI when a commit was pushed: ordinary blocking code.
@FunctionalInterface
public interface Pipeline {

    /// Between two looks at a run, as the original has it.
    Duration POLL = Duration.ofSeconds(10);

    /// Gives the pushed commit a run.
    ///
    /// @return how it ended, in a word or two
    String play(Stage stage) throws InterruptedException;

    /// The guide's payload, with the schema that belongs to the CI job.
    ///
    /// @param pullRequest its key, see [Namesake]; null is sent as such
    static Map<String, @Nullable Object> payload(
            long ciJob, @Nullable Integer pullRequest, String sha) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("cause", "Autoscaling CI");
        payload.put("git_sha", sha);
        Namesake.describe(pullRequest, ciJob, payload);
        return payload;
    }

    /// Where a pipeline acts.
    ///
    /// @param ciJob the job it is configured with
    /// @param payload what to trigger a run with
    /// @param waits whether it waits for the run's end where it need not
    /// @param listener hears what our autoscaler does
    record Stage(
            DbtCloudClient client,
            SystemContext system,
            long accountId,
            long ciJob,
            Map<String, @Nullable Object> payload,
            boolean waits,
            ProgressListener listener) {

        /// Looks at a run until it has ended.
        Run await(Run run) throws InterruptedException {
            Run seen = run;
            while (!seen.status().isTerminal()) {
                system.sleep(POLL);
                seen = client.runs().get(accountId, run.id()).data();
            }
            return seen;
        }
    }
}
