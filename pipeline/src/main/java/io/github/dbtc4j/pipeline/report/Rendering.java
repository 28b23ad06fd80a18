package io.github.dbtc4j.pipeline.report;

/// A format of reports. It escapes what the platform or a pull request had a say in.
@FunctionalInterface
public interface Rendering {

    /// Returns the text, each line ended; empty when this format says nothing of such an end.
    String of(Ending ending);
}
