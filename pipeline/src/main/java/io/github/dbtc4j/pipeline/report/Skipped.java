package io.github.dbtc4j.pipeline.report;

/// The end of an invocation that was not to do anything.
///
/// @param message why, for people
/// @param baseJob the job that was named
public record Skipped(String message, long baseJob) implements Ending {}
