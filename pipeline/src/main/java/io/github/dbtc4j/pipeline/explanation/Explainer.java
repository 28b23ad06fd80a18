package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.RunStep;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds out why a run ended as it did, from its steps and the files dbt left behind.
///
/// Missing, broken or refused files are no error: what they would have said stays out, and the end
/// of the step's log stands in. Nothing is written.
public final class Explainer {

    private static final int MOST_STEPS = 10;

    private static final Pattern LINT = Pattern.compile("\\bdbt( --?\\S+)* lint\\b");

    /// Of so many failures the file is worth looking up.
    private static final int MOST_FILES = 200;

    private final DbtCloudClient client;
    private final SystemContext system;
    private final Duration limit;

    /// Reads with `client`, whose patience and largest response bound each single request.
    ///
    /// @param limit after which no further request is made
    public Explainer(DbtCloudClient client, SystemContext system, Duration limit) {
        this.client = client;
        this.system = system;
        this.limit = limit;
    }

    /// Why the run `runId` ended as it did. Not for a run that is still in progress.
    ///
    /// @param seen the run as it was seen last, used when it cannot be read anew; may be null
    /// @param everything whether to read the results of all steps that invoke dbt, not only of
    ///   those that failed
    public Explanation explain(long accountId, long runId, @Nullable Run seen, boolean everything) {
        var reading = new Reading(accountId, runId, system.nanoTime());
        Run fresh = reading.orNull("the run", () -> run(accountId, runId));
        Run run = fresh != null ? fresh : seen;
        if (run == null) {
            return new Explanation(null, List.of(), reading.gaps);
        }
        reading.files = new LateFiles(system, run);
        var steps = new ArrayList<StepReport>();
        for (RunStep step : run.steps()) {
            boolean failed = step.status() == Known.ERROR;
            if (steps.size() < MOST_STEPS && (failed || (everything && hasResults(step)))) {
                steps.add(reading.step(step, failed));
            }
        }
        return new Explanation(run, reading.withFiles(steps, projectFolder(run)), reading.gaps);
    }

    private Run run(long accountId, long runId) {
        return client.runs()
                .get(
                        accountId,
                        runId,
                        Include.TRIGGER,
                        Include.JOB,
                        Include.ENVIRONMENT,
                        Include.RUN_STEPS,
                        Include.AUDIT)
                .data();
    }

    /// Whether it invokes dbt to do something with nodes. `dbt lint`, which dbt v2 has in place of
    /// SQLFluff, does not: what it finds is in its log.
    private static boolean hasResults(RunStep step) {
        boolean invokes =
                step.fields().get("run_step_command") != null
                        || step.name().startsWith("Invoke dbt");
        return invokes && !LINT.matcher(step.name()).find();
    }

    private static @Nullable String projectFolder(Run run) {
        return run.fields().get("environment") instanceof Map<?, ?> environment
                        && environment.get("dbt_project_subdirectory") instanceof String folder
                ? folder
                : null;
    }

    /// What one explanation has come to so far.
    private final class Reading {

        private final long accountId;
        private final long runId;
        private final long began;
        private final List<String> gaps = new ArrayList<>();
        private @Nullable LateFiles files;

        Reading(long accountId, long runId, long began) {
            this.accountId = accountId;
            this.runId = runId;
            this.began = began;
        }

        StepReport step(RunStep step, boolean failed) {
            List<NodeResult> results = hasResults(step) ? results(step) : List.of();
            boolean silent = results.stream().noneMatch(NodeResult::hasFailed);
            boolean wordless = results.stream().anyMatch(NodeResult::hasFailedWithoutReason);
            return new StepReport(
                    step.index(),
                    OneLine.clipped(step.name(), 300),
                    failed,
                    // results without a failure are not those of a step that failed
                    failed && silent ? List.of() : results,
                    failed && (silent || wordless) ? LogTail.of(step) : List.of());
        }

        private List<NodeResult> results(RunStep step) {
            List<NodeResult> results =
                    orNull(
                            "run_results.json of step " + step.index(),
                            () -> RunResults.read(file("run_results.json", step.index()), runId));
            return results == null ? List.of() : results;
        }

        /// The steps with the file of each failure: the manifest knows it best, and is asked only
        /// when a message does not name it.
        List<StepReport> withFiles(List<StepReport> steps, @Nullable String folder) {
            var unknown = new HashSet<String>();
            int last = 0;
            for (StepReport step : steps) {
                for (NodeResult result : concat(step.failures(), step.warnings())) {
                    if (result.fileInMessage() == null && unknown.size() < MOST_FILES) {
                        unknown.add(result.uniqueId());
                        last = step.index();
                    }
                }
            }
            Map<String, String> files = unknown.isEmpty() ? Map.of() : files(unknown, last);
            return steps.stream().map(step -> located(step, files, folder)).toList();
        }

        private static List<NodeResult> concat(List<NodeResult> some, List<NodeResult> more) {
            return Stream.concat(some.stream(), more.stream()).toList();
        }

        private Map<String, String> files(Set<String> ids, int step) {
            Map<String, String> files =
                    orNull(
                            "manifest.json",
                            () -> SourceFiles.read(file("manifest.json", step), ids));
            return files == null ? Map.of() : files;
        }

        private byte[] file(String name, int step) {
            Supplier<byte[]> read =
                    () -> client.artifacts().get(accountId, runId, name, step).body();
            return files == null ? read.get() : files.read(read);
        }

        private static StepReport located(
                StepReport step, Map<String, String> files, @Nullable String folder) {
            List<NodeResult> results =
                    step.results().stream()
                            .map(result -> {
                                String file = files.get(result.uniqueId());
                                return result.in(
                                        SourceFiles.inRepository(
                                                file != null ? file : result.fileInMessage(),
                                                folder));
                            })
                            .toList();
            return new StepReport(
                    step.index(), step.name(), step.failed(), results, step.logTail());
        }

        /// What `read` reads, or null after noting why it cannot be had. That a file is not there
        /// is usual and not worth a note.
        private <T> @Nullable T orNull(String what, Supplier<T> read) {
            Duration spent = Duration.ofNanos(system.nanoTime() - began);
            if (spent.compareTo(limit) > 0) {
                gaps.add(what + " was not read, it was taking too long");
                return null;
            }
            try {
                return read.get();
            } catch (DbtCloudException.NotFound e) {
                return null;
            } catch (DbtCloudException | IllegalArgumentException e) {
                gaps.add(what + " could not be read: " + e.getMessage());
                return null;
            }
        }
    }
}
