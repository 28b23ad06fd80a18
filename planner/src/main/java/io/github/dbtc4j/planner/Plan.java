package io.github.dbtc4j.planner;

import java.util.List;

/// What an invocation means to do in the present state.
///
/// @param steps the whole intended sequence, never empty. Only the first is carried out; then the
///   invocation observes and plans again
/// @param reasons in the order in which they were weighed
public record Plan(List<Step> steps, List<Reason> reasons) {

    public Plan {
        steps = List.copyOf(steps);
        reasons = List.copyOf(reasons);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one step");
        }
    }

    /// The step to carry out now.
    public Step next() {
        return steps.getFirst();
    }
}
