package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.MadeClone;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// L3: clones that are there although their time is over and another invocation came by. A clone
/// that a user gave a trigger is theirs.
final class CloneCheck {

    private CloneCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        return evidence.history.jobs().stream()
                .filter(job -> job.state() == 1 && isUnwanted(evidence, job))
                .map(job ->
                        new Violation(
                                Property.L3,
                                Violation.UNEXPLAINED,
                                evidence.history.end(),
                                creator(evidence, job),
                                "job %d is left: %s".formatted(job.id(), job.name())))
                .toList();
    }

    private static boolean isUnwanted(IndexedHistory evidence, JobView job) {
        MadeClone clone = evidence.clones.get(job.id());
        return clone != null
                && evidence.isClone(clone)
                && !isLeftOnPurpose(evidence.history, clone)
                && !job.triggered()
                && !Boolean.TRUE.equals(MadeClone.marker(job).get("keep"));
    }

    /// The last invocation may leave its own clone to the next one.
    private static boolean isLeftOnPurpose(History history, MadeClone clone) {
        return history.options().cleanup() != Cleanup.AFTER_RUN
                && !clone.created().isBefore(history.epilogue());
    }

    private static @Nullable Integer creator(IndexedHistory evidence, JobView job) {
        MadeClone clone = evidence.clones.get(job.id());
        return clone == null ? null : clone.creator();
    }
}
