package io.github.dbtc4j.simulation.rule;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A rule that was broken in a scenario.
///
/// @param kind which class of case it is, in a word or three; [#UNEXPLAINED] when no circumstance
///   excuses it
/// @param invocation who broke it, or null when it was nobody alone
/// @param what happened, in a sentence
public record Violation(
        Property rule, String kind, Instant at, @Nullable Integer invocation, String what) {

    /// Nothing that anybody could not have known or helped was in the way.
    public static final String UNEXPLAINED = "unexplained";
}
