package io.github.dbtc4j.pipeline;

import java.util.List;

/// What is known of one step of a run, as far as it was read.
///
/// @param index 1 for the first
/// @param name such as ``Invoke dbt with `dbt build` ``
/// @param failed whether it ended with an error
/// @param results what became of each node; empty when there are no results of this step
/// @param logTail the last lines of its log; empty unless it failed and no result says why
public record StepReport(
        int index, String name, boolean failed, List<NodeResult> results, List<String> logTail) {

    public StepReport {
        results = List.copyOf(results);
        logTail = List.copyOf(logTail);
    }

    /// The nodes that failed, in the order of dbt.
    public List<NodeResult> failures() {
        return results.stream().filter(NodeResult::hasFailed).toList();
    }
}
