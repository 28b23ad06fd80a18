package io.github.dbtc4j.simulation.property;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A rule that was broken in a scenario.
///
/// @param kind which class of case it is, in a word or three; [#UNEXPLAINED] when no circumstance
///   excuses it
/// @param invocation the one that broke it, or null when it was not one alone
/// @param what happened, in a sentence
public record Violation(
        Property rule, String kind, Instant at, @Nullable Integer invocation, String what) {

    /// No circumstance explains it.
    public static final String UNEXPLAINED = "unexplained";

    /// A pipeline was not told where it stands in the order.
    public static final String NO_SEQUENCE = "no sequence";

    /// No list could have shown the run, or the process stood still before its call.
    public static final String RACED = "raced";

    /// A list does not show a run, as its job is deleted.
    public static final String LANE_GONE = "lane gone";

    /// A person edited or deleted one of two clones while pipelines chose between them.
    public static final String LANE_TAKEN = "lane taken";

    /// The pipeline of one of two runs was killed, or not asked to wait.
    public static final String UNWATCHED = "unwatched";

    /// A pipeline failed because the platform did.
    public static final String THREW = "failed";

    /// A duplicate, whose run was to be waited for, got no response for too long.
    public static final String HELD_UP = "held up";

    /// Each re-run conflicted with another pull request's run in the schema that both name.
    public static final String SHARED_SCHEMA = "shared schema";

    /// A process ended before it could cancel its run.
    public static final String NO_TIME = "no time";

    /// Another run wrote into the schema at the same time.
    public static final String CONFLICT = "another run wrote";
}
