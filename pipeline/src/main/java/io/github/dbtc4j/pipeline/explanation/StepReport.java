package io.github.dbtc4j.pipeline.explanation;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is known of one step of a run, as far as it was read.
///
/// @param index 1 for the first
/// @param name such as ``Invoke dbt with `dbt build` ``
/// @param failed whether it ended with an error
/// @param results what became of each node; empty when there are no results of this step
/// @param logTail the last lines of its log; empty unless it failed and no result says why, or one
///   of those that failed does not
public record StepReport(
        int index, String name, boolean failed, List<NodeResult> results, List<String> logTail) {

    public StepReport {
        results = List.copyOf(results);
        logTail = List.copyOf(logTail);
    }

    /// What went wrong, on one line, as its log says; null without a log.
    public @Nullable String headline() {
        return LogTail.headline(logTail);
    }

    /// What `failure` says at length: its message, else the end of the step's log, else its status.
    public String reason(NodeResult failure) {
        if (failure.message() != null && !failure.message().isBlank()) {
            return failure.message();
        }
        return logTail.isEmpty()
                ? failure.status()
                : failure.status() + "\n" + String.join("\n", logTail);
    }

    /// The tests that warn, in the order of dbt.
    public List<NodeResult> warnings() {
        return results.stream().filter(NodeResult::isWarning).toList();
    }

    /// The nodes that failed, in the order of dbt.
    public List<NodeResult> failures() {
        return results.stream().filter(NodeResult::hasFailed).toList();
    }
}
