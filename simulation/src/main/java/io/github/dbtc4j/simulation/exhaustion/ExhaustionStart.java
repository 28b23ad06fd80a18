package io.github.dbtc4j.simulation.exhaustion;

import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.world.Repository;

import java.time.Instant;
import java.util.List;

/// What a process of an [ExhaustiveExplorer] is started with.
record ExhaustionStart(int pullRequest, String sha, Sequence order) {

    /// The one that comes long after the others.
    static final ExhaustionStart EPILOGUE = start(9_000, "e", "9000.1");

    private static final ExhaustionStart FIRST = start(50, "a", "1.1");

    static List<ExhaustionStart> of(ExhaustiveExplorer.Order order) {
        return List.of(
                FIRST,
                switch (order) {
                    case OLDER_AND_NEWER -> start(50, "b", "2.1");
                    case TWINS -> FIRST;
                    case TWO_PULL_REQUESTS -> start(51, "b", "2.1");
                });
    }

    InvocationRecord record(SteppedProcess process, Instant began, long baseJob) {
        return new InvocationRecord(
                process.number,
                pullRequest,
                sha,
                Pipeline.payload(baseJob, pullRequest, sha),
                order,
                true,
                true,
                Repository.OURS,
                began,
                process.ended(),
                process.ending());
    }

    private static ExhaustionStart start(int pullRequest, String letter, String order) {
        Sequence sequence = Sequence.parse(order).orElseThrow().within("small scope");
        return new ExhaustionStart(pullRequest, letter.repeat(40), sequence);
    }
}
