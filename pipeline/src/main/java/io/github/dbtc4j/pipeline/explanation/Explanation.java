package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.client.model.Run;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// Why a run ended as it did.
///
/// @param run as it was read last, or null when there was none or it could not be read
/// @param steps those that were looked into, by index: the failed ones, or all that invoke dbt
/// @param gaps sentences about what could not be read
public record Explanation(@Nullable Run run, List<StepReport> steps, List<String> gaps) {

    public Explanation {
        steps = List.copyOf(steps);
        gaps = List.copyOf(gaps);
    }

    /// Nothing was looked into.
    public static Explanation none(@Nullable Run run) {
        return new Explanation(run, List.of(), List.of());
    }

    /// How many nodes ended in which way.
    public NodeCounts counts() {
        return NodeCounts.of(steps);
    }

    /// What to do about the run's failure, where its cause is a known one.
    public Optional<String> advice() {
        return KnownCause.advice(run, failedSteps());
    }

    public List<StepReport> failedSteps() {
        return steps.stream().filter(StepReport::failed).toList();
    }
}
