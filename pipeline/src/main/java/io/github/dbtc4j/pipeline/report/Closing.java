package io.github.dbtc4j.pipeline.report;

import java.util.List;

/// What was done to end a pull request's life on the platform, where no run tells of it.
///
/// @param sentence how it ended, for people
/// @param lines what was done, a sentence each
/// @param problems what was not, a sentence each; empty when all is well
/// @param baseJob the job that was named
/// @param cancelledRuns the runs the platform was asked to cancel
public record Closing(
        String sentence,
        List<String> lines,
        List<String> problems,
        long baseJob,
        List<Long> cancelledRuns)
        implements Ending {

    public Closing {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
        cancelledRuns = List.copyOf(cancelledRuns);
    }

    /// `closed`, or `incomplete` when something is left.
    String verdictWord() {
        return problems.isEmpty() ? "closed" : "incomplete";
    }
}
