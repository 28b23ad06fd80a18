package io.github.dbtc4j.sandbox.option;

import org.jspecify.annotations.Nullable;

/// Orders an [ScriptedOutcome] for runs that will be queued.
///
/// @param jobId only runs of this job; null for any
/// @param contains only runs whose cause, commit or branch contains this text; null for any
/// @param times for how many runs the rule holds before it is used up
public record RunRule(
        @Nullable Long jobId, @Nullable String contains, ScriptedOutcome outcome, int times) {

    public RunRule {
        if (times < 1) {
            throw new IllegalArgumentException("a rule holds at least once, not " + times);
        }
    }

    /// For the next run of any job.
    public static RunRule next(ScriptedOutcome outcome) {
        return new RunRule(null, null, outcome, 1);
    }

    /// For every run from now on.
    public static RunRule always(ScriptedOutcome outcome) {
        return new RunRule(null, null, outcome, Integer.MAX_VALUE);
    }

    /// This rule for the runs of one job.
    public RunRule ofJob(long id) {
        return new RunRule(id, contains, outcome, times);
    }

    /// This rule for runs whose cause, commit or branch contains `text`.
    public RunRule containing(String text) {
        return new RunRule(jobId, text, outcome, times);
    }
}
