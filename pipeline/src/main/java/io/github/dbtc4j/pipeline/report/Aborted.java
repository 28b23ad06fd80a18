package io.github.dbtc4j.pipeline.report;

/// The end of an invocation that had no verdict yet.
///
/// @param heading what it could not do, such as tell how a commit builds
/// @param message why, for people
public record Aborted(String heading, String message) implements Ending {}
