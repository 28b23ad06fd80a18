package io.github.dbtc4j.pipeline.report;

/// How a command ended, as every format of a report tells it.
public sealed interface Ending permits Report, Closing, Aborted, Skipped {}
